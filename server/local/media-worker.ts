import { parentPort } from "node:worker_threads";
import sharp from "sharp";
import { MediaFailure } from "./media-failure.ts";
import { workerRequestSchema, type MediaResult, type WorkerReply } from "./media-messages.ts";
import { runMediaOperation } from "./run-media-operation.ts";

// One thread a worker: the pool decides how many pictures are worked on at a time.
sharp.concurrency(1);
sharp.cache(false);
// A picture from outside is never an SVG: it could name files and addresses. Our own are drawn by resvg.
sharp.block({ operation: ["VipsForeignLoadSvg"] });

const port = parentPort;
if (!port) throw new Error("media-worker.ts runs as a worker thread only.");

port.on("message", (message: unknown) => {
  const { id, operation } = workerRequestSchema.parse(message);
  const onProgress = (done: number) => send({ kind: "progress", id, done });
  runMediaOperation(operation, { onProgress }).then(
    (result) => sendResult(id, result),
    (error: unknown) => sendFailure(id, error),
  );
});

function send(reply: WorkerReply, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(reply, transfer);
}

/** Hands the bytes over without a copy; a buffer that sharp or Node still owns is copied first. */
function sendResult(id: number, result: MediaResult): void {
  if (result.kind !== "picture") {
    send({ kind: "done", id, result });
    return;
  }
  const bytes = new Uint8Array(result.bytes);
  send({ kind: "done", id, result: { ...result, bytes } }, [bytes.buffer]);
}

function sendFailure(id: number, error: unknown): void {
  const { code, message } =
    error instanceof MediaFailure
      ? error
      : new MediaFailure("internal", "The picture work failed unexpectedly. Try again.");
  send({ kind: "failure", id, code, message });
}
