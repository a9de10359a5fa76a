import { isRemoved } from "./layer.ts";
import { invertOperation, type Operation } from "./operation.ts";

interface Stack {
  open: Operation[];
  readonly steps: Operation[][];
  readonly undone: Operation[][];
}

/**
 * Undo, a stack for each person: it takes back that person's own changes, whatever others did since
 * (figma-platform.md 5.6). Plugin changes stay in one open step until somebody commits.
 */
export class History {
  readonly #apply: (operation: Operation) => void;
  readonly #stacks = new Map<string, Stack>();

  constructor(apply: (operation: Operation) => void) {
    this.#apply = apply;
  }

  /** Adds to the person's open step. A new change makes what was undone unreachable. */
  record(personId: string, operation: Operation): void {
    const stack = this.#stackOf(personId);
    stack.open.push(operation);
    stack.undone.length = 0;
  }

  /** Closes the open step, if it holds anything. */
  commit(personId: string): void {
    const stack = this.#stackOf(personId);
    if (stack.open.length > 0) stack.steps.push(stack.open);
    stack.open = [];
  }

  /** Takes back what was done since the last commit, or the last committed step; false when none is left. */
  undo(personId: string): boolean {
    const stack = this.#stackOf(personId);
    this.commit(personId);
    const step = stack.steps.pop();
    if (step === undefined) return false;
    for (const operation of [...step].reverse()) this.#applyIfPossible(invertOperation(operation));
    stack.undone.push(step);
    return true;
  }

  /** Does again what was undone last; false when there is nothing. */
  redo(personId: string): boolean {
    const stack = this.#stackOf(personId);
    const step = stack.undone.pop();
    if (step === undefined) return false;
    for (const operation of step) this.#applyIfPossible(operation);
    stack.steps.push(step);
    return true;
  }

  /** Forgets a person's steps: a file that was just opened has nothing to undo. */
  forget(personId: string): void {
    this.#stacks.delete(personId);
  }

  /** How many steps the person could undo now. */
  depth(personId: string): number {
    const stack = this.#stackOf(personId);
    return stack.steps.length + (stack.open.length > 0 ? 1 : 0);
  }

  #applyIfPossible(operation: Operation): void {
    if (operation.kind !== "place") {
      this.#apply(operation);
      return;
    }
    const { layer, after } = operation;
    if (after === null) {
      if (layer.parent !== null) this.#apply(operation);
      return;
    }
    if (isRemoved(after.parent) && after.parent.parent === null) return;
    const siblings = (after.parent.children ?? []).filter((child) => child !== layer);
    const index = Math.min(after.index, siblings.length);
    this.#apply({ ...operation, after: { parent: after.parent, index } });
  }

  #stackOf(personId: string): Stack {
    const stack = this.#stacks.get(personId) ?? { open: [], steps: [], undone: [] };
    this.#stacks.set(personId, stack);
    return stack;
  }
}
