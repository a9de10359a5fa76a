import { StorageFull, StorageUnavailable } from "./asset-store.ts";
import type { S3Settings } from "./s3-settings.ts";

/** What an answer that says no means for who asked. */
export type Trouble =
  | { readonly kind: "missing" }
  /** It may be otherwise in a moment. */
  | { readonly kind: "passing"; readonly code: string }
  | { readonly kind: "error"; readonly error: Error };

/** More of an answer that says no is not read. */
const longestTextBytes = 64 * 1024;

/** Codes of S3 and of what is compatible with it, and which setting to look at. */
const causes: readonly (readonly [RegExp, (place: S3Settings) => string])[] = [
  [
    /^(InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSecurity)$/,
    () => "does not know the key. Look at SPACES_S3_KEY_ID and SPACES_S3_SECRET.",
  ],
  [
    /^(RequestTimeTooSkewed|RequestExpired)$/,
    () => "says that this machine's clock is wrong. Set the clock.",
  ],
  [
    /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|AuthorizationQueryParametersError|InvalidRegion|IllegalLocationConstraintException)$/,
    ({ region }) =>
      `has the bucket in another region than ${region}. Look at SPACES_S3_REGION and SPACES_S3_ENDPOINT.`,
  ],
  [
    /^(NoSuchBucket|InvalidBucketName)$/,
    ({ bucket }) => `has no bucket "${bucket}". Make it, or look at SPACES_S3_BUCKET.`,
  ],
  [
    /^(AccessDenied|AllAccessDisabled|AccountProblem|Forbidden)$/,
    ({ bucket }) =>
      `does not let this key work in the bucket "${bucket}". Let it list, read, write and delete, or look at SPACES_S3_KEY_ID.`,
  ],
];
/** No room, by quota or by disk: AWS knows none, MinIO and Garage do. */
const full =
  /^(QuotaExceeded|XMinioAdminBucketQuotaExceeded|XMinioStorageFull|InsufficientStorage)$/;
const passing =
  /^(SlowDown|InternalError|ServiceUnavailable|RequestTimeout|OperationAborted|BadDigest|XAmzContentSHA256Mismatch|IncompleteBody|XAmzContentChecksumMismatch)$/;

/** Reads an answer that is no success. `place` says which settings it was asked with. */
export async function readTrouble(answer: Response, place: S3Settings): Promise<Trouble> {
  const code = codeOf(await readText(answer)) ?? codeOfStatus(answer.status);
  if (code === "NoSuchKey") return { kind: "missing" };
  if (full.test(code) || answer.status === 507) {
    const sentence = `The storage at ${new URL(place.endpoint).host} is full (${code}). Make room there.`;
    return { kind: "error", error: new StorageFull(code, sentence) };
  }
  const isPassing = answer.status >= 500 && answer.status !== 501;
  if (isPassing || [408, 429].includes(answer.status) || passing.test(code)) {
    return { kind: "passing", code };
  }
  const cause = causes.find(([codes]) => codes.test(code))?.[1];
  return { kind: "error", error: unavailable(place, cause?.(place) ?? `answers ${code}.`) };
}

/** Trouble with a storage in a sentence that begins with where it is. */
export function unavailable({ endpoint }: S3Settings, said: string): StorageUnavailable {
  return new StorageUnavailable(`The storage at ${new URL(endpoint).host} ${said}`);
}

/** What an answer to HEAD, which has no body, can mean. */
function codeOfStatus(status: number): string {
  if (status === 404) return "NoSuchKey";
  if (status === 403) return "AccessDenied";
  return status === 301 || status === 307 ? "PermanentRedirect" : `status ${status}`;
}

/** An error of S3 is a small XML document; a code that is no plain word is not shown to anybody. */
function codeOf(text: string): string | null {
  return /<Code>\s*(\w{1,60})\s*<\/Code>/.exec(text)?.[1] ?? null;
}

async function readText(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    const body: ReadableStream<Uint8Array> | null = answer.body;
    if (!body) return "";
    for await (const piece of body) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > longestTextBytes) break;
    }
  } catch {
    // The status alone says enough.
  }
  return Buffer.concat(pieces).toString("utf8");
}
