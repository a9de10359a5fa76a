import { setTimeout as sleep } from "node:timers/promises";
import { layeredGraph } from "./layered-graph.ts";
import type { Offered } from "./load.ts";
import { postByPool } from "./post-by-pool.ts";

/** Gets a request ready and gives what sends it; sending rejects unless the answer is good. */
export type PrepareRequest = (at: number) => Promise<() => Promise<void>>;

/** How long before its time a request is got ready. */
const aheadMs = 500;
/** Requests before those that count. */
export const warmUps = 500;
/** Clients of the closed loop, each waiting for its answer. */
const together = 64;

interface Rate {
  readonly perSecond: number;
  readonly seconds: number;
  readonly atOnce: number;
}

/**
 * Offers requests at a steady rate whether or not the earlier ones were answered, then as many as are
 * answered. A request counts from the moment at which it was due (or, if later, was ready to be sent).
 */
export async function offerRequests(rate: Rate, prepare: PrepareRequest): Promise<Offered> {
  const count = Math.round(rate.perSecond * rate.seconds);
  // Ours and peers alike: what is measured is a server at work, not the compiling of its code.
  await peakOf(warmUps, (at) => prepare(count + rate.atOnce + at));
  const firstMs = performance.now() + aheadMs;
  const takenMs: number[] = [];
  let failed = 0;
  const offer = async (at: number) => {
    const dueMs = firstMs + (at * 1_000) / rate.perSecond;
    await sleepUntil(dueMs - aheadMs);
    try {
      const send = await prepare(at);
      const fromMs = Math.max(dueMs, performance.now());
      await sleepUntil(dueMs);
      await send();
      takenMs.push(performance.now() - fromMs);
    } catch {
      failed += 1;
    }
  };
  await Promise.all(Array.from({ length: count }, (_, at) => offer(at)));
  const peak = await peakOf(rate.atOnce, (at) => prepare(count + at));
  takenMs.sort((one, other) => one - other);
  const part = (share: number) => takenMs[Math.floor(takenMs.length * share)] ?? Infinity;
  return {
    answered: takenMs.length,
    failed: failed + peak.failed,
    p50Ms: part(0.5),
    p99Ms: part(0.99),
    mostMs: takenMs.at(-1) ?? Infinity,
    peakPerSecond: peak.perSecond,
  };
}

/** The same request to a peer of the relay: a graph of one node, to be kept on the disk. */
export function toPeer(port: number): PrepareRequest {
  const { graph } = layeredGraph(1, 1, 1, () => 0);
  const post = postByPool(port);
  return (at) => {
    const body = JSON.stringify({ file: `file-${at}`, graph, target: { mode: "all" } });
    return Promise.resolve(async () => {
      await post("/", {}, body);
    });
  };
}

async function peakOf(count: number, prepare: PrepareRequest) {
  const ready: (() => Promise<void>)[] = [];
  let next = 0;
  const getReady = async () => {
    for (let at = next++; at < count; at = next++) ready.push(await prepare(at));
  };
  await Promise.all(Array.from({ length: together }, getReady));
  let failed = 0;
  const startMs = performance.now();
  const client = async () => {
    for (let send = ready.pop(); send; send = ready.pop()) {
      await send().catch(() => {
        failed += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: together }, client));
  const seconds = (performance.now() - startMs) / 1_000;
  return { failed, perSecond: count === 0 ? 0 : (count - failed) / seconds };
}

async function sleepUntil(momentMs: number): Promise<void> {
  const leftMs = momentMs - performance.now();
  if (leftMs > 0) await sleep(leftMs);
}
