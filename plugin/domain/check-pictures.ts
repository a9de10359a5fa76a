import { portTypeOf, type Asset } from "./asset.ts";
import { tooLargeResult } from "./check-grown.ts";
import type { Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { Model, PictureRange } from "./model.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import type { Call } from "./resolve-inputs.ts";

/**
 * What is wrong with the pictures of some calls: too small, too long and thin for the model, or of a size
 * that the chosen factor makes too large. A picture is never enlarged or cropped without being asked for;
 * one of unknown size is left to the provider.
 */
export function checkPictures(node: Node, model: Model, calls: readonly Call[]): Issue[] {
  return Object.entries(model.limits).flatMap(([port, range]): Issue[] => {
    const label = ownValue(definitionOf(node.type).inputs, port)?.label ?? port;
    for (const { items } of calls) {
      for (const item of ownValue(items, port) ?? []) {
        if (item.kind !== "asset") continue;
        const reason = unfitReason(item.asset, range);
        const grown = reason === null ? tooLargeResult(node, model, item.asset, range.grown) : null;
        if (grown !== null) return [{ ...grown, port }];
        if (reason === null) continue;
        const message = `${model.title} cannot take the image at "${label}" of "${node.title}": ${reason}. Choose another model or another image.`;
        return [{ code: "model-unfit", nodeId: node.id, port, message }];
      }
    }
    return [];
  });
}

function unfitReason(asset: Asset, range: PictureRange): string | null {
  const { widthPx, heightPx } = asset;
  if (portTypeOf(asset) !== "image" || widthPx === null || heightPx === null) return null;
  const { leastSidePx, leastRatio, mostRatio } = range;
  if (Math.min(widthPx, heightPx) < leastSidePx) {
    return `it is ${widthPx} x ${heightPx} px, and each side has to have ${leastSidePx} px or more`;
  }
  const ratio = widthPx / heightPx;
  if (ratio >= leastRatio && ratio <= mostRatio) return null;
  const shape = ratio > mostRatio ? "wide" : "tall";
  return `at ${widthPx} x ${heightPx} px it is too ${shape}; its width may be ${leastRatio} to ${mostRatio} times its height`;
}
