import {
  solid,
  black,
  white,
  blend,
  exporting,
  inLayout,
  strokes,
  corners,
  sides,
  shape,
  frame,
  component,
  type Defaults,
} from "./default-parts.ts";
import { figjamDefaults } from "./figjam-defaults.ts";
import type { LayerValues } from "./layer.ts";
import { createText } from "./text-content.ts";

const byType: Readonly<Record<string, () => Defaults>> = {
  ...figjamDefaults,
  RECTANGLE: () => ({ name: "Rectangle", ...shape, ...corners, ...sides }),
  ELLIPSE: () => ({
    name: "Ellipse",
    ...shape,
    cornerRadius: 0,
    cornerSmoothing: 0,
    arcData: { startingAngle: 0, endingAngle: Math.PI * 2, innerRadius: 0 },
  }),
  LINE: () => ({
    name: "Line",
    ...shape,
    fills: [],
    strokes: [black],
    strokeAlign: "CENTER",
    height: 0,
  }),
  POLYGON: () => ({
    name: "Polygon",
    ...shape,
    cornerRadius: 0,
    cornerSmoothing: 0,
    pointCount: 3,
  }),
  STAR: () => ({
    name: "Star",
    ...shape,
    cornerRadius: 0,
    cornerSmoothing: 0,
    pointCount: 5,
    innerRadius: 0.38196599,
  }),
  VECTOR: () => ({
    name: "Vector",
    ...shape,
    fills: [],
    strokes: [black],
    strokeAlign: "CENTER",
    cornerRadius: 0,
    cornerSmoothing: 0,
    handleMirroring: "NONE",
    vectorNetwork: { vertices: [], segments: [], regions: [] },
  }),
  TEXT: () => ({
    name: "Text",
    ...shape,
    ...textOfLayer(),
    fills: undefined,
    strokeAlign: "OUTSIDE",
    width: 0,
    height: 15,
    textText: createText({}),
    autoRename: true,
  }),
  FRAME: () => ({ name: "Frame", ...frame, devStatus: null }),
  COMPONENT: () => ({ name: "Component", ...component, devStatus: null }),
  COMPONENT_SET: () => ({ name: "Component Set", ...component, devStatus: null }),
  INSTANCE: () => ({
    name: "Instance",
    ...frame,
    scaleFactor: 1,
    overrides: [],
    mainComponentId: "",
  }),
  GROUP: () => ({
    name: "Group",
    ...blend,
    ...exporting,
    ...inLayout,
    reactions: [],
    expanded: false,
    constrainProportions: false,
  }),
  BOOLEAN_OPERATION: () => ({
    name: "Union",
    ...shape,
    ...blend,
    booleanOperation: "UNION",
    expanded: false,
    cornerRadius: 0,
    cornerSmoothing: 0,
  }),
  SLICE: () => ({
    name: "Slice",
    ...exporting,
    ...inLayout,
    constrainProportions: false,
    width: 100,
    height: 100,
  }),
  SECTION: () => ({
    name: "Section",
    ...exporting,
    ...strokes,
    ...corners,
    fills: [white],
    fillStyleId: "",
    minWidth: null,
    maxWidth: null,
    minHeight: null,
    maxHeight: null,
    sectionContentsHidden: false,
    devStatus: null,
    width: 1,
    height: 1,
  }),
  PAGE: () => ({
    name: "Page",
    guides: [],
    backgrounds: [solid(0.96, 0.96, 0.96)],
    prototypeBackgrounds: [],
    flowStartingPoints: [],
    ...exporting,
  }),
};

function textOfLayer(): Partial<LayerValues> {
  return {
    textAlignHorizontal: "LEFT",
    textAlignVertical: "TOP",
    textAutoResize: "WIDTH_AND_HEIGHT",
    textTruncation: "DISABLED",
    maxLines: null,
  };
}

/** Fresh values for a new layer of the type; null for a type the stand-in cannot make. */
export function defaultsOf(type: string): Defaults | null {
  const defaults = byType[type];
  return defaults === undefined ? null : structuredClone(defaults());
}
