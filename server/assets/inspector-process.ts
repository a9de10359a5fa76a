import { fork, type ChildProcess } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import type { Clock } from "../clock.ts";
import {
  inspectionReplySchema,
  readyMessage,
  type InspectionReply,
  type InspectionRequest,
} from "./inspection.ts";

/** Starts the inspecting process. */
export type StartProcess = () => ChildProcess;

/** What came of a request: a reply, or the end of the process without one. */
export type Outcome =
  | { readonly kind: "replied"; readonly reply: InspectionReply }
  | { readonly kind: "crashed" }
  | { readonly kind: "timed-out" };

/** One inspecting process, started when it is needed; answers one request at a time. */
export interface InspectorProcess {
  /** Throws InspectorUnavailable when the process does not start. */
  ask(request: InspectionRequest, limitMs: number): Promise<Outcome>;
  /** Ends the process at once; what it was asked ends as "crashed". */
  end(): Promise<void>;
}

/** The process that looks at media does not start: something is wrong with the installation. */
export class InspectorUnavailable extends Error {
  override readonly name = "InspectorUnavailable";

  constructor() {
    super("The part of the relay that reads media does not start. Install the relay again.");
  }
}

/** Loading takes less than a second; a machine that wakes up may need many. */
const startMs = 60_000;
const mostMemoryBytes = 600e6;
const childUrl = new URL("./inspect-child.ts", import.meta.url);

/**
 * Starts inspect-child.ts with nothing of the relay's environment (its keys are none of the decoder's
 * business) but where compiled code is kept, and nothing of its arguments.
 */
export function forkInspector(mostBytes = mostMemoryBytes): ChildProcess {
  const compiled = getCompileCacheDir();
  return fork(childUrl, [String(mostBytes)], {
    // Node answers the folder of its own version, in the one that is set.
    env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) },
    execArgv: ["--max-old-space-size=256"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

/** An inspecting process that is not started yet. After it ended, the next request starts a new one. */
export function createInspectorProcess(start: StartProcess, clock: Clock): InspectorProcess {
  const state: { child: ChildProcess | null } = { child: null };
  const end = async () => {
    const { child } = state;
    state.child = null;
    if (child) await kill(child);
  };
  const ready = async (): Promise<ChildProcess> => {
    if (state.child?.connected === true) return state.child;
    const child = start();
    // An "error" that nobody listens to would end the relay.
    child.on("error", () => undefined);
    state.child = child;
    const heard = await hear(child, startMs, clock);
    if (heard.kind === "message" && heard.message === readyMessage) return child;
    await end();
    throw new InspectorUnavailable();
  };
  return {
    end,
    ask: async (request, limitMs) => {
      const child = await ready();
      const answer = hear(child, limitMs, clock);
      // A process that is gone is heard of; the failure to send says nothing more.
      child.send(request, () => undefined);
      const heard = await answer;
      const outcome = readOutcome(heard);
      const isSpent = outcome.kind !== "replied" || isTooHeavy(outcome.reply);
      if (isSpent) await end();
      return outcome;
    },
  };
}

type Heard =
  | { readonly kind: "message"; readonly message: unknown }
  | { readonly kind: "gone" }
  | { readonly kind: "silence" };

/** The next message of a process, or that it ended, or that nothing came within the time. */
async function hear(child: ChildProcess, limitMs: number, clock: Clock): Promise<Heard> {
  const { promise, resolve } = Promise.withResolvers<Heard>();
  const onMessage = (message: unknown) => resolve({ kind: "message", message });
  const onGone = () => resolve({ kind: "gone" });
  child.on("message", onMessage);
  // "disconnect" comes after the last message, "exit" may come before it.
  child.on("disconnect", onGone);
  child.on("error", onGone);
  if (!child.connected) onGone();
  const heard = new AbortController();
  const silence = clock.sleep(limitMs, heard.signal).then((): Heard => ({ kind: "silence" }));
  try {
    return await Promise.race([promise, silence]);
  } finally {
    heard.abort();
    child.off("message", onMessage);
    child.off("disconnect", onGone);
    child.off("error", onGone);
  }
}

function readOutcome(heard: Heard): Outcome {
  if (heard.kind === "silence") return { kind: "timed-out" };
  if (heard.kind === "gone") return { kind: "crashed" };
  const reply = inspectionReplySchema.safeParse(heard.message);
  return reply.success ? { kind: "replied", reply: reply.data } : { kind: "crashed" };
}

/** A process that ran out of memory says so and ends itself. */
function isTooHeavy(reply: InspectionReply): boolean {
  return reply.kind === "refused" && reply.code === "too-heavy";
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await exited;
}
