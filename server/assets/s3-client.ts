import { stat } from "node:fs/promises";
import { AwsV4Signer } from "aws4fetch";
import type { Clock } from "../clock.ts";
import type { ByteRange } from "./asset-store.ts";
import { diskFiles } from "./file-operations.ts";
import { readFile } from "./read-file.ts";
import { readTrouble, unavailable } from "./s3-answer.ts";
import type { SendToStorage } from "./s3-send.ts";
import { bucketAddress, type S3Settings } from "./s3-settings.ts";

/** The few requests that assets need of S3. A key is a path without a slash before it. */
export interface S3Client {
  /** Puts a file; the storage itself checks that its SHA-256 is `hash`. Putting twice is once. */
  put(key: string, file: S3File): Promise<void>;
  /** How many bytes, or null when there are none. */
  head(key: string): Promise<number | null>;
  /** The answer with the bytes, or null when there are none. */
  get(key: string, range?: ByteRange): Promise<Response | null>;
  /** Takes the bytes away; that there are none is fine. */
  remove(key: string): Promise<void>;
  /** A page of what lies under a prefix, as the storage's XML. */
  list(prefix: string, token: string | null): Promise<string>;
}

/** A file to put. */
export interface S3File {
  readonly path: string;
  readonly hash: string;
  readonly bytes: number;
}

/** What the client leans on. */
export interface S3Parts {
  readonly settings: S3Settings;
  readonly send: SendToStorage;
  readonly clock: Clock;
}

const mostTries = 4;
const firstWaitMs = 250;
/** For an answer to begin; sending a body takes longer, at no less than this pace. */
const deadlineMs = 20_000;
const slowestBytesPerMs = 50;

/** One request, made anew for each try because a body can be sent only once. */
interface Ask {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly file?: S3File;
}

/** SHA-256 of nothing: what requests without a body are signed with. */
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * A client of one bucket. All that it asks may be repeated, so what passes (no answer, 5xx, "slow down") is
 * tried again a few times. Throws StorageFull, or StorageUnavailable with a sentence that names the
 * setting to look at.
 */
export function createS3Client(parts: S3Parts): S3Client {
  const ask = (request: Ask) => askPatiently(parts, request);
  return {
    put: async (path, file) => {
      const checksum = Buffer.from(file.hash, "hex").toString("base64");
      const headers = {
        "content-length": String(file.bytes),
        "content-type": "application/octet-stream",
        "x-amz-checksum-sha256": checksum,
      };
      const answer = await ask({ method: "PUT", path, headers, file });
      if (!answer) throw unavailable(parts.settings, "does not take files.");
      await answer.body?.cancel();
    },
    head: async (path) => {
      const answer = await ask({ method: "HEAD", path });
      const length = answer?.headers.get("content-length") ?? null;
      return length === null ? null : Number(length);
    },
    get: (path, range) => {
      const headers = range && { range: `bytes=${range.start}-${range.end}` };
      return ask({ method: "GET", path, ...(headers && { headers }) });
    },
    remove: async (path) => {
      const answer = await ask({ method: "DELETE", path });
      await answer?.body?.cancel();
    },
    list: async (prefix, token) => {
      const query = { "list-type": "2", "max-keys": "1000", prefix };
      const more = token === null ? {} : { "continuation-token": token };
      const answer = await ask({ method: "GET", path: "", query: { ...query, ...more } });
      return (await answer?.text()) ?? "";
    },
  };
}

async function askPatiently(parts: S3Parts, ask: Ask): Promise<Response | null> {
  const { settings, clock } = parts;
  for (let tries = 1, waitMs = firstWaitMs; ; tries += 1, waitMs *= 2) {
    const answer = await askOnce(parts, ask);
    if (answer?.ok) return answer;
    const trouble = answer
      ? await readTrouble(answer, settings)
      : ({ kind: "passing", code: "" } as const);
    if (trouble.kind === "missing") return null;
    if (trouble.kind === "error") throw trouble.error;
    if (tries === mostTries) {
      const said = trouble.code === "" ? "does not answer" : `is busy or broken (${trouble.code})`;
      throw unavailable(settings, `${said}. Look at it, and at SPACES_S3_ENDPOINT.`);
    }
    await clock.sleep(waitMs);
  }
}

/** The answer, or null when none came in time. */
async function askOnce(parts: S3Parts, ask: Ask): Promise<Response | null> {
  const { clock, send } = parts;
  // A file of our own that is not there is no trouble of the storage.
  if (ask.file) await stat(ask.file.path);
  const tooLate = new AbortController();
  const done = new AbortController();
  const longestMs = deadlineMs + (ask.file?.bytes ?? 0) / slowestBytesPerMs;
  const late = clock.sleep(longestMs, done.signal).then(() => {
    if (!done.signal.aborted) tooLate.abort(new Error("The storage did not answer in time."));
    return null;
  });
  try {
    const request = await sign(parts, ask, tooLate.signal);
    // Raced too: a network that ignores the signal must not hold us for ever.
    return await Promise.race([send(request), late]);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  } finally {
    done.abort();
  }
}

async function sign({ settings, clock }: S3Parts, ask: Ask, signal: AbortSignal): Promise<Request> {
  const url = new URL(`${bucketAddress(settings)}/${ask.path}`);
  for (const [name, value] of Object.entries(ask.query ?? {})) url.searchParams.set(name, value);
  const signer = new AwsV4Signer({
    method: ask.method,
    url: url.href,
    headers: { ...ask.headers, "x-amz-content-sha256": ask.file?.hash ?? emptyHash },
    service: "s3",
    region: settings.region,
    accessKeyId: settings.keyId,
    secretAccessKey: settings.secret,
    datetime: new Date(clock.nowMs()).toISOString().replace(/[:-]|\.\d{3}/g, ""),
  });
  const { method, headers } = await signer.sign();
  return new Request(signer.url, {
    method,
    headers,
    signal,
    redirect: "manual",
    // Opened when it is sent, closed when it was sent or given up.
    ...(ask.file && {
      body: ReadableStream.from(readFile(diskFiles, ask.file.path)),
      duplex: "half" as const,
    }),
  });
}
