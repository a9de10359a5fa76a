import type { Item } from "./item.ts";
import type { Model } from "./model.ts";
import type { NodeType } from "./nodes/index.ts";
import type { Call } from "./resolve-inputs.ts";

/** SHA-256 of a text's UTF-8 bytes, 64 lower-case hexadecimal digits. */
export type HashText = (text: string) => string;

/** Everything that a node's result depends on. */
export interface FingerprintSubject {
  readonly type: NodeType;
  readonly model: Pick<Model, "id" | "version">;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly calls: readonly Call[];
}

/**
 * The same for two requests exactly when they ask for the same thing (product.md A4, rule 1): node
 * type, model and its version, effective settings, resolved prompts, texts and asset hashes in order.
 * Ids, titles and places have no part in it. A seed of null does not count: it asks for any result.
 */
export function fingerprintOf(subject: FingerprintSubject, hashText: HashText): string {
  const { type, model, settings, calls } = subject;
  const counted = Object.entries(settings).filter(([name, value]) => {
    return !(name === "seed" && value === null);
  });
  return hashText(
    canonicalJson({
      type,
      model: { id: model.id, version: model.version },
      settings: Object.fromEntries(counted),
      calls: calls.map(({ prompt, items, count }) => ({ prompt, items: mapValues(items), count })),
    }),
  );
}

/** JSON with the keys of every object sorted and no spaces, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(
      Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  });
}

function mapValues(items: Call["items"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(items).map(([port, list]) => [port, list.map(essenceOf)]),
  );
}

function essenceOf(item: Item): unknown {
  return item.kind === "text" ? { text: item.text } : { asset: item.asset.hash };
}
