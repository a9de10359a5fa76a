import type { AnswerOf, AskOf } from "#domain/channel";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer } from "../find-layer.ts";
import { commonContainer } from "./containers.ts";
import { orNothing } from "./or-nothing.ts";
import { asUndoStep } from "./undo-step.ts";
import { writeRecord } from "./write-records.ts";

const labelFont = { family: "Inter", style: "Medium" };
const gone = "One of the two layers is gone.";

/** FigJam: draws a connector between two layers, with its record and label. */
export async function drawConnector(
  ask: AskOf<"drawConnector">,
): Promise<AnswerOf<"drawConnector">> {
  if (figma.editorType !== "figjam") {
    return { layer: null, message: "Only FigJam draws connectors. In Design a link is drawn." };
  }
  const [from, to] = await Promise.all([findEnd(ask.from), findEnd(ask.to)]);
  if (!from || !to) return { layer: null, message: gone };
  const container = commonContainer(from, to, ["SECTION", "PAGE"]);
  if (!container) return { layer: null, message: "The two layers are on different pages." };
  const blocked = [from, to].map(whyNotEnd).find((why) => why !== null);
  if (blocked) return { layer: null, message: blocked };
  if (ask.label !== null) await figma.loadFontAsync(labelFont);
  try {
    return await asUndoStep(() =>
      orNothing((takeBack) => {
        const connector = figma.createConnector();
        takeBack(() => {
          connector.remove();
        });
        container.appendChild(connector);
        connector.connectorLineType = "ELBOWED";
        connector.connectorStart = { endpointNodeId: from.id, magnet: "AUTO" };
        connector.connectorEnd = { endpointNodeId: to.id, magnet: "AUTO" };
        connector.connectorEndStrokeCap = "ARROW_LINES";
        if (ask.label !== null) {
          // A new connector's label has no font that could be loaded (figma-platform.md 1.2).
          connector.text.fontName = labelFont;
          connector.text.characters = ask.label;
        }
        writeRecord(connector, "edge", ask.record);
        return { layer: connector.id, message: null };
      }),
    );
  } catch (error) {
    return { layer: null, message: sentenceFor(error) };
  }
}

/** The layer that a connector can hold on to: what is in an instance is refused, the instance is not. */
async function findEnd(id: string): Promise<SceneNode | null> {
  const layer = await findLayer(id);
  let at: BaseNode | null = layer;
  while (at?.id.includes(";")) at = at.parent;
  return at === null || at.type === "PAGE" || at.type === "DOCUMENT" ? null : at;
}

/** Figma lets no connector hold on to what is hidden or locked (figma-platform.md 1.2). */
function whyNotEnd(layer: SceneNode): string | null {
  if (layer.locked) return `"${layer.name}" is locked. Unlock it to connect it.`;
  return layer.visible ? null : `"${layer.name}" is hidden. Show it to connect it.`;
}

/** Exchanges the ends of a connector, so that its head points to where it came from. */
export async function turnConnector({
  layer: id,
}: AskOf<"turnConnector">): Promise<AnswerOf<"turnConnector">> {
  const line = await findLayer(id);
  if (!line) return { message: "This arrow is gone." };
  try {
    if (line.type === "CONNECTOR") {
      await asUndoStep(() => {
        turnEnds(line);
      });
      return { message: null };
    }
    return { message: await turnVector(line) };
  } catch (error) {
    return { message: sentenceFor(error) };
  }
}

/** Figma refuses a connector whose ends are one layer, be it for a moment: one end is let go first. */
function turnEnds(connector: ConnectorNode): void {
  const { connectorStart, connectorEnd } = connector;
  const { x, y } = connector;
  connector.connectorStart = { position: { x, y } };
  connector.connectorEnd = connectorStart;
  connector.connectorStart = connectorEnd;
}

/** The heads of a drawn arrow change places. A plain line has one cap for both ends. */
async function turnVector(line: SceneNode): Promise<string | null> {
  if (line.type !== "VECTOR") return "This line has no head to turn. Draw it anew the other way.";
  const { vectorNetwork, strokeCap } = line;
  const uses = vectorNetwork.vertices.map((_, at) => {
    return vectorNetwork.segments.filter(({ start, end }) => start === at || end === at).length;
  });
  const ends = uses.flatMap((count, at) => (count === 1 ? [at] : []));
  const [first, last] = ends;
  if (first === undefined || last === undefined || ends.length !== 2) {
    return "This drawing is no plain arrow. Draw it anew the other way.";
  }
  const capAt = (at: number) => {
    const cap = vectorNetwork.vertices[at]?.strokeCap ?? strokeCap;
    return typeof cap === "symbol" ? "NONE" : cap;
  };
  const caps = new Map([
    [first, capAt(last)],
    [last, capAt(first)],
  ]);
  const vertices = vectorNetwork.vertices.map((vertex, at) => {
    const cap = caps.get(at);
    return cap ? { ...vertex, strokeCap: cap } : vertex;
  });
  await asUndoStep(() => line.setVectorNetworkAsync({ ...vectorNetwork, vertices }));
  return null;
}

/** Ties the floating ends of a connector to the layers that they were read as. */
export async function tieConnector(ask: AskOf<"tieConnector">): Promise<AnswerOf<"tieConnector">> {
  const [line, from, to] = await Promise.all([
    findLayer(ask.layer),
    findEnd(ask.from),
    findEnd(ask.to),
  ]);
  if (line?.type !== "CONNECTOR") return { message: "This connector is gone." };
  if (!from || !to) return { message: gone };
  const isBackwards = isHead(line.connectorStartStrokeCap) && !isHead(line.connectorEndStrokeCap);
  const [start, end] = isBackwards ? [to, from] : [from, to];
  const isStartTied = await isTied(line.connectorStart, start);
  const isEndTied = await isTied(line.connectorEnd, end);
  const magnet = line.connectorLineType === "STRAIGHT" ? "CENTER" : "AUTO";
  try {
    await asUndoStep(() => {
      if (!isStartTied) line.connectorStart = { endpointNodeId: start.id, magnet };
      if (!isEndTied) line.connectorEnd = { endpointNodeId: end.id, magnet };
    });
    return { message: null };
  } catch (error) {
    return { message: whyNotEnd(from) ?? whyNotEnd(to) ?? sentenceFor(error) };
  }
}

function isHead(cap: ConnectorStrokeCap): boolean {
  return cap === "ARROW_LINES" || cap === "ARROW_EQUILATERAL" || cap === "TRIANGLE_FILLED";
}

/** Whether an end holds on to a layer already, or to something in it. */
async function isTied(end: ConnectorEndpoint, wanted: SceneNode): Promise<boolean> {
  if (!("endpointNodeId" in end)) return false;
  let at = await figma.getNodeByIdAsync(end.endpointNodeId);
  while (at && at.id !== wanted.id) at = at.parent;
  return at !== null;
}
