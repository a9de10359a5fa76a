import type { Task } from "./model.ts";
import type { Params } from "./param.ts";
import type { Input, Output } from "./port.ts";

/**
 * The declaration of a type of node: the one place from which its ports, settings, form, card,
 * README row and the duty to have a runner come.
 * - `task`: what its model must be able to do; null for a source, which holds its content itself
 *   and never runs.
 * - `needsOneOf`: inputs or settings of which at least one must be there before it can run.
 */
export interface NodeDefinition {
  readonly title: string;
  readonly description: string;
  readonly task: Task | null;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly output: Output;
  readonly params: Params;
  readonly needsOneOf: readonly string[];
  /** What the node says while something it needs is missing (product.md A7). */
  readonly emptyHint: string;
}

/** Fixes the literal types of a declaration, nothing else. */
export function defineNode<const Definition extends NodeDefinition>(
  definition: Definition,
): Definition {
  return definition;
}
