import * as z from "zod/mini";
import { countSchema } from "./count.ts";
import type { Issue } from "./issue.ts";
import type { LayerFacts } from "./layer.ts";
import { nodeTypeSchema } from "./nodes/index.ts";
import { copiedResultSchema, resultRecordSchema } from "./placement.ts";
import { idSchema, makeWellFormed, textSchema } from "./well-formed.ts";
import { parseJson } from "./parse-json.ts";

/** The version of records that this program writes and reads. */
const recordVersion = 1;
/** Figma keeps 100 kB for a key; ours stay under 8 kB, so anything above is not ours. In UTF-16 units. */
export const longestRecord = 16_384;
const deepestRecord = 32;

/** All that is known of a record that another version of this program may have written. */
const versionedSchema = z.object({ v: z.number() });

const pointInBox = z.object({ id: idSchema, u: z.number(), v: z.number() });

/** What a node's layer remembers (figma-platform.md 11.1). `self` is its own id when it was written. */
const nodeRecordSchema = z.object({
  v: z.literal(recordVersion),
  self: idSchema,
  kind: nodeTypeSchema,
  cfg: z.object({
    model: z.optional(z.nullable(idSchema)),
    prompt: z.optional(textSchema(32_000)),
    params: z.optional(z.record(textSchema(60), z.json())),
    title: z.optional(textSchema(200)),
    isLocked: z.optional(z.boolean()),
  }),
});
/** What a node's layer remembers. */
export type NodeRecord = z.infer<typeof nodeRecordSchema>;

/** What a drawn arrow remembers of its two ends. */
const arrowRecordSchema = z.object({
  v: z.literal(recordVersion),
  self: idSchema,
  src: pointInBox,
  dst: pointInBox,
  port: z.optional(textSchema(60)),
  /** Its place among the connections of its input, where a person chose one. */
  order: z.optional(countSchema),
  made: z.enum(["user", "plugin"]),
  flip: z.optional(z.boolean()),
});
/** What a drawn arrow remembers of its two ends. */
export type ArrowRecord = z.infer<typeof arrowRecordSchema>;

/** Connections into a node that no arrow carries. */
const inputRecordSchema = z
  .array(
    z.object({
      eid: idSchema,
      src: idSchema,
      port: textSchema(60),
      order: z.optional(countSchema),
    }),
  )
  .check(z.maxLength(500));
/** Connections into a node that no arrow carries. */
export type InputRecord = z.infer<typeof inputRecordSchema>;

/** Where a node's results go. */
const outputRecordSchema = z.object({
  v: z.literal(recordVersion),
  self: idSchema,
  mode: z.enum(["stack", "replace", "slot"]),
  slotId: z.optional(idSchema),
  last: z.optional(idSchema),
});
/** Where a node's results go. */
export type OutputRecord = z.infer<typeof outputRecordSchema>;

/** A result, or what is left of it in a copy: what it shows and where that came from (11.4). */
const anyResultSchema = z.union([resultRecordSchema, copiedResultSchema]);
/** A result, or what is left of it in a copy. */
export type AnyResult = z.infer<typeof anyResultSchema>;

/** A record that could be read, or why it could not, or neither where there is none. */
export interface ReadRecord<Value> {
  readonly value: Value | null;
  readonly issue: Issue | null;
}

/** The node record of a layer. A copy's still counts as its configuration; see `self`. */
export function readNodeRecord(layer: LayerFacts): ReadRecord<NodeRecord> {
  return read(layer, layer.records.node, nodeRecordSchema, "settings");
}

/** The record of a drawn arrow; a copy's is no record, its ends name the originals (11.4). */
export function readArrowRecord(layer: LayerFacts): ReadRecord<ArrowRecord> {
  const record = readLineRecord(layer);
  return record.value && record.value.self !== layer.id ? { value: null, issue: null } : record;
}

/** The input that was chosen by hand for a line: unlike its ends it holds in a copy too. */
export function readChosenPort(layer: LayerFacts): string | null {
  return readLineRecord(layer).value?.port ?? null;
}

/** The place among the connections of its input that was chosen for a line; it holds in a copy too. */
export function readChosenOrder(layer: LayerFacts): number | null {
  return readLineRecord(layer).value?.order ?? null;
}

/** The record of a line, whichever layer it names as its own; only repairing a copy needs a copy's. */
export function readLineRecord(layer: LayerFacts): ReadRecord<ArrowRecord> {
  return read(layer, layer.records.edge, arrowRecordSchema, "connection notes");
}

/** The invisible connections into a layer. */
export function readInputRecord(layer: LayerFacts): ReadRecord<InputRecord> {
  return read(layer, layer.records.in, inputRecordSchema, "invisible connections");
}

/** Where the results of a node's layer go. A copy's still says how; see `self`. */
export function readOutputRecord(layer: LayerFacts): ReadRecord<OutputRecord> {
  return read(layer, layer.records.out, outputRecordSchema, "output settings");
}

/** The result that a layer shows, a copy's included; see `self`. */
export function readResultRecord(layer: LayerFacts): ReadRecord<AnyResult> {
  return read(layer, layer.records.res, anyResultSchema, "result notes");
}

/** What is wrong with the records of a layer that reading a board does not need itself. */
export function checkResultRecords(layer: LayerFacts): Issue[] {
  const issues = [readOutputRecord(layer).issue, readResultRecord(layer).issue];
  return issues.filter((issue) => issue !== null);
}

function read<Schema extends z.ZodMiniType>(
  layer: LayerFacts,
  stored: string | undefined,
  schema: Schema,
  what: string,
): ReadRecord<z.output<Schema>> {
  if (stored === undefined || stored === "") return { value: null, issue: null };
  const shown = makeWellFormed(layer.name.slice(0, 60)).trim();
  const name = shown === "" ? layer.id : `"${shown}"`;
  const wrong = (why: string): ReadRecord<z.output<Schema>> => ({
    value: null,
    issue: {
      code: "record-invalid",
      nodeId: layer.id,
      message: `The ${what} kept in ${name} ${why}. The layer is left as it is.`,
    },
  });
  if (stored.length > longestRecord) return wrong("are too long to be ours");
  const json = isDeep(stored) ? null : parseJson(stored);
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data, issue: null };
  const versioned = versionedSchema.safeParse(json);
  const isNewer = versioned.success && versioned.data.v > recordVersion;
  return wrong(
    isNewer ? "were written by a newer version of Spaces; update the plugin" : "cannot be read",
  );
}

/** Whether JSON nests deeper than any record of ours, so deep that checking it could fail. */
function isDeep(json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > deepestRecord) return true;
  }
  return false;
}
