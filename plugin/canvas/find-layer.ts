/** A layer by its id, on a page that is loaded; null for what is gone, and for pages and the file. */
export async function findLayer(id: string): Promise<SceneNode | null> {
  const node = await figma.getNodeByIdAsync(id);
  if (!node || node.type === "DOCUMENT" || node.type === "PAGE") return null;
  await pageOf(node)?.loadAsync();
  return node.removed ? null : node;
}

/** The page that a layer lies on; null for one that hangs nowhere. */
export function pageOf(node: BaseNode): PageNode | null {
  let at: BaseNode | null = node;
  while (at && at.type !== "PAGE") at = at.parent;
  return at;
}
