import { findLayer, pageOf } from "./find-layer.ts";

/**
 * Selects layers and brings them into view. Those of the page that holds the first one are shown,
 * others stay as they are; layers that are gone are passed over.
 */
export async function showLayers(ids: readonly string[]): Promise<void> {
  const found = await Promise.all(ids.map(findLayer));
  const layers = found.flatMap((node) => {
    const page = node && pageOf(node);
    return page ? [{ node, page }] : [];
  });
  const page = layers[0]?.page;
  if (!page) return;
  if (page.id !== figma.currentPage.id) await figma.setCurrentPageAsync(page);
  const shown = layers.filter((layer) => layer.page.id === page.id).map(({ node }) => node);
  page.selection = shown.filter((node) => !shown.some((other) => isInside(node, other)));
  figma.viewport.scrollAndZoomIntoView(shown);
}

/** Figma refuses a selection of a layer together with one around it. */
function isInside(node: SceneNode, holder: SceneNode): boolean {
  for (let at = node.parent; at; at = at.parent) if (at.id === holder.id) return true;
  return false;
}
