import { statfs } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { memoryUsage } from "node:process";
import { Gauge, type Registry } from "prom-client";
import type { Clock } from "../clock.ts";
import { attemptMoves } from "../store/attempt-moves.ts";
import type { Database } from "../store/database.ts";
import { readFigures, type Figures } from "../store/figures.ts";

/** What is looked at when somebody asks. */
export interface WatchedParts {
  readonly database: Database;
  /** The folder whose disk holds the assets. */
  readonly folder: string;
  readonly clock: Clock;
}

/** Figures that are read when they are asked for. */
export interface FigureWatch {
  /** Brings the gauges up to date; those of the store stay as they are while it does not answer. */
  refresh(): Promise<void>;
  stop(): void;
}

const timerMs = 10;
const dayMs = 24 * 60 * 60_000;
const runStates = ["running", "done", "failed", "cancelled"] as const;
const endsOfRefunds = ["failed", "cancelled", "unknown", "not-called"] as const;

/** Puts gauges of the store, the process and the disk into a registry. */
export function watchFigures(registry: Registry, parts: WatchedParts): FigureWatch {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `spaces_${name}`, help, labelNames, registers: [registry] });
  const storeUp = gauge("store_up", "1 when the figures of the store are of now.", []);
  const showFigures = createStoreGauges(gauge, parts.clock);
  const delay = monitorEventLoopDelay({ resolution: timerMs });
  // It measures from one tick of its timer to the next, so that no delay is a whole timer long.
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - timerMs / 1e3);
  delay.enable();
  const loopDelay = gauge(
    "event_loop_delay_seconds",
    "How late timers were since the figures were last read.",
    ["quantile"],
  );
  const resident = gauge("resident_memory_bytes", "Memory of the process.", []);
  const free = gauge("disk_free_bytes", "Free space where the assets are.", []);
  return {
    refresh: async () => {
      loopDelay.set({ quantile: "0.5" }, seconds(delay.percentile(50)));
      loopDelay.set({ quantile: "0.99" }, seconds(delay.percentile(99)));
      loopDelay.set({ quantile: "1" }, seconds(delay.max));
      delay.reset();
      resident.set(memoryUsage.rss());
      const { bavail, bsize } = await statfs(parts.folder);
      free.set(bavail * bsize);
      const figures = await readFigures(parts.database, parts.clock.nowMs() - dayMs).catch(
        () => null,
      );
      storeUp.set(figures ? 1 : 0);
      if (figures) showFigures(figures);
    },
    stop: () => {
      delay.disable();
    },
  };
}

type MakeGauge = <Label extends string>(
  name: string,
  help: string,
  labelNames: Label[],
) => Gauge<Label>;

function createStoreGauges(gauge: MakeGauge, clock: Clock): (figures: Figures) => void {
  const runs = gauge("runs", "Runs by state.", ["state"]);
  const attempts = gauge("attempts", "Paid tries of calls by state.", ["state"]);
  const holds = gauge("open_holds", "Calls for which credits are reserved.", []);
  const held = gauge("held_credits", "Credits that are reserved for open runs.", []);
  const dollars = gauge("held_dollars", "What open runs may cost on teams' own accounts.", []);
  const unknown = gauge("unknown_outcomes", "Calls that may have been billed for nothing.", []);
  const loss = gauge("house_loss_credits", "What the house paid beyond what users pay.", []);
  const refunds = gauge("refunds_last_day", "Calls given back in a day, by their end.", ["reason"]);
  const oldest = gauge("oldest_open_run_seconds", "Age of the oldest run that has not ended.", []);
  return (figures) => {
    for (const state of runStates) runs.set({ state }, figures.runs[state] ?? 0);
    for (const state of Object.keys(attemptMoves)) {
      attempts.set({ state }, figures.attempts[state] ?? 0);
    }
    for (const reason of endsOfRefunds) refunds.set({ reason }, figures.refunds[reason] ?? 0);
    unknown.set(figures.attempts["unknown"] ?? 0);
    holds.set(figures.openHolds);
    held.set(figures.heldCredits);
    dollars.set(figures.heldMicroDollars / 1e6);
    loss.set(figures.houseLossCredits);
    const sinceMs = figures.oldestOpenRunMs === null ? 0 : clock.nowMs() - figures.oldestOpenRunMs;
    oldest.set(Math.max(0, sinceMs) / 1_000);
  };
}
