import * as z from "zod";
import { isCardPiece } from "#domain/card-piece";
import type { LayerFacts, PageFacts } from "#domain/layer";
import { makeWellFormed } from "#domain/well-formed";
import { readTable } from "./read-table.ts";
import { parseRestText, refuse, type Refused } from "./parse-rest-text.ts";
import {
  factsOf,
  partOf,
  restLayerSchema,
  turnInside,
  typeOf,
  type RestLayer,
} from "./rest-layer.ts";

/** The pages of a file, or why it cannot be read, in a sentence. */
export type RestFile = { readonly kind: "pages"; readonly pages: readonly PageFacts[] } | Refused;

/** The most layers that are read of one file; Figma's own largest files stay far below. */
const mostLayers = 500_000;

/**
 * Reads Figma REST JSON: the answer of `GET /v1/files/:key`, its `document` alone, a page, or the
 * answer of `GET /v1/files/:key/nodes`, whose layers make one page. Never throws: any text gives
 * pages or one sentence.
 */
export function readRestFile(text: string): RestFile {
  const json = parseRestText(text);
  if (json.kind === "refused") return json;
  const roots = findRoots(json.value);
  if (roots.length === 0) return refuse(whatElse(json.value));
  const pages = pagesOf(roots, nameOf(json.value));
  const isTooLarge = pages.some((page) => page.layers.length > mostLayers);
  if (isTooLarge) return refuse(`a page has more than ${mostLayers} layers`);
  return pages.length === 0 ? refuse("the file has no pages") : { kind: "pages", pages };
}

const fileSchema = z.object({ document: z.unknown() });
const nodesSchema = z.object({ nodes: z.record(z.string(), z.unknown()) });
const namedSchema = z.object({ name: z.string() });
/** What Figma's API answers instead of a file: a status with a message under one of two names. */
const refusalSchema = z.object({
  status: z.number(),
  err: z.string().optional(),
  message: z.string().optional(),
});

/** The layers at the top of whatever answer this is: documents, pages or single layers. */
function findRoots(value: unknown): RestLayer[] {
  const nodes = nodesSchema.safeParse(value);
  const candidates = nodes.success ? Object.values(nodes.data.nodes) : [value];
  return candidates.flatMap((candidate) => {
    const file = fileSchema.safeParse(candidate);
    const layer = restLayerSchema.safeParse(
      file.success && file.data.document !== undefined ? file.data.document : candidate,
    );
    return layer.success ? [layer.data] : [];
  });
}

function whatElse(value: unknown): string {
  const refusal = refusalSchema.safeParse(value);
  if (refusal.success) {
    const { status, err, message } = refusal.data;
    const said = makeWellFormed(err ?? message ?? "").slice(0, 200);
    return `this is no file but Figma's refusal ${status}${said === "" ? "" : `, "${said}"`}`;
  }
  return nodesSchema.safeParse(value).success
    ? "the file had none of the layers that were asked for"
    : "this is no Figma file: it has no document, page or layers";
}

function nameOf(value: unknown): string {
  const named = namedSchema.safeParse(value);
  return makeWellFormed(named.success ? named.data.name : "Layers");
}

function pagesOf(roots: readonly RestLayer[], name: string): PageFacts[] {
  const isGround = (root: RestLayer) => root.type === "DOCUMENT" || typeOf(root) === "PAGE";
  const loose = roots.filter((root) => !isGround(root));
  const ground = roots.filter(isGround).flatMap((root) => {
    if (typeOf(root) === "PAGE") return [pageOf(root)];
    return (root.children ?? []).flatMap((child) => {
      const page = restLayerSchema.safeParse(child);
      return page.success ? [pageOf(page.data)] : [];
    });
  });
  // No layer of Figma's has an id without a colon, so this page can be taken for none.
  const page = { id: "layers", type: "PAGE", name, children: [...loose] };
  return loose.length === 0 ? ground : [...ground, pageOf(page)];
}

interface OpenLayer {
  readonly child: unknown;
  readonly parent: string;
  readonly turn: number;
}

/** Walks without recursion, so that no depth can break it; a child that is no layer is passed over. */
function pageOf(page: RestLayer): PageFacts {
  const layers: LayerFacts[] = [];
  const open: OpenLayer[] = [];
  const openAll = (children: readonly unknown[], parent: string, turn: number) => {
    for (const child of [...children].reverse()) open.push({ child, parent, turn });
  };
  openAll(page.children ?? [], page.id, 0);
  const seen = new Set([page.id]);
  for (let next = open.pop(); next && layers.length <= mostLayers; next = open.pop()) {
    const parsed = restLayerSchema.safeParse(next.child);
    if (!parsed.success || seen.has(parsed.data.id)) continue;
    const layer = parsed.data;
    seen.add(layer.id);
    const inside = layer.children ?? [];
    const isPiece = isCardPiece(partOf(layer));
    if (!isPiece) layers.push(withTable(factsOf(layer, next.parent, next.turn), layer, inside));
    openAll(inside, isPiece ? next.parent : layer.id, turnInside(layer, next.turn));
  }
  return { id: page.id, name: makeWellFormed(page.name ?? page.id), layers };
}

function withTable(facts: LayerFacts, layer: RestLayer, children: readonly unknown[]): LayerFacts {
  if (layer.type !== "TABLE") return facts;
  const cells = children.flatMap((child) => {
    const cell = restLayerSchema.safeParse(child);
    return cell.success && cell.data.type === "TABLE_CELL" ? [cell.data] : [];
  });
  return { ...facts, text: readTable(cells) };
}
