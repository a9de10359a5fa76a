import type { Rule } from "./rule.ts";
import { accessRules } from "./rules-access.ts";
import { lifecycleRules } from "./rules-lifecycle.ts";
import { treeRules } from "./rules-tree.ts";
import { valueRules } from "./rules-value.ts";

/** Everything the stand-in enforces, with its basis; a test for each carries its id. */
export const rules: readonly Rule[] = [
  ...accessRules,
  ...treeRules,
  ...valueRules,
  ...lifecycleRules,
];

/** What no source settles: to be asked of a real Figma by the probe plugin. */
export const unverified: readonly Rule[] = rules.filter(
  ({ certainty, switch: other }) => certainty === "I" || certainty === "U" || other !== undefined,
);

/** The list as text, a line a rule. */
export function listRules(): string {
  return rules
    .map(({ id, certainty, says, basis }) => `[${certainty}] ${id}: ${says} (${basis})`)
    .join("\n");
}
