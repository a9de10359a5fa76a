import type { Box, Point } from "#domain/layer";

/** A layer that others can be put into freely: nothing in it is moved or sized by it. */
export type Container = PageNode | SectionNode | FrameNode;

/** The layers around one, from the nearest on; the page is the last. */
export function* holdersOf(layer: SceneNode): Generator<BaseNode & ChildrenMixin> {
  for (let at = layer.parent; at; at = at.parent) if (at.type !== "DOCUMENT") yield at;
}

/** The nearest section around a layer, else its page. Null for a layer that hangs nowhere. */
export function boardOf(layer: SceneNode): PageNode | SectionNode | null {
  for (const holder of holdersOf(layer)) {
    if (holder.type === "SECTION" || holder.type === "PAGE") return holder;
  }
  return null;
}

/**
 * The nearest layer around both that something can be put into freely. Null where they are on
 * different pages.
 */
export function commonContainer(
  one: SceneNode,
  other: SceneNode,
  types: readonly Container["type"][],
): Container | null {
  const around = new Set([...holdersOf(one)].map(({ id }) => id));
  let found: Container | null = null;
  for (const holder of holdersOf(other)) {
    // What lies in an instance or a component belongs to a design that must stay as it is.
    if (holder.type === "INSTANCE" || holder.type === "COMPONENT") found = null;
    else if (!found && around.has(holder.id) && isContainer(holder, types)) found = holder;
  }
  return found;
}

function isContainer(
  holder: BaseNode & ChildrenMixin,
  types: readonly Container["type"][],
): holder is Container {
  const isFree = holder.type !== "FRAME" || holder.layoutMode === "NONE";
  return isFree && types.some((type) => type === holder.type);
}

/** The layer around another, or that itself, which hangs directly in a container. */
export function childOf(container: Container, layer: SceneNode): SceneNode {
  let child: SceneNode = layer;
  for (const holder of holdersOf(layer)) {
    if (holder.id === container.id || holder.type === "PAGE") return child;
    child = holder as SceneNode;
  }
  return child;
}

/** A point of the page in a container's own space. Only frames can be turned; sections are not. */
export function pointIn(container: Container, { x, y }: Point): Point {
  if (container.type === "PAGE") return { x, y };
  const [[a, c, left], [b, d, top]] = container.absoluteTransform;
  const [dx, dy, size] = [x - left, y - top, a * d - b * c];
  return { x: (d * dx - c * dy) / size, y: (a * dy - b * dx) / size };
}

/** The boxes on the page of what lies in a container, but for one layer. */
export function boxesIn(container: Container, except: SceneNode | null): Box[] {
  return container.children.flatMap((child) => {
    const isObstacle = child.id !== except?.id && child.type !== "CONNECTOR" && child.visible;
    const box = isObstacle ? child.absoluteBoundingBox : null;
    return box ? [box] : [];
  });
}

/** Puts a layer into a container, with its corner at a point of the page; a section grows with it. */
export function putInto(container: Container, layer: SceneNode, corner: Point): void {
  if (layer.parent?.id !== container.id) container.appendChild(layer);
  const { x, y } = pointIn(container, corner);
  if ("x" in layer) Object.assign(layer, { x, y });
  if (container.type === "SECTION") growSection(container, x + layer.width, y + layer.height);
}

const sectionPaddingPx = 32;

/** Makes a section large enough for what reaches to a point of its own; it never gets smaller. */
export function growSection(
  section: SectionNode,
  right: number,
  bottom: number,
  paddingPx: number = sectionPaddingPx,
): void {
  const width = Math.max(section.width, right + paddingPx);
  const height = Math.max(section.height, bottom + paddingPx);
  if (width > section.width || height > section.height) {
    section.resizeWithoutConstraints(width, height);
  }
  // A section that outgrows the one around it would stick out of it.
  if (section.parent?.type === "SECTION") {
    growSection(section.parent, section.x + width, section.y + height);
  }
}
