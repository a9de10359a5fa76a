import type { AnswerOf, AskOf } from "#domain/channel";
import * as z from "zod/mini";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer } from "../find-layer.ts";
import { startPace } from "../read/pace.ts";
import { Refusal } from "../refusal.ts";
import { paintOf, typeColour } from "./colours.ts";
import { childOf, commonContainer, pointIn, type Container } from "./containers.ts";
import { moveArrow } from "./move-arrow.ts";
import { change, isPlain } from "./shape-layer.ts";
import { parseRecord, writeRecord } from "./write-records.ts";

type LinkDrawing = AskOf<"drawLinks">["links"][number];

const cornerPx = 8;
const gone = "A layer that this link joins, or the link itself, was taken away.";
const arrowSchema = z.object({ made: z.enum(["user", "plugin"]), flip: z.optional(z.boolean()) });

/** Draws new links and moves known ones, one after another; the rest goes on when one is refused. */
export async function drawLinks({ links }: AskOf<"drawLinks">): Promise<AnswerOf<"drawLinks">> {
  const layers: (string | null)[] = [];
  const refused: { layer: string; message: string }[] = [];
  const pace = startPace();
  for (const link of links) {
    try {
      layers.push(await drawLink(link));
    } catch (error) {
      layers.push(null);
      refused.push({ layer: link.layer ?? link.to, message: sentenceFor(error) });
    }
    await pace.rest();
  }
  return { layers, refused };
}

async function drawLink(link: LinkDrawing): Promise<string> {
  const [from, to] = await Promise.all([findLayer(link.from), findLayer(link.to)]);
  if (!from || !to) throw new Refusal(gone);
  if (link.layer === null) return await drawNew(link, from, to);
  const line = await findLayer(link.layer);
  // A link that somebody deleted is a connection that somebody deleted (figma-platform.md 11.3).
  if (!line) throw new Refusal(gone);
  if (readArrow(link)?.made === "user") await moveArrow(line, link.points);
  else if (line.type === "VECTOR") await moveLink(line, link, { from, to });
  if (!line.removed) writeRecord(line, "edge", link.record);
  return line.id;
}

function readArrow({ record }: LinkDrawing): z.infer<typeof arrowSchema> | undefined {
  return z.safeParse(arrowSchema, parseRecord(record)).data;
}

async function drawNew(link: LinkDrawing, from: SceneNode, to: SceneNode): Promise<string> {
  const container = commonContainer(from, to, ["PAGE", "SECTION", "FRAME"]);
  if (!container) throw new Refusal("The two layers are on different pages.");
  const line = figma.createVector();
  try {
    Object.assign(line, {
      name: "Spaces link",
      fills: [],
      strokes: [paintOf(typeColour(link.type))],
      strokeWeight: 1.5,
      strokeJoin: "ROUND",
    });
    // Marked before anything is awaited: a plugin closed meanwhile leaves no line that nobody knows.
    writeRecord(line, "edge", link.record);
    putBehind(container, line, from, to);
    await runAlong(line, container, link);
    return line.id;
  } catch (error) {
    if (!line.removed) line.remove();
    throw error;
  }
}

async function moveLink(
  line: VectorNode,
  link: LinkDrawing,
  { from, to }: { readonly from: SceneNode; readonly to: SceneNode },
): Promise<void> {
  const container = commonContainer(from, to, ["PAGE", "SECTION", "FRAME"]);
  if (!container) return;
  if (line.parent?.id !== container.id) putBehind(container, line, from, to);
  const wanted = paintOf(typeColour(link.type));
  if (!isPlain(line.strokes, wanted)) line.strokes = [wanted];
  await runAlong(line, container, link);
}

/** Below the lower one of the two cards, but above what lies below both. */
function putBehind(container: Container, line: VectorNode, from: SceneNode, to: SceneNode): void {
  const ids = container.children.map(({ id }) => id);
  const places = [from, to].map((end) => ids.indexOf(childOf(container, end).id));
  container.insertChild(Math.max(0, Math.min(...places)), line);
}

/** Gives a link the way through points of the page, unless it runs there already. */
async function runAlong(line: VectorNode, container: Container, link: LinkDrawing): Promise<void> {
  const points = link.points.map((point) => pointIn(container, point));
  const x = Math.min(...points.map((point) => point.x));
  const y = Math.min(...points.map((point) => point.y));
  const last = points.length - 1;
  // A link that was turned runs from its target on.
  const head = readArrow(link)?.flip === true ? 0 : last;
  const vertices = points.map((point, at): VectorVertex => ({
    x: point.x - x,
    y: point.y - y,
    strokeCap: at === head ? "ARROW_EQUILATERAL" : "NONE",
    cornerRadius: at === 0 || at === last ? 0 : cornerPx,
  }));
  if (!isSameWay(line, vertices)) {
    const segments = vertices.slice(1).map((_, at) => ({ start: at, end: at + 1 }));
    await line.setVectorNetworkAsync({ vertices, segments, regions: [] });
  }
  if (!line.removed) change(line, { x, y });
}

function isSameWay(line: VectorNode, vertices: readonly VectorVertex[]): boolean {
  const known = line.vectorNetwork.vertices;
  return (
    known.length === vertices.length &&
    vertices.every(({ x, y }, at) => {
      const vertex = known[at];
      return vertex !== undefined && Math.abs(vertex.x - x) < 0.01 && Math.abs(vertex.y - y) < 0.01;
    })
  );
}
