import type { CardStatus } from "#domain/card";
import { definitionOf, type NodeType } from "#domain/nodes/index";
import type { PortType } from "#domain/port";

/** Figma's own palette (look.md). */
export const colours = {
  white: "#FFFFFF",
  ink: "#1E1E1E",
  secondary: "#6B6B6B",
  border: "#E6E6E6",
  quiet: "#F5F5F5",
  link: "#0768CF",
  failure: "#B3261E",
  failureBack: "#FFF1EE",
  dark: "#2C2C2C",
} as const;

const byPortType: Readonly<Record<PortType, string>> = {
  text: "#9747FF",
  image: "#14AE5C",
  video: "#F24822",
  audio: "#FFA629",
};
/** What comes from layers and files has the colour of layers: its type is not known beforehand. */
const layerColour = "#0D99FF";

/** The colour of what a type of node gives. */
export function typeColour(type: NodeType): string {
  return portColour(definitionOf(type).output.types) ?? layerColour;
}

/** The colours of a node type's inputs, in their order; grey for one that takes several types. */
export function inputColours(type: NodeType): string[] {
  const inputs = Object.values(definitionOf(type).inputs);
  return inputs.map(({ accepts }) => portColour(accepts) ?? colours.secondary);
}

function portColour(types: readonly PortType[]): string | null {
  const [only] = types;
  return types.length === 1 && only ? byPortType[only] : null;
}

/** The colours of a status pill: its ground and its words. */
export interface PillColours {
  readonly back: string;
  readonly words: string;
}

const grey: PillColours = { back: "#F0F0F0", words: "#5C5C5C" };
const blue: PillColours = { back: "#E5F4FF", words: "#0757A8" };
const red: PillColours = { back: "#FFE7E2", words: "#A8200D" };

/** Colours of the pill for each way a node can stand; null where no pill is shown. */
export const pillColours: Readonly<Record<CardStatus["kind"], PillColours | null>> = {
  empty: null,
  "not-ready": grey,
  ready: grey,
  queued: blue,
  running: blue,
  waiting: blue,
  done: null,
  stale: { back: "#FFF1D6", words: "#7A4B00" },
  blocked: red,
  failed: red,
  cancelled: grey,
  locked: grey,
};

/** A plain paint of a colour. */
export function paintOf(colour: string): SolidPaint {
  return figma.util.solidPaint(colour);
}
