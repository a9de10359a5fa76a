import { createHash } from "node:crypto";
import * as z from "zod";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { AssetInput, FittedPicture, Using } from "../provider.ts";
import { rememberUploads, uploadFile, type UploadPlace } from "../upload-file.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** Where fal's own client asks for a place for a file (@fal-ai/client 1.10.1, src/storage.js). */
const askAt = "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3";
/** fal forgets a file after a day: everybody who has its address could open it until then. */
const lifetime = JSON.stringify({ expiration_duration_seconds: 86_400 });

const placeSchema = z
  .object({ upload_url: z.url().max(8_000), file_url: z.url().max(8_000) })
  .transform(({ upload_url, file_url }): UploadPlace => ({
    putAt: upload_url,
    headers: {},
    address: file_url,
  }));

/** Hands a kept file, or a picture that was made to fit, over to fal and answers its address there. */
export interface FalStorage {
  ofFile(input: AssetInput): Promise<string>;
  ofPicture(picture: FittedPicture): Promise<string>;
}

/** Opens fal's storage, which costs nothing; what it was given is remembered from call to call. */
export function openFalStorage(
  declared: Declared,
  parts: Pick<ProviderParts, "egress" | "clock">,
): (using: Using) => FalStorage {
  const uploadedOnce = rememberUploads(parts.clock);
  return (using) => {
    const uploaded = (
      { mediaType, hash }: { readonly mediaType: string; readonly hash: string },
      read: () => Promise<Uint8Array>,
    ) =>
      uploadedOnce(using, { mediaType, hash }, async () =>
        uploadFile(parts, declared, using, {
          askAt,
          body: {
            content_type: mediaType,
            file_name: `${hash.slice(0, 32)}.${extensionOf(mediaType)}`,
          },
          headers: { "x-fal-object-lifecycle": lifetime },
          place: placeSchema,
          file: { mediaType, bytes: await read() },
        }),
      );
    return {
      ofFile: (input) => uploaded(input.asset, () => input.read()),
      ofPicture: ({ mediaType, bytes }) => {
        const hash = createHash("sha256").update(bytes).digest("hex");
        return uploaded({ mediaType, hash }, () => Promise.resolve(bytes));
      },
    };
  };
}

/** fal's models look at the end of a name; those of sounds and clips differ from their type's. */
function extensionOf(mediaType: string): string {
  const [, kind = "bin"] = mediaType.split("/");
  return { mpeg: "mp3", quicktime: "mov" }[kind] ?? kind;
}
