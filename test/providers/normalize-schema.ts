/** JSON as it is read from a file. */
export type Json = string | number | boolean | null | readonly Json[] | JsonRecord;
/** An object of JSON. */
export interface JsonRecord {
  readonly [key: string]: Json;
}

/** Under these keys stand names that people chose, not words of the schema language. */
const namings = new Set([
  "properties",
  "patternProperties",
  "schemas",
  "responses",
  "parameters",
  "requestBodies",
  "paths",
  "content",
  "$defs",
  "definitions",
]);
const dropped = new Set(["discriminator", "nullable", "example", "examples"]);

/**
 * An OpenAPI 3.x document as a validator of JSON Schema reads it: `nullable` becomes a type, `oneOf`
 * becomes `anyOf` (vendors' alternatives overlap), and what confuses validators is left out. Without it
 * the validators that were tried accept everything silently (providers.md 7).
 */
export function normalizeSchema(value: Json, areNames = false): Json {
  if (isList(value)) return value.map((each) => normalizeSchema(each));
  if (!isRecord(value)) return value;
  if (areNames) return mapRecord(value, (each) => normalizeSchema(each));
  const plain = Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !dropped.has(key) && !key.startsWith("x-"))
      .map(([key, each]) => [
        key === "oneOf" ? "anyOf" : key,
        normalizeSchema(each, namings.has(key) && isRecord(each)),
      ]),
  );
  return value["nullable"] === true ? orNull(plain) : plain;
}

function orNull(schema: JsonRecord): JsonRecord {
  const { type, enum: values, anyOf } = schema;
  if (typeof type === "string") {
    return {
      ...schema,
      type: [type, "null"],
      ...(isList(values) && { enum: [...values, null] }),
    };
  }
  if (isList(anyOf)) return { ...schema, anyOf: [...anyOf, { type: "null" }] };
  return { anyOf: [schema, { type: "null" }] };
}

/** Whether some JSON is an object. */
export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether some JSON is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function mapRecord(record: JsonRecord, map: (each: Json) => Json): JsonRecord {
  return Object.fromEntries(Object.entries(record).map(([key, each]) => [key, map(each)]));
}
