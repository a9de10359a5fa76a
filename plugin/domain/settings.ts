import type { Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { Model } from "./model.ts";
import { definitionOf, paramsOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import { valueSchema, type Param, type Params } from "./param.ts";

/** The settings that a node runs with, by name. */
export type Settings = Readonly<Node["settings"]>;

/** A node's settings, every one allowed, and what was wrong with the stored ones. */
export interface EffectiveSettings {
  readonly settings: Settings;
  readonly issues: readonly Issue[];
}

/**
 * The settings that a node runs with: defaults for what was not set or is not allowed, nothing that
 * is hidden by another setting. A setting that nobody declares or a value that is not allowed is an
 * issue; a hidden one is neither checked nor used.
 */
export function effectiveSettings(
  node: Pick<Node, "id" | "type" | "settings">,
  model: Model | null,
): EffectiveSettings {
  const known = worked.get(node);
  if (known?.model === model) return known.effective;
  const effective = workOut(node, model);
  worked.set(node, { model, effective });
  return effective;
}

/** Checking and planning ask several times for the same node; a node is a value and never changes. */
const worked = new WeakMap<
  Pick<Node, "id" | "type" | "settings">,
  { readonly model: Model | null; readonly effective: EffectiveSettings }
>();

function workOut(
  node: Pick<Node, "id" | "type" | "settings">,
  model: Model | null,
): EffectiveSettings {
  const params = paramsOf(node.type, model);
  const issues: Issue[] = [];
  const values: Record<string, Settings[string]> = {};
  const refused = new Map<string, Issue>();
  for (const [name, param] of Object.entries(params)) {
    const stored = ownValue(node.settings, name);
    const isAllowed = stored !== undefined && schemaOf(param).safeParse(stored).success;
    values[name] = isAllowed ? stored : param.default;
    if (stored !== undefined && !isAllowed) refused.set(name, refusalOf(node.id, name, param));
  }
  const settings: Record<string, Settings[string]> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!isShown(name, params, values)) continue;
    settings[name] = value;
    const issue = refused.get(name);
    if (issue) issues.push(issue);
  }
  for (const name of Object.keys(node.settings)) {
    if (ownValue(params, name) === undefined) issues.push(unknownSetting(node, name, model));
  }
  return { settings, issues };
}

/**
 * The model that a node runs on: the one it names, else the first of its task that can run, else the
 * first of its task. Null for a source, a model nobody has, or a task without models.
 */
export function modelFor(
  node: Pick<Node, "type" | "model">,
  models: readonly Model[],
): Model | null {
  const { task } = definitionOf(node.type);
  if (task === null) return null;
  if (node.model !== null) return models.find((model) => model.id === node.model) ?? null;
  const fitting = modelsOfTask(node, models);
  return fitting.find((model) => model.unavailable === null) ?? fitting[0] ?? null;
}

/** The models that a type of node can run on, but for retired ones; none for a source. */
export function modelsOfTask(node: Pick<Node, "type">, models: readonly Model[]): Model[] {
  const { task } = definitionOf(node.type);
  return models.filter((model) => model.task === task && !model.isRetired);
}

/** Shown when every setting that it hangs on is shown and has the value asked for. */
function isShown(name: string, params: Params, values: Settings): boolean {
  const seen = new Set<string>();
  let when = ownValue(params, name)?.when;
  while (when) {
    if (seen.has(when.setting) || ownValue(values, when.setting) !== when.is) return false;
    seen.add(when.setting);
    when = ownValue(params, when.setting)?.when;
  }
  return true;
}

function refusalOf(nodeId: string, setting: string, param: Param): Issue {
  const message = `${param.label} ${allowed(param)}.`;
  return { code: "setting-invalid", nodeId, setting, message };
}

function allowed(param: Param): string {
  switch (param.control) {
    case "text":
      return `must be a text of at most ${param.maxCharacters} characters`;
    case "number": {
      const unit = param.unit ?? "";
      const range = `must be from ${param.min}${unit} to ${param.max}${unit}`;
      return `${range} in steps of ${param.step}${unit}`;
    }
    case "choice":
      return `must be one of ${param.options.map((option) => option.label).join(", ")}`;
    case "switch":
      return "must be on or off";
    case "seed":
      return "must be empty or a whole number from 0 to 2147483647";
    case "asset":
      return "must be a file that was uploaded";
    case "items":
      return `must be at most ${param.maxItems} texts or files`;
  }
}

function unknownSetting(
  node: Pick<Node, "id" | "type">,
  setting: string,
  model: Model | null,
): Issue {
  const owner = model?.title ?? definitionOf(node.type).title;
  const message = `${owner} has no setting "${setting}".`;
  return { code: "setting-invalid", nodeId: node.id, setting, message };
}

const schemas = new WeakMap<Param, ReturnType<typeof valueSchema>>();

/** Params are few and live long, and making a schema costs far more than using it. */
function schemaOf(param: Param): ReturnType<typeof valueSchema> {
  const known = schemas.get(param);
  if (known) return known;
  const schema = valueSchema(param);
  schemas.set(param, schema);
  return schema;
}
