import type { LayerFacts } from "#domain/layer";
import type { RecordWrite } from "#domain/repair-copies";
import { without } from "./without.ts";

/** A layer after a record of it was written; "" takes the record away. */
export function setRecord(layer: LayerFacts, { key, value }: RecordWrite): LayerFacts {
  const others = without(layer.records, key);
  return { ...layer, records: value === "" ? others : { ...others, [key]: value } };
}
