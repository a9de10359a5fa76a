/** A pair of dictionaries between REST's names and the plugin API's (simulator.md 4). */
export interface Names {
  readonly toPlugin: (name: string) => string;
  readonly toRest: (name: string) => string;
}

function names(pairs: Readonly<Record<string, string>>): Names {
  const back = new Map(Object.entries(pairs).map(([rest, plugin]) => [plugin, rest]));
  return {
    toPlugin: (name) => pairs[name] ?? name,
    toRest: (name) => back.get(name) ?? name,
  };
}

/** Types of layers. */
export const typeNames: Names = names({ CANVAS: "PAGE", REGULAR_POLYGON: "POLYGON" });

/** Caps of connectors; `LINE_ARROW` and `TRIANGLE_ARROW` have other names in the plugin API. */
export const capNames: Names = names({
  LINE_ARROW: "ARROW_LINES",
  TRIANGLE_ARROW: "ARROW_EQUILATERAL",
});

/** How an image fills its layer. */
export const scaleModeNames: Names = names({ STRETCH: "CROP" });

/** Constraints, sideways. */
export const horizontalNames: Names = names({ LEFT: "MIN", RIGHT: "MAX", LEFT_RIGHT: "STRETCH" });

/** Constraints, up and down. */
export const verticalNames: Names = names({ TOP: "MIN", BOTTOM: "MAX", TOP_BOTTOM: "STRETCH" });

/** Members that have the same name and value on both sides. */
export const sameMembers: readonly string[] = [
  "opacity",
  "blendMode",
  "isMask",
  "strokeWeight",
  "strokeAlign",
  "strokeJoin",
  "strokeCap",
  "cornerRadius",
  "cornerSmoothing",
  "clipsContent",
  "layoutMode",
  "layoutWrap",
  "itemSpacing",
  "paddingLeft",
  "paddingRight",
  "paddingTop",
  "paddingBottom",
  "primaryAxisSizingMode",
  "counterAxisSizingMode",
  "primaryAxisAlignItems",
  "counterAxisAlignItems",
  "layoutAlign",
  "layoutGrow",
  "layoutPositioning",
  "booleanOperation",
  "arcData",
  "shapeType",
  "authorVisible",
  "connectorLineType",
  "sectionContentsHidden",
  "vectorNetwork",
];
