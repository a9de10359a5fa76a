import { priceTextOf } from "./call-cost.ts";
import type { CardContent, CardStatus } from "./card.ts";
import type { Node } from "./graph.ts";
import type { Model } from "./model.ts";
import { definitionOf, paramsOf } from "./nodes/index.ts";
import type { Param } from "./param.ts";
import { effectiveSettings, type Settings } from "./settings.ts";
import { tickedItems } from "./ticked-items.ts";
import type { Version } from "./version.ts";
import { makeWellFormed } from "./well-formed.ts";

/** The settings that fit into one line beside model and price. */
const mostSettings = 2;
const longestLine = 200;
const longestLabel = 60;

/** What a node's card is made from. */
export interface CardFacts {
  readonly node: Node;
  /** In "failed", `text` is the failure's whole sentence. */
  readonly status: CardStatus;
  /** The model it runs on; null for a source, or where none is known. */
  readonly model: Model | null;
  /** Its current result, if it has one. */
  readonly version: Pick<Version, "items"> | null;
}

/**
 * Everything that a node's card shows (look.md): one sentence of a failure, a text, or the hint of a
 * node without a result in its body, nothing where results speak; model, what is set, and the price of one call
 * in its footer.
 */
export function cardOfNode({ node, status, model, version }: CardFacts): CardContent {
  const isFailed = status.kind === "failed";
  return {
    layer: node.id,
    type: node.type,
    title: node.title,
    status: isFailed ? { ...status, text: "Failed" } : status,
    body: bodyOf(node, status, model, version),
    footer: footerOf(node, model),
    inputs: Object.values(definitionOf(node.type).inputs).map(({ label }) =>
      cutLine(label, longestLabel),
    ),
  };
}

function bodyOf(
  node: Node,
  status: CardStatus,
  model: Model | null,
  version: CardFacts["version"],
): CardContent["body"] {
  if (status.kind === "failed") return { kind: "failure", text: status.text };
  const own = node.type === "text" ? effectiveSettings(node, model).settings["text"] : null;
  if (typeof own === "string" && own.trim() !== "") return { kind: "text", text: own };
  const texts = (version?.items ?? []).flatMap((item) => (item.kind === "text" ? item.text : []));
  const [text] = texts;
  if (text !== undefined) return { kind: "text", text };
  const holdsResult = (version?.items.length ?? 0) > 0 || holdsContent(node, model);
  return holdsResult ? null : { kind: "hint", text: hintOf(node, status) };
}

/** What to do next: an empty card asks for what it lacks, one that lacks nothing does not. */
function hintOf(node: Node, { kind }: CardStatus): string {
  const { task, emptyHint } = definitionOf(node.type);
  const lacksSomething = task === null || kind === "empty" || kind === "not-ready";
  return lacksSomething ? emptyHint : "The result comes here.";
}

/** Whether a source has content of its own: a file, or entries of a list. */
function holdsContent(node: Node, model: Model | null): boolean {
  const { settings } = effectiveSettings(node, model);
  const params = Object.entries(paramsOf(node.type, model));
  return params.some(([name, { control }]) => {
    if (control === "items") return tickedItems(settings[name]).length > 0;
    return control === "asset" && settings[name] !== null;
  });
}

function footerOf(node: Node, model: Model | null): string {
  const { settings } = effectiveSettings(node, model);
  if (!model) return node.type === "list" ? countOf(tickedItems(settings["items"]).length) : "";
  const price = priceTextOf(node.type, model, settings);
  return cutLine([model.title, ...settingsShown(node, model, settings), price].join(" · "));
}

/** The model's own settings come first: they are what its results look like. */
function settingsShown(node: Node, model: Model, settings: Settings): string[] {
  const params = { ...model.params, ...paramsOf(node.type, model) };
  const shown = Object.entries(params).flatMap(([name, param]) => {
    const words = wordsFor(param, settings[name]);
    return words === null ? [] : [words];
  });
  return shown.slice(0, mostSettings);
}

/** A choice speaks for itself; a number needs its label, and says nothing while it is the usual one. */
function wordsFor(param: Param, value: Settings[string] | undefined): string | null {
  if (param.control === "choice") {
    return param.options.find((option) => option.value === value)?.label ?? null;
  }
  if (param.control !== "number" || typeof value !== "number" || value === param.default) {
    return null;
  }
  return `${param.label} ${value}${param.unit ?? ""}`;
}

function countOf(items: number): string {
  if (items === 0) return "";
  return items === 1 ? "1 item" : `${items} items`;
}

function cutLine(text: string, longest = longestLine): string {
  if (text.length <= longest) return text;
  return `${makeWellFormed(text.slice(0, longest - 1)).trimEnd()}…`;
}
