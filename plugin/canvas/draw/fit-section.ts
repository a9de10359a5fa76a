import type { Size } from "#domain/placement";
import { cardPaddingPx } from "./card-measures.ts";

/** How large a section must be for what lies in it; the locked face of a card reaches to its edges. */
function needsOf(section: SectionNode, faceHeightPx: number | null): Size {
  let [width, height] = [0, 0];
  for (const child of section.children) {
    if (!child.visible || child.type === "CONNECTOR") continue;
    const isFace = child.type === "FRAME" && child.locked;
    const padding = isFace ? 0 : cardPaddingPx;
    const childHeight = (isFace ? faceHeightPx : null) ?? child.height;
    width = Math.max(width, child.x + child.width + padding);
    height = Math.max(height, child.y + childHeight + padding);
  }
  return { width, height };
}

/**
 * Whether a card is a section just as high as what lies in it: then nobody made it larger by hand.
 * `faceHeightPx`: how high its face is to be taken for, where that changed meanwhile.
 */
export function isTight(root: SceneNode, faceHeightPx: number | null = null): boolean {
  if (root.type !== "SECTION") return false;
  return Math.abs(root.height - needsOf(root, faceHeightPx).height) < 1;
}

/** Fits a card's section to what lies in it. One that people made larger is never made smaller. */
export function fitSection(section: SectionNode, wasTight: boolean): void {
  const needs = needsOf(section, null);
  const width = Math.max(section.width, needs.width);
  const height = wasTight ? needs.height : Math.max(section.height, needs.height);
  const isSame = Math.abs(section.width - width) < 0.01 && Math.abs(section.height - height) < 0.01;
  if (!isSame) section.resizeWithoutConstraints(width, height);
}
