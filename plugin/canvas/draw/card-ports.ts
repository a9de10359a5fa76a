import type { Point } from "#domain/layer";
import type { NodeType } from "#domain/nodes/index";
import { inputPlace, outputPlace } from "#domain/port-place";
import { colours, inputColours, paintOf, typeColour } from "./colours.ts";
import { drawText } from "./card-text.ts";
import type { NewCard } from "./new-card.ts";
import { partOf, pieceOf, type Card } from "./parts.ts";
import { change, shapePiece } from "./shape-layer.ts";

const dotPx = 10;
/** The names of inputs stand in rows as far apart as their ports (domain/port-place.ts). */
const rowPx = 20;
const belowNamesPx = 4;

/**
 * Shows the ports of a card in Design, and the names of its inputs where there are several. FigJam's
 * connectors choose their side of a section themselves, so dots would be wrong there.
 */
export function showInputs(card: Card, { type, inputs }: NewCard): void {
  const { root } = card;
  if (root.type !== "FRAME") return;
  showNames(card, root, inputs);
  if (card.inputPorts.length !== inputs.length) {
    for (const port of card.inputPorts) port.remove();
    const inColours = inputColours(type);
    for (const [at, label] of inputs.entries()) {
      drawPort(root, "input-port", label, inColours[at] ?? colours.secondary);
    }
  }
  settlePorts(root);
}

/** The port that a card gives its results at, in the colour of their type. */
export function drawOutputPort(root: FrameNode, type: NodeType): void {
  drawPort(root, "output-port", "", typeColour(type));
}

/** Puts the ports of a card where links reach them. To be done whenever its height may have changed. */
export function settlePorts(root: FrameNode): void {
  const dots = root.children.filter((layer) => layer.type === "ELLIPSE");
  const inputs = dots.filter((dot) => partOf(dot) === "input-port");
  const box = { x: 0, y: 0, width: root.width, height: root.height };
  for (const [at, dot] of inputs.entries()) {
    const { x, y } = inputPlace(box, at, inputs.length);
    // Just inside, so that it does not cover the head of the link that ends there.
    put(dot, { x: x + dotPx / 2, y });
  }
  const output = dots.find((dot) => partOf(dot) === "output-port");
  if (output) put(output, outputPlace(box));
}

function put(dot: EllipseNode, { x, y }: Point): void {
  change(dot, { x: x - dotPx / 2, y: y - dotPx / 2 });
}

function drawPort(
  root: FrameNode,
  part: "input-port" | "output-port",
  label: string,
  colour: string,
): void {
  const name = part === "output-port" ? "Output port" : `Input port · ${label}`;
  const dot = shapePiece(
    figma.createEllipse(),
    { name, part },
    {
      fills: [paintOf(colour)],
      strokes: [paintOf(colours.white)],
      strokeWeight: 2,
      strokeAlign: "OUTSIDE",
    },
  );
  dot.resize(dotPx, dotPx);
  root.appendChild(dot);
  dot.layoutPositioning = "ABSOLUTE";
  dot.constraints =
    part === "output-port"
      ? { horizontal: "MAX", vertical: "MIN" }
      : { horizontal: "MIN", vertical: "MAX" };
}

function showNames(card: Card, root: FrameNode, inputs: readonly string[]): void {
  const known = pieceOf(card, "inputs", "TEXT");
  if (inputs.length < 2) {
    known?.remove();
    change(root, { paddingBottom: 0 });
    return;
  }
  const names = known ?? drawNames(root);
  change(names, { characters: inputs.map((label) => label.replace(/\s+/g, " ")).join("\n") });
}

function drawNames(root: FrameNode): TextNode {
  const names = drawText({
    name: "Inputs",
    part: "inputs",
    font: "text",
    sizePx: 11,
    colour: colours.secondary,
  });
  names.lineHeight = { unit: "PIXELS", value: rowPx };
  root.appendChild(names);
  root.paddingBottom = belowNamesPx;
  names.layoutAlign = "STRETCH";
  names.textAutoResize = "HEIGHT";
  return names;
}
