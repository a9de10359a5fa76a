import { systemClock, type Clock } from "../clock.ts";
import type { InspectionRefusal, InspectionReply, InspectionRequest } from "./inspection.ts";
import {
  createInspectorProcess,
  forkInspector,
  type InspectorProcess,
  type Outcome,
  type StartProcess,
} from "./inspector-process.ts";

/** Looks at files in processes of their own. */
export interface Inspector {
  /**
   * Asks in the order of arrival. A refusal is an answer. Throws InspectorUnavailable when the process
   * does not start, InspectorClosed after `close`.
   */
  ask(request: InspectionRequest): Promise<InspectionReply>;
  /** Ends the processes at once. */
  close(): Promise<void>;
}

/** How an inspector works; everything has a usual value. */
export interface InspectorOptions {
  /** How many files are looked at at a time, each in a process that is used again. */
  readonly processes?: number;
  readonly start?: StartProcess;
  readonly clock?: Clock;
}

/** The inspector was closed before it answered. */
export class InspectorClosed extends Error {
  override readonly name = "InspectorClosed";

  constructor() {
    super("The relay is stopping.");
  }
}

/** The largest picture takes a tenth of it to decode; encoding a large PNG takes some seconds. */
const limitsMs = { inspect: 10_000, derive: 30_000 } as const;
/** A drawing is drawn to be looked at, and it is paid for. */
const drawingLimitMs = 15_000;
const tries = 2;

/** An inspector that starts its processes when files come, and anew after one broke. */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const { processes = 2, start = () => forkInspector(), clock = systemClock } = options;
  const all = Array.from({ length: processes }, () => createInspectorProcess(start, clock));
  const free = [...all];
  const state = { isClosed: false };
  const isClosed = () => state.isClosed;
  const waiting: ((process: InspectorProcess) => void)[] = [];

  const take = (): Promise<InspectorProcess> => {
    const process = free.pop();
    return process
      ? Promise.resolve(process)
      : new Promise((resolve) => {
          waiting.push(resolve);
        });
  };
  const giveBack = (process: InspectorProcess) => {
    const next = waiting.shift();
    if (next) next(process);
    else free.push(process);
  };
  return {
    ask: async (request) => {
      const process = await take();
      try {
        return readReply(await askAgain(process, request, isClosed));
      } catch (error) {
        throw isClosed() ? new InspectorClosed() : error;
      } finally {
        giveBack(process);
      }
    },
    close: async () => {
      state.isClosed = true;
      await Promise.all(all.map((process) => process.end()));
    },
  };
}

/** Asks a second time after a crash, which may have been the machine's and not the file's fault. */
async function askAgain(
  process: InspectorProcess,
  request: InspectionRequest,
  isClosed: () => boolean,
): Promise<Outcome> {
  let outcome: Outcome = { kind: "crashed" };
  for (let left = tries; left > 0 && outcome.kind === "crashed"; left -= 1) {
    if (isClosed()) throw new InspectorClosed();
    outcome = await process.ask(request, limitOf(request));
  }
  if (outcome.kind === "crashed" && isClosed()) throw new InspectorClosed();
  return outcome;
}

function limitOf(request: InspectionRequest): number {
  const mayDraw = request.kind === "inspect" && request.takesDrawings;
  return mayDraw ? drawingLimitMs : limitsMs[request.kind];
}

function readReply(outcome: Outcome): InspectionReply {
  switch (outcome.kind) {
    case "replied":
      return outcome.reply;
    case "timed-out":
      return refuse("The file takes too long to read. Make it smaller or export it again.");
    case "crashed":
      return refuse("The file breaks the program that reads it. Export it again.");
  }
}

function refuse(sentence: string): InspectionRefusal {
  return { kind: "refused", code: "too-heavy", sentence };
}
