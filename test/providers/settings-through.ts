import type { Model } from "#domain/model";
import { definitionOf, nodeTypes, paramsOf } from "#domain/nodes/index";
import type { Param } from "#domain/param";
import { effectiveSettings, type Settings } from "#domain/settings";

/**
 * Settings of a node on a model that together hold every value of every choice, both ends of every number
 * and both states of every switch; what is hidden is left out, as in a run. The first are the defaults.
 */
export function settingsThrough(model: Model): Settings[] {
  const type = nodeTypes.find((each) => definitionOf(each).task === model.task);
  if (type === undefined) throw new Error(`No node runs ${model.id}.`);
  const params = Object.entries(paramsOf(type, model));
  const turns = Math.max(2, ...params.map(([, param]) => valuesOf(param).length));
  const chosen = Array.from({ length: turns }, (_, turn) =>
    Object.fromEntries(
      params.flatMap(([name, param]) => {
        const values = valuesOf(param);
        return values.length === 0 ? [] : [[name, values[turn % values.length]!]];
      }),
    ),
  );
  return [{}, ...chosen].map((settings) => {
    const node = { id: "node", type, settings };
    const effective = effectiveSettings(node, model);
    if (effective.issues.length > 0) throw new Error(JSON.stringify(effective.issues));
    return effective.settings;
  });
}

function valuesOf(param: Param): (string | number | boolean)[] {
  switch (param.control) {
    case "choice":
      return param.options.map(({ value }) => value);
    case "number":
      return [param.min, param.max];
    case "switch":
      return [true, false];
    case "text":
      return ["", "Some words".slice(0, param.maxCharacters)];
    case "seed":
    case "asset":
    case "items":
      return [];
  }
}
