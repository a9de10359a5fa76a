import type { LayerValues } from "./layer.ts";
import type { TextStyle } from "./text-content.ts";

/** What a new layer of a type looks like: the typings' texts, Figma's own guides, else our guess. */
export type Defaults = Partial<LayerValues> & { readonly name: string };

/** A plain paint as the plugin API reads it back. */
export const solid = (r: number, g: number, b: number): unknown => ({
  type: "SOLID",
  visible: true,
  opacity: 1,
  blendMode: "NORMAL",
  color: { r, g, b },
  boundVariables: {},
});
/** The fill of a new shape. */
export const grey = solid(217 / 255, 217 / 255, 217 / 255);
/** The stroke of a new line. */
export const black = solid(0, 0, 0);
/** The fill of a new frame. */
export const white = solid(1, 1, 1);

/** Members of everything that blends. */
export const blend = {
  opacity: 1,
  blendMode: "PASS_THROUGH",
  isMask: false,
  maskType: "ALPHA",
  effects: [],
  effectStyleId: "",
};
/** Members of everything that exports. */
export const exporting = { exportSettings: [] };
/** Members of everything that can stand in auto-layout. */
export const inLayout = {
  layoutAlign: "INHERIT",
  layoutGrow: 0,
  layoutPositioning: "AUTO",
  minWidth: null,
  maxWidth: null,
  minHeight: null,
  maxHeight: null,
};
/** Members of everything with strokes. */
export const strokes = {
  strokes: [],
  strokeStyleId: "",
  strokeWeight: 1,
  strokeJoin: "MITER",
  strokeAlign: "INSIDE",
  dashPattern: [],
};
/** Members of everything with corners. */
export const corners = {
  cornerRadius: 0,
  cornerSmoothing: 0,
  topLeftRadius: 0,
  topRightRadius: 0,
  bottomLeftRadius: 0,
  bottomRightRadius: 0,
};
/** Strokes side by side. */
export const sides = {
  strokeTopWeight: 1,
  strokeBottomWeight: 1,
  strokeLeftWeight: 1,
  strokeRightWeight: 1,
};
/** A plain shape. */
export const shape = {
  ...blend,
  ...exporting,
  ...inLayout,
  ...strokes,
  fills: [grey],
  fillStyleId: "",
  strokeCap: "NONE",
  strokeMiterLimit: 4,
  reactions: [],
  constraints: { horizontal: "MIN", vertical: "MIN" },
  constrainProportions: false,
  width: 100,
  height: 100,
};
/** A frame. */
export const frame = {
  ...shape,
  ...corners,
  ...sides,
  fills: [white],
  clipsContent: true,
  layoutMode: "NONE",
  layoutWrap: "NO_WRAP",
  layoutGrids: [],
  guides: [],
  gridStyleId: "",
  paddingLeft: 0,
  paddingRight: 0,
  paddingTop: 0,
  paddingBottom: 0,
  itemSpacing: 0,
  counterAxisSpacing: null,
  primaryAxisSizingMode: "AUTO",
  counterAxisSizingMode: "FIXED",
  primaryAxisAlignItems: "MIN",
  counterAxisAlignItems: "MIN",
  counterAxisAlignContent: "AUTO",
  itemReverseZIndex: false,
  strokesIncludedInLayout: false,
  overflowDirection: "NONE",
  numberOfFixedChildren: 0,
  expanded: true,
};
/** A component. */
export const component = {
  ...frame,
  description: "",
  descriptionMarkdown: "",
  documentationLinks: [],
  key: "",
  remote: false,
};
/** FigJam's text. */
export const medium: Partial<TextStyle> = { fontName: { family: "Inter", style: "Medium" } };
/** What FigJam draws by itself. */
export const opaque = { ...exporting, ...inLayout, opacity: 1, blendMode: "PASS_THROUGH" };
