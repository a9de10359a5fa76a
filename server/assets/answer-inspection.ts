import { mediaTypes } from "#domain/asset";
import { deriveDrawing } from "./drawing/derive-drawing.ts";
import { inspectDrawing } from "./drawing/inspect-drawing.ts";
import { isSystemError } from "./file-operations.ts";
import { inspectPicture } from "./inspect-picture.ts";
import type { InspectionReply, InspectionRequest } from "./inspection.ts";
import { sniffAsset } from "./sniff-asset.ts";
import { writePicture } from "./write-picture.ts";

/**
 * Looks at a file, or makes a picture of it. Never throws: what the decoder cannot read is a refusal,
 * what the machine cannot do is "broken".
 */
export async function answerInspection(request: InspectionRequest): Promise<InspectionReply> {
  try {
    if (request.kind === "inspect") return await inspect(request);
    const { file, mediaType, output, recipe } = request;
    const write = mediaType === "image/svg+xml" ? deriveDrawing : writePicture;
    return await write(file, output, recipe);
  } catch (error) {
    if (isSystemError(error, "ENOSPC", "EDQUOT")) {
      return { kind: "broken", reason: "storage-full" };
    }
    if (isSystemError(error, "ENOENT", "EACCES", "EIO", "EMFILE", "ENFILE")) {
      return { kind: "broken", reason: "internal" };
    }
    const sentence = "The file is damaged or incomplete and cannot be read. Export it again.";
    return { kind: "refused", code: "unreadable", sentence };
  }
}

async function inspect(
  request: InspectionRequest & { readonly kind: "inspect" },
): Promise<InspectionReply> {
  const { file, bytes, mostBytes, takesDrawings } = request;
  const sniffed = await sniffAsset(file, bytes, mostBytes, takesDrawings);
  if (sniffed.kind === "refused") return sniffed;
  const { mediaType } = sniffed;
  if (mediaType === "image/svg+xml") return inspectDrawing(file);
  if (mediaTypes[mediaType] === "image") return inspectPicture(file, mediaType);
  return { kind: "accepted", mediaType, widthPx: null, heightPx: null };
}
