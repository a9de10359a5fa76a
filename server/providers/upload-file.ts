import { createHash } from "node:crypto";
import type * as z from "zod";
import type { Clock } from "../clock.ts";
import { EgressError } from "../egress.ts";
import { createShortMemory } from "../short-memory.ts";
import type { ProviderDeclaration, ProviderParts } from "./declaration.ts";
import { CallFailure, type Using } from "./provider.ts";
import { readJson } from "./read-json.ts";
import { readRetryAfter } from "./retry-after.ts";
import { sendFailure, submitFailure } from "./send-failures.ts";
import { answerLimits, wayOut } from "./way-out.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** Where a vendor's storage takes a file, with which headers, and where its models then find it. */
export interface UploadPlace {
  readonly putAt: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly address: string;
}

/** A file to give to a vendor, and how its place is asked for. */
export interface Upload {
  /** Asked with the key; its origin is one of the key's. */
  readonly askAt: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly place: z.ZodType<UploadPlace>;
  readonly file: { readonly mediaType: string; readonly bytes: Uint8Array };
}

/**
 * How long an upload is taken to lie there: half of the day that it does, so that no task begins with one
 * that ends. A batch so uploads a reference once, not once for each of its calls.
 */
const uploadLimits = { keptMs: 12 * 60 * 60_000, most: 500 } as const;

/** The address of a file that the same account was given lately, is being given, or is given now. */
export type UploadedOnce = (
  using: Using,
  file: { readonly mediaType: string; readonly hash: string },
  upload: () => Promise<string>,
) => Promise<string>;

/** Remembers what was uploaded, for each account apart: whose account it is, its key tells. */
export function rememberUploads(clock: Pick<Clock, "nowMs">): UploadedOnce {
  const uploads = createShortMemory<string>(clock, uploadLimits);
  const underWay = new Map<string, Promise<string>>();
  const begin = async (name: string, upload: () => Promise<string>) => {
    try {
      const address = await upload();
      uploads.keep(name, address);
      return address;
    } finally {
      underWay.delete(name);
    }
  };
  return async ({ key }, { mediaType, hash }, upload) => {
    const account = createHash("sha256")
      .update(key?.reveal() ?? "")
      .digest("hex");
    const name = `${account} ${mediaType} ${hash}`;
    // Another call's upload may fail for a reason of its own, such as that it was stopped.
    for (let other = underWay.get(name); other; other = underWay.get(name)) {
      await other.catch(() => undefined);
    }
    const known = uploads.find(name);
    if (known !== null) return known;
    const begun = begin(name, upload);
    underWay.set(name, begun);
    return begun;
  };
}

/**
 * Gives a file to a vendor and answers the address under which its models find it: a place is asked for
 * with the key, and the bytes go there without it, to public addresses alone and over no redirect.
 * Nothing of it is billed, and it comes before the paid request: every CallFailure of it is "not-billed".
 */
export async function uploadFile(
  { egress, clock }: Pick<ProviderParts, "egress" | "clock">,
  declared: Declared,
  using: Using,
  { askAt, body, headers, place, file }: Upload,
): Promise<string> {
  const send = wayOut(egress, declared, using, answerLimits.job);
  const { signal } = using;
  const asked = await freely(declared, () =>
    send(askAt, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...headers },
      body: JSON.stringify(body),
      signal,
    }),
  );
  if (!asked.ok) {
    await asked.body?.cancel();
    const retryAfterMs = readRetryAfter(asked.headers, clock.nowMs());
    throw submitFailure(declared, { kind: "refused", status: asked.status, retryAfterMs });
  }
  const read = place.safeParse(await readJson(asked));
  if (!read.success) throw noUse(declared);
  const { data } = read;
  const put = await freely(declared, () =>
    egress.upload(
      data.putAt,
      {
        // A stated length lets the bytes pass without another copy of them.
        headers: {
          "content-type": file.mediaType,
          ...data.headers,
          "content-length": String(file.bytes.length),
        },
        body: bodyOf(file.bytes),
        signal,
      },
      answerLimits.upload,
    ),
  );
  await put.body?.cancel();
  // What its storage says is not about the key.
  if (!put.ok) throw noUse(declared);
  return data.address;
}

/** The bytes as they lie there: a clip is not held twice. */
function bodyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(bytes);
}

/** What comes before the paid request costs nothing, whatever becomes of it. */
async function freely(declared: Declared, send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    if (error.code !== "aborted") throw submitFailure(declared, { kind: "not-sent" });
    throw new CallFailure(sendFailure(declared, error).failure, "not-billed");
  }
}

/** An answer that is no use says as little as a host that is down. */
function noUse(declared: Declared): CallFailure {
  return submitFailure(declared, { kind: "refused", status: 502, retryAfterMs: null });
}
