import type { KnownLayers } from "./known-layers.ts";
import { findRecordedIn, readRecords } from "./read-records.ts";

/**
 * The known layers whose records are not what is known of them, as changes. A layer that nobody knows
 * yet is about to be told as created, and must be, or nobody takes it for a copy. Whether Figma tells of shared
 * plugin data as it tells of other changes is not written anywhere (figma-platform.md 12, item 5).
 */
export function lookForRecords(page: PageNode, known: KnownLayers): NodeChange[] {
  const found = findRecordedIn(page);
  const ids = new Set(found.map(({ id }) => id));
  const different = found.filter((node) => {
    const records = known.get(node.id)?.facts.records;
    return records && JSON.stringify(records) !== JSON.stringify(readRecords(node));
  });
  const bereft = [...known.all()].filter(({ facts }) => {
    return Object.keys(facts.records).length > 0 && !ids.has(facts.id);
  });
  return [...different, ...bereft.map(({ node }) => node)].map((node) => {
    return {
      type: "PROPERTY_CHANGE",
      id: node.id,
      origin: "REMOTE",
      node,
      properties: ["pluginData"],
    };
  });
}
