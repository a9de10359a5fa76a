import { portTypeOf, type Asset } from "./asset.ts";
import type { Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { GrownRange, Model } from "./model.ts";
import { paramsOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import { effectiveSettings } from "./settings.ts";

/**
 * What is wrong where a picture times the number of a setting is more than the model makes; null where
 * nothing is, or where the size is not known. It names the largest choice that fits.
 */
export function tooLargeResult(
  node: Node,
  model: Model,
  asset: Asset,
  range: GrownRange | undefined,
): Issue | null {
  const { widthPx, heightPx } = asset;
  if (!range || portTypeOf(asset) !== "image" || widthPx === null || heightPx === null) return null;
  const { settings } = effectiveSettings(node, model);
  const { setting, fitBy } = range;
  if (fitBy !== undefined && ownValue(settings, fitBy) === true) return null;
  const fits = (factor: number) => isWithin(widthPx * factor, heightPx * factor, range);
  const factor = Number(ownValue(settings, setting));
  if (!Number.isFinite(factor) || fits(factor)) return null;
  const param = ownValue(paramsOf(node.type, model), setting);
  const options = param?.control === "choice" ? param.options : [];
  const best = options.filter(({ value }) => fits(Number(value))).pop();
  const label = fitBy === undefined ? undefined : ownValue(model.params, fitBy)?.label;
  const remedies = [
    ...(best ? [`choose ${best.label}`] : []),
    ...(label === undefined ? [] : [`turn on "${label}"`]),
    "take a smaller image or another model",
  ].join(", ");
  const from = `${widthPx} x ${heightPx} px`;
  const to = `${widthPx * factor} x ${heightPx * factor} px`;
  return {
    code: "model-unfit",
    nodeId: node.id,
    setting,
    message: `${model.title} cannot enlarge the image of "${node.title}" ${factor} times: ${from} would become ${to}, and ${mostOf(range)}. To run it, ${remedies}.`,
  };
}

function isWithin(widthPx: number, heightPx: number, range: GrownRange): boolean {
  const { mostSidePx = Infinity, mostMegapixels = Infinity } = range;
  return Math.max(widthPx, heightPx) <= mostSidePx && widthPx * heightPx <= mostMegapixels * 1e6;
}

function mostOf({ mostSidePx, mostMegapixels }: GrownRange): string {
  if (mostMegapixels !== undefined) return `a result has at most ${mostMegapixels} megapixels`;
  return `no side of a result has more than ${mostSidePx ?? 0} px`;
}
