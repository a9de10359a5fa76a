import { batch, signal, type ReadonlySignal } from "@preact/signals-core";
import type { RunSummary } from "#domain/relay";
import type { RelayClient } from "#domain/relay-client";
import { applyEvent } from "#domain/run";
import type { NumberedEvent } from "#domain/run-event";
import type { Version } from "#domain/version";
import type { Time } from "../background/background.ts";
import { trackRun, type TrackedRun } from "./tracked-run.ts";

/** How often the relay is asked for runs that other people started. */
const lookEveryMs = 15_000;
/** Ended runs whose events are heard once more, for what failed in them. */
const mostReplayed = 12;
/** A stream that ended before its run is taken up again after this. */
const takeUpMs = 1_000;

/** What following runs needs. */
export interface FileRunsParts {
  readonly time: Time;
  /** Hears every result that a run tells of. */
  readonly hearVersion: (version: Version) => void;
  /** Hears that a run began or ended, so that credits changed. */
  readonly hearChange: () => void;
}

/** The runs of a file: its own, those of other people, and those of earlier sessions. */
export class FileRuns {
  readonly #parts: FileRunsParts;
  readonly #runs = signal<readonly TrackedRun[]>([]);
  readonly #followed = new Set<string>();
  /** Counts connections; what an earlier one still brings does not count any more. */
  #turn = 0;
  #callOff: () => void = () => undefined;

  constructor(parts: FileRunsParts) {
    this.#parts = parts;
  }

  /** Newest first. */
  get runs(): ReadonlySignal<readonly TrackedRun[]> {
    return this.#runs;
  }

  /** Follows the runs of a file on a relay from now on; an earlier file or relay is left. */
  open(relay: RelayClient, file: string): void {
    this.close();
    void this.#look(relay, file, this.#turn);
  }

  /** Follows nothing any more; what was heard stays. */
  close(): void {
    this.#turn += 1;
    this.#followed.clear();
    this.#callOff();
  }

  /** Forgets all runs, which are those of another file. */
  forget(): void {
    this.#runs.value = [];
  }

  /** Takes a run up that was started just now. */
  add(relay: RelayClient, summary: RunSummary): void {
    this.#note([summary]);
    this.#follow(relay, summary.id, this.#turn);
  }

  async #look(relay: RelayClient, file: string, turn: number): Promise<void> {
    try {
      const { runs } = await relay.call("runList", { query: { file }, body: undefined });
      if (turn !== this.#turn) return;
      this.#note(runs);
      const ended = runs.filter(({ state }) => state !== "running").slice(0, mostReplayed);
      for (const { id, state } of runs) if (state === "running") this.#follow(relay, id, turn);
      await this.#replay(relay, ended, turn);
    } catch {
      // The link has noticed it where the relay is gone; a refusal once does not end the looking.
    }
    if (turn !== this.#turn) return;
    this.#callOff = this.#parts.time.wait(lookEveryMs, () => void this.#look(relay, file, turn));
  }

  async #replay(relay: RelayClient, ended: readonly RunSummary[], turn: number): Promise<void> {
    for (const { id, lastEvent } of ended) {
      const known = this.#find(id)?.run.lastEvent ?? 0;
      if (turn !== this.#turn) return;
      if (known < lastEvent && !this.#followed.has(id)) await this.#hearAll(relay, id, turn);
    }
  }

  #follow(relay: RelayClient, id: string, turn: number): void {
    if (this.#followed.has(id)) return;
    this.#followed.add(id);
    const goOn = async () => {
      if (turn !== this.#turn) return;
      await this.#hearAll(relay, id, turn).catch(() => undefined);
      if (turn !== this.#turn || this.#find(id)?.run.state !== "running") return;
      this.#parts.time.wait(takeUpMs, () => void goOn());
    };
    void goOn();
  }

  /** Hears a run's events behind the last one that was heard, until the stream ends. */
  async #hearAll(relay: RelayClient, id: string, turn: number): Promise<void> {
    const after = this.#find(id)?.run.lastEvent ?? 0;
    for await (const numbered of relay.events(id, after)) {
      if (turn !== this.#turn) return;
      this.#hear(id, numbered);
    }
  }

  #hear(id: string, numbered: NumberedEvent): void {
    const { event } = numbered;
    batch(() => {
      this.#runs.value = this.#runs.peek().map((tracked) => {
        if (tracked.summary.id !== id) return tracked;
        return { ...tracked, run: applyEvent(tracked.run, numbered) };
      });
      if ("version" in event && event.version && event.type !== "node-reused") {
        this.#parts.hearVersion(event.version);
      }
    });
    // Runs that ended long ago are only heard again for what happened in them.
    const isLive = this.#followed.has(id);
    if (isLive && (event.type === "run-start" || event.type === "run-end"))
      this.#parts.hearChange();
  }

  #note(summaries: readonly RunSummary[]): void {
    const known = new Map(this.#runs.peek().map((tracked) => [tracked.summary.id, tracked]));
    for (const summary of summaries) {
      const before = known.get(summary.id);
      known.set(summary.id, before ? { ...before, summary } : trackRun(summary));
    }
    this.#runs.value = [...known.values()].sort(
      (one, other) => other.summary.startedAtMs - one.summary.startedAtMs,
    );
  }

  #find(id: string): TrackedRun | undefined {
    return this.#runs.peek().find(({ summary }) => summary.id === id);
  }
}
