/** A 2×3 matrix as Figma writes it: rows [a, c, x] and [b, d, y]. */
export type Transform = readonly [
  readonly [number, number, number],
  readonly [number, number, number],
];

/** What a layer knows besides its place: each member is what the plugin API shows of that name. */
export interface LayerValues {
  name: string;
  visible: boolean;
  locked: boolean;
  /** Relative to the container: the nearest ancestor that is not a group or a boolean operation. */
  transform: Transform;
  width: number;
  height: number;
  [member: string]: unknown;
}

/** A layer of the document. Changed only through `FigmaDocument`, which keeps undo and events. */
export class Layer {
  readonly id: string;
  readonly type: string;
  readonly values: LayerValues;
  /** Plugin data: `private|<plugin id>|key`, `shared|<namespace>|key`, `relaunch|<plugin id>|key`. */
  readonly data: Map<string, string> = new Map<string, string>();
  /** Null for layers that cannot have children. */
  readonly children: Layer[] | null;
  parent: Layer | null = null;

  constructor(id: string, type: string, values: LayerValues) {
    this.id = id;
    this.type = type;
    this.values = values;
    this.children = containers.has(type) ? [] : null;
  }
}

/** Types with children. A table's cells are children here; the plugin API shows none of them. */
const containers: ReadonlySet<string> = new Set([
  "DOCUMENT",
  "PAGE",
  "FRAME",
  "GROUP",
  "SECTION",
  "COMPONENT",
  "COMPONENT_SET",
  "INSTANCE",
  "BOOLEAN_OPERATION",
  "TABLE",
  "SLOT",
  "TRANSFORM_GROUP",
]);

/** The layers below `layer`, parents first, without the cells of tables. */
export function* descendants(layer: Layer): Generator<Layer> {
  if (layer.type === "TABLE") return;
  for (const child of layer.children ?? []) {
    yield child;
    yield* descendants(child);
  }
}

/** The page a layer is on, itself if it is one; null when it is not in the document. */
export function pageOf(layer: Layer): Layer | null {
  for (let current: Layer | null = layer; current !== null; current = current.parent)
    if (current.type === "PAGE") return current.parent === null ? null : current;
  return null;
}

/** Whether `ancestor` is `layer` or above it. */
export function contains(ancestor: Layer, layer: Layer): boolean {
  for (let current: Layer | null = layer; current !== null; current = current.parent)
    if (current === ancestor) return true;
  return false;
}

/** Whether the layer hangs in the document no more. */
export function isRemoved(layer: Layer): boolean {
  let current = layer;
  while (current.parent !== null) current = current.parent;
  return current.type !== "DOCUMENT";
}

/** The nearest ancestor of a type, not the layer itself. */
export function ancestorOfType(layer: Layer, ...types: string[]): Layer | null {
  for (let current = layer.parent; current !== null; current = current.parent)
    if (types.includes(current.type)) return current;
  return null;
}
