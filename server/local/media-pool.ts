import { MediaFailure, stoppedFailure } from "./media-failure.ts";
import { createMediaLane, type MediaTask } from "./media-lane.ts";
import { mediaOperationSchema, type MediaOperation, type MediaResult } from "./media-messages.ts";
import type { WorkWatch } from "./picture-result.ts";
// Brings sharp into the main thread too: it has to stay loaded while workers come and go
// (https://sharp.pixelplumbing.com/install#worker-threads).
import { isHeavy } from "./run-media-operation.ts";

/** Does picture work in worker threads. */
export interface MediaPool {
  /**
   * Does one piece of work. Rejects with MediaFailure: "input-invalid" for a picture or settings that
   * cannot be used, "cancelled" when the signal was aborted (a running worker is ended at once),
   * "internal" when the worker broke; the pool goes on with a fresh one.
   */
  run(operation: MediaOperation, watch?: WorkWatch): Promise<MediaResult>;
  /** Stops everything; work under way rejects with "cancelled". */
  close(): Promise<void>;
}

/** How many worker threads at most. `workerUrl` is the code that they run. */
export interface MediaPoolOptions {
  readonly workers: number;
  readonly workerUrl?: URL;
}

/**
 * A pool that starts its workers when they are needed. Work is done in the order of arrival, except
 * that only one heavy piece runs at a time and light ones may pass those that wait for it.
 */
export function createMediaPool({ workers, workerUrl }: MediaPoolOptions): MediaPool {
  const code = workerUrl ?? new URL("./media-worker.ts", import.meta.url);
  const waiting: MediaTask[] = [];
  let lastId = 0;
  let isClosed = false;

  const next = (): void => {
    for (const lane of lanes.filter((candidate) => candidate.isFree())) {
      const isTaken = lanes.some((other) => other.task()?.isHeavy === true);
      const index = waiting.findIndex((task) => !(task.isHeavy && isTaken));
      const [task] = index >= 0 ? waiting.splice(index, 1) : [];
      if (task) lane.start(task);
    }
  };
  const lanes = Array.from({ length: Math.max(1, workers) }, () => createMediaLane(code, next));

  const stop = (task: MediaTask): void => {
    const index = waiting.indexOf(task);
    if (index >= 0) {
      waiting.splice(index, 1);
      task.reject(stoppedFailure());
      return;
    }
    void lanes.find((lane) => lane.task() === task)?.end(stoppedFailure());
  };

  return {
    run: async (wanted, watch = {}) => {
      const operation = checkOperation(wanted);
      const { signal } = watch;
      if (isClosed || signal?.aborted === true) throw stoppedFailure();
      const { promise, resolve, reject } = Promise.withResolvers<MediaResult>();
      const request = { id: ++lastId, operation };
      const task: MediaTask = { request, watch, isHeavy: isHeavy(operation), resolve, reject };
      const onAbort = () => stop(task);
      signal?.addEventListener("abort", onAbort, { once: true });
      waiting.push(task);
      next();
      return promise.finally(() => signal?.removeEventListener("abort", onAbort));
    },
    close: async () => {
      isClosed = true;
      for (const task of waiting.splice(0)) task.reject(stoppedFailure());
      await Promise.all(lanes.map((lane) => lane.end(stoppedFailure())));
    },
  };
}

function checkOperation(operation: MediaOperation): MediaOperation {
  const checked = mediaOperationSchema.safeParse(operation);
  if (checked.success) return checked.data;
  const where = checked.error.issues[0]?.path.join(".") ?? "";
  throw new MediaFailure(
    "input-invalid",
    `The setting "${where}" of the picture work is out of range.`,
  );
}
