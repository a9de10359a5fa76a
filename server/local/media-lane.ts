import { Worker } from "node:worker_threads";
import { MediaFailure } from "./media-failure.ts";
import { workerReplySchema, type MediaResult } from "./media-messages.ts";
import type { WorkerReply, WorkerRequest } from "./media-messages.ts";
import type { WorkWatch } from "./picture-result.ts";

/** One piece of work and who waits for it. */
export interface MediaTask {
  readonly request: WorkerRequest;
  readonly watch: WorkWatch;
  readonly isHeavy: boolean;
  readonly resolve: (result: MediaResult) => void;
  readonly reject: (failure: MediaFailure) => void;
}

/** A place for one worker thread with one task at a time. */
export interface MediaLane {
  /** The task under way. */
  task(): MediaTask | null;
  /** False while a task is under way, and while an ended worker still holds its memory. */
  isFree(): boolean;
  /** Gives a task to the worker, started when there is none. Only for a free lane. */
  start(task: MediaTask): void;
  /** Ends the worker; its task, if any, rejects with the failure at once. Resolves when it is gone. */
  end(failure: MediaFailure): Promise<void>;
}

/** A lane whose workers run the code at `workerUrl`; calls `onFree` whenever it can take a task again. */
export function createMediaLane(workerUrl: URL, onFree: () => void): MediaLane {
  let worker: Worker | null = null;
  let task: MediaTask | null = null;
  let ending: Promise<void> | null = null;

  const end = (failure: MediaFailure): Promise<void> => {
    const [leaving, failed] = [worker, task];
    worker = null;
    task = null;
    if (leaving) {
      ending = leaving.terminate().then(() => {
        ending = null;
        onFree();
      });
    }
    failed?.reject(failure);
    return ending ?? Promise.resolve();
  };

  const receive = (message: unknown): void => {
    const reply = workerReplySchema.safeParse(message).data;
    if (!reply) {
      void end(brokenFailure());
      return;
    }
    if (task?.request.id !== reply.id) return;
    if (reply.kind === "progress") {
      task.watch.onProgress?.(reply.done);
      return;
    }
    const finished = task;
    task = null;
    worker?.unref();
    settle(finished, reply);
    onFree();
  };

  const open = (): Worker =>
    openWorker(workerUrl, {
      onMessage: (from, message) => {
        if (from === worker) receive(message);
      },
      onBreak: (from) => {
        if (from === worker) void end(brokenFailure());
      },
    });

  return {
    task: () => task,
    isFree: () => task === null && ending === null,
    start: (given) => {
      task = given;
      worker ??= open();
      // A worker at work keeps the program alive, a waiting one does not.
      worker.ref();
      worker.postMessage(given.request);
    },
    end,
  };
}

function settle(task: MediaTask, reply: Exclude<WorkerReply, { kind: "progress" }>): void {
  if (reply.kind === "done") task.resolve(reply.result);
  else task.reject(new MediaFailure(reply.code, reply.message));
}

/** What to do with the words and the end of a worker; each says which worker it was. */
interface WorkerListeners {
  readonly onMessage: (from: Worker, message: unknown) => void;
  readonly onBreak: (from: Worker) => void;
}

function openWorker(url: URL, { onMessage, onBreak }: WorkerListeners): Worker {
  const worker = new Worker(url);
  worker.on("message", (message: unknown) => onMessage(worker, message));
  worker.on("error", () => onBreak(worker));
  worker.on("messageerror", () => onBreak(worker));
  worker.on("exit", () => onBreak(worker));
  return worker;
}

function brokenFailure(): MediaFailure {
  return new MediaFailure("internal", "The picture work broke off unexpectedly. Try again.");
}
