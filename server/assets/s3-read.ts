import type { Clock } from "../clock.ts";
import { StorageUnavailable, type ByteRange } from "./asset-store.ts";
import type { S3Client } from "./s3-client.ts";

/** An object that is read from S3. */
export interface ObjectReading {
  /** Its bytes, or the range within them, piece by piece; taken up again where a connection is cut. */
  pieces(range?: ByteRange): AsyncGenerator<Uint8Array>;
  /** All of its bytes, or null when there is no such object. */
  whenThere(): Promise<AsyncGenerator<Uint8Array> | null>;
}

/** What a reading is made of. */
interface ReadingParts {
  readonly client: S3Client;
  readonly clock: Clock;
  readonly key: string;
}

/** A cut connection is taken up again so many times at most, each time that it brought something. */
const mostCuts = 8;
/** A storage that sends nothing for so long is as good as gone. */
const silenceMs = 20_000;

/** Prepares to read an object; nothing is asked before it is read. */
export function readObject(parts: ReadingParts): ObjectReading {
  return {
    pieces: async function* (range) {
      const answer = await parts.client.get(parts.key, range);
      if (!answer) throw new Error("The storage does not have these bytes.");
      yield* readOn(parts, answer, range);
    },
    whenThere: async () => {
      const answer = await parts.client.get(parts.key);
      return answer && readOn(parts, answer, undefined);
    },
  };
}

async function* readOn(
  parts: ReadingParts,
  first: Response,
  range: ByteRange | undefined,
): AsyncGenerator<Uint8Array> {
  let position = range?.start ?? 0;
  const end = range?.end ?? Number(first.headers.get("content-length") ?? NaN) - 1;
  let answer: Response | null = first;
  for (let cuts = 0; ; cuts += 1) {
    if (!answer?.body) break;
    if (answer !== first || range) checkRange(answer);
    try {
      for await (const piece of piecesOf(answer.body, parts.clock)) {
        position += piece.length;
        yield piece;
      }
      if (Number.isNaN(end) || position > end) return;
    } catch (error) {
      if (error instanceof StorageUnavailable || Number.isNaN(end)) throw error;
      if (position > end) return;
    }
    if (cuts === mostCuts) break;
    answer = await parts.client.get(parts.key, { start: position, end });
  }
  throw new StorageUnavailable("The storage breaks off while it sends a file. Try again.");
}

function checkRange({ status }: Response): void {
  if (status === 206) return;
  throw new StorageUnavailable("The storage does not send parts of files, which S3 does.");
}

/** Ends the connection where the reader stops early, without waiting for it. */
async function* piecesOf(
  body: ReadableStream<Uint8Array>,
  clock: Clock,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const next = await inTime(clock, reader.read());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

async function inTime<Result>(clock: Clock, work: Promise<Result>): Promise<Result> {
  const done = new AbortController();
  const silence = clock.sleep(silenceMs, done.signal).then(() => {
    throw new Error("The storage fell silent.");
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    // The wait ends at once and nobody hears of it.
    silence.catch(() => undefined);
    done.abort();
  }
}
