import type { Arrived } from "../helpers/fault-server.ts";

/**
 * The body of a request as a value that a schema can judge: JSON, a form, or the parts of a multipart
 * form, where a file is the text "binary", a number or a truth its value, and repeated names a list.
 */
export async function readRequestBody({ body, headers }: Arrived): Promise<unknown> {
  const type = headers["content-type"] ?? "";
  if (type.startsWith("multipart/form-data")) {
    const bytes = Buffer.from(body, "latin1");
    const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
    return fieldsOf([...form.entries()]);
  }
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  const text = Buffer.from(body, "latin1").toString("utf8");
  try {
    const read: unknown = JSON.parse(text);
    return read;
  } catch {
    return text;
  }
}

function fieldsOf(entries: readonly (readonly [string, FormDataEntryValue])[]): unknown {
  const fields = new Map<string, unknown>();
  for (const [stated, value] of entries) {
    const name = stated.replace(/\[\]$/, "");
    const read = typeof value === "string" ? valueOf(value) : "binary";
    const before = fields.get(name);
    const isRepeated = fields.has(name) || stated.endsWith("[]");
    fields.set(name, isRepeated ? [...listOf(before), read] : read);
  }
  return Object.fromEntries(fields);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function valueOf(text: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === "true" ? true : text === "false" ? false : text;
}
