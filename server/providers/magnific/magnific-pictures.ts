import { createHash } from "node:crypto";
import type { KeyedDeclaration, ProviderParts } from "../declaration.ts";
import type { FittedPicture, Using } from "../provider.ts";
import { uploadFile, type UploadedOnce } from "../upload-file.ts";
import { uploadSchema } from "./magnific-answers.ts";
import { usualPicture, type PictureWays } from "./magnific-wire.ts";

type Declared = Pick<KeyedDeclaration, "id" | "title" | "key">;

/** How a call hands its pictures over. */
export function picturesOfCall(
  parts: Pick<ProviderParts, "egress" | "clock">,
  declared: Declared,
  using: Using,
  uploadedOnce: UploadedOnce,
): PictureWays {
  const uploaded = (picture: FittedPicture) => {
    const hash = createHash("sha256").update(picture.bytes).digest("hex");
    return uploadedOnce(using, { mediaType: picture.mediaType, hash }, () =>
      uploadPicture(parts, declared, using, picture),
    );
  };
  return {
    uploaded,
    base64: async (picture, limits = usualPicture) =>
      Buffer.from((await picture.fit(limits)).bytes).toString("base64"),
    address: async (picture, limits = usualPicture) => uploaded(await picture.fit(limits)),
  };
}

/** Gives a picture to Magnific, for a day (docs.magnific.com/api-reference/uploads). */
function uploadPicture(
  parts: Pick<ProviderParts, "egress" | "clock">,
  declared: Declared,
  using: Using,
  picture: FittedPicture,
): Promise<string> {
  const [origin = ""] = declared.key.origins;
  return uploadFile(parts, declared, using, {
    askAt: `${origin}/v1/ai/uploads/request-url`,
    body: { files: [{ content_type: picture.mediaType }] },
    place: uploadSchema,
    file: picture,
  });
}
