import type { Node } from "#domain/graph";
import type { Issue } from "#domain/issue";
import type { Model } from "#domain/model";
import { paramsOf } from "#domain/nodes/index";
import { ownValue } from "#domain/own-value";
import { textSettingOf } from "#domain/read-node";
import { effectiveSettings } from "#domain/settings";
import type { FieldView } from "../node-view.ts";

/** The settings of a node as its form shows them. */
export interface NodeFields {
  /** What a person writes in their own words; null where the type has nothing of the kind. */
  readonly prompt: FieldView | null;
  readonly fields: readonly FieldView[];
}

/** The settings that are shown with what is set now, a value that is not allowed with the reason. */
export function nodeFields(node: Node, model: Model | null, issues: readonly Issue[]): NodeFields {
  const params = paramsOf(node.type, model);
  const promptName = textSettingOf(node.type);
  const { settings } = effectiveSettings(node, model);
  const shown = Object.entries(params).flatMap(([name, param]): FieldView[] => {
    if (ownValue(settings, name) === undefined) return [];
    const stored = ownValue(node.settings, name);
    const value = stored === undefined ? param.default : stored;
    // An empty node says what it needs once, at its run button.
    const issue = issues.find(
      ({ setting, code }) => setting === name && code === "setting-invalid",
    );
    return [{ name, param, value, problem: issue?.message ?? null }];
  });
  return {
    prompt: shown.find(({ name }) => name === promptName) ?? null,
    fields: shown.filter(({ name }) => name !== promptName),
  };
}

/** The sentences of a node's issues that no field shows. */
export function problemsBeside(issues: readonly Issue[], fields: NodeFields): string[] {
  const told = new Set([fields.prompt, ...fields.fields].map((field) => field?.problem));
  return [...new Set(issues.map(({ message }) => message))].filter((each) => !told.has(each));
}
