import { isList, isRecord, type Json, type JsonRecord } from "./normalize-schema.ts";
import { sharedConformer } from "./shared-conformer.ts";

/** The judge of OpenAI's specification, for OpenAI and for servers that speak like it. */
export function openaiConformer() {
  return sharedConformer({
    file: "openai.json",
    prefix: "/v1",
    patch: withoutDetail,
    flagged: {
      method: "POST",
      path: "/v1/images/generations",
      body: { model: "gpt-image-2", prompt: "x", n: 11 },
    },
  });
}

/** The specification asks for a detail of each picture, which the vendor takes as left out (providers.md 7). */
function withoutDetail(document: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [
      key,
      key === "required" && isList(value)
        ? value.filter((name) => name !== "detail")
        : changed(value),
    ]),
  );
}

function changed(value: Json): Json {
  if (isList(value)) return value.map(changed);
  return isRecord(value) ? withoutDetail(value) : value;
}
