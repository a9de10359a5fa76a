import { dataUri } from "../data-uri.ts";
import type { AssetInput, FittedPicture, ModelRequest, PictureLimits } from "../provider.ts";
import type { ReplicateWire } from "./models.ts";

const limits: PictureLimits = {
  mediaTypes: ["image/png", "image/jpeg", "image/webp"],
  sidePx: 2_048,
  maxBytes: 8_000_000,
};
/** Replicate takes a file of up to 256 kB within a request, which base64 makes a third longer. */
const mostBytesWithin = 190_000;

/** Uploads a file and gives its address at Replicate. */
export type Upload = (picture: FittedPicture) => Promise<string>;

/** The input of a prediction; pictures that are too large for it are uploaded beforehand. */
export async function replicateInput(
  { references: field, settings: fields, hasSeed }: ReplicateWire,
  { prompt, references, settings }: Extract<ModelRequest, { readonly task: "image" }>,
  seed: number,
  upload: Upload,
): Promise<Record<string, unknown>> {
  const given = await Promise.all(references.map((picture) => addressOf(picture, upload)));
  return {
    prompt,
    ...(given.length > 0 && { [field]: given }),
    ...Object.fromEntries(
      Object.entries(fields).map(([name, to]) => [to, settings[name]] as const),
    ),
    ...(hasSeed && { seed }),
  };
}

async function addressOf(picture: AssetInput, upload: Upload): Promise<string> {
  const fitted = await picture.fit(limits);
  return fitted.bytes.length <= mostBytesWithin ? dataUri(fitted) : upload(fitted);
}
