import type { Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { Model } from "./model.ts";
import { definitionOf, paramsOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";

/**
 * What this model cannot do without though others of its task can, in any case or for what else is given;
 * or what it takes, but not together. `isThere` says whether an input or setting is given.
 */
export function checkModelNeeds(
  node: Node,
  model: Pick<Model, "title" | "params" | "needs" | "ways">,
  isThere: (name: string) => boolean,
): Issue[] {
  const { title, needs = [], ways = [] } = model;
  const { inputs } = definitionOf(node.type);
  const declared = { ...paramsOf(node.type, model), ...inputs };
  const labelOf = (name: string) => `"${ownValue(declared, name)?.label ?? name}"`;
  const tell = (code: Issue["code"], name: string, what: string): Issue[] => {
    const where = ownValue(inputs, name) ? { port: name } : { setting: name };
    return [{ code, nodeId: node.id, ...where, message: `${title} ${what}.` }];
  };
  const ask = (code: Issue["code"], name: string, why = "") =>
    tell(code, name, `needs something at ${labelOf(name)} of "${node.title}"${why}`);

  const isMissing = (name: string) => !isThere(name);
  const lost = needs.find(isMissing);
  if (lost !== undefined) return ask("input-missing", lost);
  const given = [...new Set(ways.flatMap((way) => Object.keys(way)))].filter(isThere);
  const lacking = ways
    .filter((way) => given.every((name) => ownValue(way, name) !== undefined))
    .map((way) => Object.keys(way).find((name) => way[name] === true && isMissing(name)));
  if (ways.length === 0 || lacking.includes(undefined)) return [];
  // What goes with everything is not to blame.
  const odd = given.filter((name) => ways.some((way) => ownValue(way, name) === undefined));
  const [first = ""] = odd;
  const causes = odd.map(labelOf).join(" and ");
  const [name] = lacking;
  if (name === undefined) {
    return tell("model-unfit", first, `cannot take ${causes} of "${node.title}" together`);
  }
  return first ? ask("model-unfit", name, ` for ${causes}`) : ask("input-missing", name);
}
