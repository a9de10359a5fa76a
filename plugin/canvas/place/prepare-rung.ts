import type { PlaceContent, RungContent } from "#domain/place-content";
import { prepareImage, preparePoster, prepareVideo } from "./picture-rungs.ts";
import { plainRung, type PreparedRung } from "./rung.ts";
import { prepareSound } from "./sound-rung.ts";
import { prepareCode, prepareSticky, prepareText } from "./text-rungs.ts";

/**
 * Gets everything ready that a rung needs, writing nothing into the document but for a link preview,
 * which Figma makes and puts there in one. Throws where this rung does not work.
 */
export async function prepareRung(
  rung: RungContent,
  { title }: Pick<PlaceContent, "title">,
): Promise<PreparedRung> {
  switch (rung.kind) {
    case "image-fill":
      return prepareImage(rung);
    case "video-fill":
      return prepareVideo(rung);
    case "poster-with-link":
      return preparePoster(rung);
    case "link-preview":
      return prepareLinkPreview(rung.link);
    case "sound-card":
      return prepareSound(rung, title);
    case "text-layer":
      return prepareText(rung.text);
    case "code-block":
      return prepareCode(rung.text);
    case "sticky":
      return prepareSticky(rung.text);
  }
}

/** The step for Undo begins here: what Figma makes and what becomes of it are one. */
async function prepareLinkPreview(link: string): Promise<PreparedRung> {
  figma.commitUndo();
  const preview = await figma.createLinkPreviewAsync(link);
  return {
    ...plainRung,
    kind: "link-preview",
    make: () => preview,
    madeAlready: preview,
  };
}
