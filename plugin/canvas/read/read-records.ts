import type { StoredRecords } from "#domain/layer";

/** The namespace of everything that we keep in a document (figma-platform.md 11.1). */
export const namespace = "spaces";
const keys = ["node", "in", "edge", "out", "res"] as const;

/** What a layer remembers, unparsed: any plugin may have written it. */
export function readRecords(node: SceneNode): StoredRecords {
  const stored = node.getSharedPluginDataKeys(namespace);
  const records: { -readonly [Key in keyof StoredRecords]: StoredRecords[Key] } = {};
  for (const key of keys) {
    if (stored.includes(key)) records[key] = node.getSharedPluginData(namespace, key);
  }
  return records;
}

/** The ids of a page's layers that remember anything: the engine's search, not ours. */
export function findRemembering(page: PageNode): Set<string> {
  const found = page.findAllWithCriteria({ sharedPluginData: { namespace } });
  return new Set(found.map(({ id }) => id));
}

/** The layers in a page, or in an instance, that have a record of ours. */
export function findRecordedIn(holder: PageNode | InstanceNode): SceneNode[] {
  return holder.findAllWithCriteria({ sharedPluginData: { namespace, keys: [...keys] } });
}

/** The raw `doc` record of the file; "" where there is none. */
export function readDocumentRecord(): string {
  return figma.root.getSharedPluginData(namespace, "doc");
}
