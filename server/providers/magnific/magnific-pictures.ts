import { createHash } from "node:crypto";
import type { KeyedDeclaration, ProviderParts } from "../declaration.ts";
import type { ShortMemory } from "../../short-memory.ts";
import { EgressError, type Egress } from "../../egress.ts";
import { CallFailure, type FittedPicture, type Using } from "../provider.ts";
import { readJson } from "../read-json.ts";
import { readRetryAfter } from "../retry-after.ts";
import { sendFailure, submitFailure } from "../send-failures.ts";
import { answerLimits, wayOut } from "../way-out.ts";
import { uploadSchema } from "./magnific-answers.ts";
import { usualPicture, type PictureWays } from "./magnific-wire.ts";

type Declared = Pick<KeyedDeclaration, "id" | "title" | "key">;

/**
 * How long an upload is taken to lie there: half of the day that it does, so that no task begins with one
 * that ends. A batch so uploads a reference once, not once for each of its calls.
 */
export const uploadLimits = { keptMs: 12 * 60 * 60_000, most: 500 } as const;

/** How a call hands its pictures over. */
export function picturesOfCall(
  parts: Pick<ProviderParts, "egress" | "clock">,
  declared: Declared,
  using: Using,
  uploads: ShortMemory<string>,
): PictureWays {
  const uploaded = async (picture: FittedPicture) => {
    const hash = createHash("sha256").update(picture.bytes).digest("hex");
    const name = `${using.key?.version ?? ""} ${picture.mediaType} ${hash}`;
    const known = uploads.find(name);
    if (known !== null) return known;
    const address = await uploadPicture(parts, declared, using, picture);
    uploads.keep(name, address);
    return address;
  };
  return {
    uploaded,
    base64: async (picture, limits = usualPicture) =>
      Buffer.from((await picture.fit(limits)).bytes).toString("base64"),
    address: async (picture, limits = usualPicture) => uploaded(await picture.fit(limits)),
  };
}

/**
 * Gives a picture to Magnific and answers the address under which its models find it, for a day: an
 * address to put it to is asked for, and the bytes go there without the key
 * (docs.magnific.com/api-reference/uploads). Nothing of it is billed.
 */
async function uploadPicture(
  { egress, clock }: Pick<ProviderParts, "egress" | "clock">,
  declared: Declared,
  using: Using,
  { bytes, mediaType }: FittedPicture,
): Promise<string> {
  const [origin = ""] = declared.key.origins;
  const send = wayOut(egress, declared, using, answerLimits.job);
  const asked = await freely(declared, () =>
    send(`${origin}/v1/ai/uploads/request-url`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ files: [{ content_type: mediaType }] }),
      signal: using.signal,
    }),
  );
  const place = asked.ok ? uploadSchema.safeParse(await readJson(asked)) : null;
  if (!asked.ok) throw notTaken(declared, asked, clock.nowMs());
  if (!place?.success || !place.data) throw noUse(declared);
  const { upload_url, headers, asset_url } = place.data;
  const put = await freely(declared, () => putPicture(egress, upload_url));
  await put.body?.cancel();
  // What its storage says is not about the key.
  if (!put.ok) throw noUse(declared);
  return asset_url;

  function putPicture(way: Pick<Egress, "upload">, address: string): Promise<Response> {
    const init = {
      headers: { "content-type": mediaType, ...headers },
      body: new Uint8Array(bytes),
      signal: using.signal,
    };
    return way.upload(address, init, answerLimits.job);
  }
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

function notTaken(declared: Declared, { status, headers }: Response, nowMs: number): CallFailure {
  const retryAfterMs = readRetryAfter(headers, nowMs);
  return submitFailure(declared, { kind: "refused", status, retryAfterMs });
}

/** An answer that is no use says as little as a host that is down. */
function noUse(declared: Declared): CallFailure {
  return submitFailure(declared, { kind: "refused", status: 502, retryAfterMs: null });
}
