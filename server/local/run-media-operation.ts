import { describePicture } from "./describe-picture.ts";
import { draftNote, drawDraft } from "./draft-picture.ts";
import type { MediaOperation, MediaResult } from "./media-messages.ts";
import { moveCamera } from "./move-camera.ts";
import type { WorkWatch } from "./picture-result.ts";
import { upscalePicture } from "./upscale-picture.ts";

/** Does one piece of picture work here and now. Throws MediaFailure for expected trouble. */
export async function runMediaOperation(
  operation: MediaOperation,
  watch: WorkWatch,
): Promise<MediaResult> {
  switch (operation.kind) {
    case "draft": {
      const { widthPx, heightPx } = operation;
      const bytes = await drawDraft(operation, watch.signal);
      return {
        kind: "picture",
        bytes,
        mediaType: "image/png",
        widthPx,
        heightPx,
        notes: [draftNote],
      };
    }
    case "upscale":
      return upscalePicture(operation.image, operation, watch);
    case "camera":
      return moveCamera(operation.image, operation, watch);
    case "describe":
      return { kind: "facts", facts: await describePicture(operation.image) };
  }
}

/** Whether work needs much memory and time, so that only one such piece runs at a time. */
export function isHeavy(operation: MediaOperation): boolean {
  switch (operation.kind) {
    case "upscale":
    case "camera":
      return true;
    case "draft":
      return operation.widthPx * operation.heightPx > 2048 * 2048;
    case "describe":
      return false;
  }
}
