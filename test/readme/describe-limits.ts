import type { Model } from "#domain/model";
import { ownValue } from "#domain/own-value";
import type { Param } from "#domain/param";

/** The settings whose values say what a model can make, in the order in which they are told. */
const telling = ["ratio", "size", "resolution", "duration", "scale"] as const;
/** So many values are told one by one. */
const mostTold = 4;

/**
 * What a model takes and makes, in a few words for a menu or a table: how many pictures it is given, its
 * ratios, sizes and lengths, how many results a call makes. Empty where there is nothing to say.
 */
export function describeLimits(model: Model): string {
  const { inputs, params, outputsPerCall } = model;
  const taken = Object.entries({
    references: "references",
    reference: "pictures",
    first: "first frame",
    last: "last frame",
    mask: "mask",
    audio: "sound",
  }).flatMap(([port, word]) => {
    const count = ownValue(inputs, port) ?? 0;
    if (count === 0) return [];
    return word.endsWith("s")
      ? [`up to ${count} ${count === 1 ? word.slice(0, -1) : word}`]
      : [word];
  });
  const made = telling.flatMap((name) => {
    const param = ownValue(params, name);
    return param ? valuesOf(param) : [];
  });
  const several = outputsPerCall > 1 ? [`up to ${outputsPerCall} at a time`] : [];
  return [...taken, ...made, ...several].join(", ");
}

function valuesOf(param: Param): string[] {
  if (param.control === "number") return [`${param.min}-${param.max}${param.unit ?? ""}`];
  if (param.control !== "choice") return [];
  const labels = param.options.map(({ label }) => label);
  if (labels.length <= mostTold) return [labels.join(" / ")];
  return [`${labels.length} ${param.label.toLowerCase()}s`];
}
