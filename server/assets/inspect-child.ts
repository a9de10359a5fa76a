/**
 * The process that looks at media, apart from the relay: a decoder that breaks, or a picture that
 * unfolds to gigabytes, ends this process and not the relay (reliability.md T11). It is a program of
 * its own, so `process` here is not the relay's. Its one argument is how many bytes of memory it may
 * hold.
 */
import { flushCompileCache } from "node:module";
import { constants, setPriority } from "node:os";
import process from "node:process";
import { answerInspection } from "./answer-inspection.ts";
import { inspectionRequestSchema, readyMessage, type InspectionReply } from "./inspection.ts";
import { openDecoder } from "./open-decoder.ts";

const mostMemoryBytes = Number(process.argv[2]);
const watchMs = 20;

/** Ends at once; an ordinary exit would wait for a decoder's thread. */
function end(): void {
  process.kill(process.pid, "SIGKILL");
}

function reply(message: InspectionReply | typeof readyMessage, then?: () => void): void {
  process.send?.(message, undefined, undefined, then);
}

// Memory of the decoder is not the engine's, so no flag of Node limits it.
function watchMemory(): () => void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() <= mostMemoryBytes) return;
    clearInterval(timer);
    const sentence = "The picture needs too much memory to be read. Make it smaller.";
    reply({ kind: "refused", code: "too-heavy", sentence }, end);
  }, watchMs);
  return () => clearInterval(timer);
}

async function answer(message: unknown): Promise<void> {
  const stop = watchMemory();
  const answered = await answerInspection(inspectionRequestSchema.parse(message));
  stop();
  reply(answered);
}

// The relay's own work goes before.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
openDecoder();
process.on("disconnect", end);
process.on("message", (message) => void answer(message));
reply(readyMessage);
// It never ends by itself, which is when compiled code would be kept.
flushCompileCache();
