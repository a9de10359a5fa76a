/**
 * Does something as a step of its own for Undo: what was changed before is closed off first. Whatever
 * is thrown is thrown on, with the step closed all the same.
 */
export async function asUndoStep<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  figma.commitUndo();
  try {
    return await work();
  } finally {
    figma.commitUndo();
  }
}
