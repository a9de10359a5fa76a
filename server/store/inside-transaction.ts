import { AsyncLocalStorage } from "node:async_hooks";

/** The transaction in which the code runs that asks; open until its commit or rollback. */
const surrounding = new AsyncLocalStorage<{ isOpen: boolean }>();

/**
 * Marks work as being inside a transaction: while it runs, a query past the transaction is refused,
 * because it would wait for a connection that its own transaction may hold.
 */
export async function insideTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
  const mark = { isOpen: true };
  try {
    return await surrounding.run(mark, work);
  } finally {
    mark.isOpen = false;
  }
}

/** Throws where the code runs inside a transaction: whoever waits for another one may wait for ever. */
export function refuseInside(): void {
  if (surrounding.getStore()?.isOpen === true) {
    throw new Error("Inside a transaction, ask the transaction and not the database.");
  }
}
