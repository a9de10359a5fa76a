import type { AnswerOf } from "#domain/channel";
import { findLayer } from "../find-layer.ts";
import { readBox } from "./read-box.ts";

/** Where layers are now; those that are gone or not drawn are left out. */
export async function readBoxes(ids: readonly string[]): Promise<AnswerOf<"readBoxes">["boxes"]> {
  const layers = await Promise.all(ids.map(findLayer));
  return ids.flatMap((layer, at) => {
    const node = layers[at];
    const box = node && !node.removed ? readBox(node) : null;
    return box ? [{ layer, box }] : [];
  });
}
