import * as z from "zod";
import { isTooDeep } from "../../is-too-deep.ts";

const itemSchema = z.union([
  z.string(),
  z.record(z.string(), z.unknown()).transform((item, context) => {
    const text = Object.values(item).find((value) => typeof value === "string");
    if (text === undefined) context.addIssue("An item has a text.");
    return text ?? "";
  }),
]);
const listSchema = z.union([
  z.object({ items: z.array(itemSchema) }).transform(({ items }) => items),
  z.array(itemSchema),
]);

/** No list of ours is nested deeper. */
const mostDepth = 8;

/**
 * The items of a list that a model was asked for as {"items": [...]}. Small models wrap it in prose or in
 * a code block, give objects in place of texts, or write a numbered list: all of that is understood.
 * Empty items are left out.
 */
export function readList(text: string): string[] {
  const items = readJsonList(text) ?? readLines(text);
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

function readJsonList(text: string): readonly string[] | null {
  for (const [open, close] of ["{}", "[]"]) {
    const from = text.indexOf(open ?? "");
    const to = text.lastIndexOf(close ?? "");
    const part = from < 0 || to < from ? "" : text.slice(from, to + 1);
    const read = listSchema.safeParse(parse(part));
    if (read.success) return read.data;
  }
  return null;
}

function parse(text: string): unknown {
  try {
    const read: unknown = isTooDeep(text, mostDepth) ? null : JSON.parse(text);
    return read;
  } catch {
    return null;
  }
}

function readLines(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => !/^\s*```/.test(line))
    .map((line) => line.replace(/^\s*(?:[-*•]|\d{1,3}[.)])\s+/, ""));
}
