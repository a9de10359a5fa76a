import type { CompiledQuery } from "kysely";
import { TextNotStorable } from "./store-error.ts";

/**
 * Refuses to write a text that a database would change: SQLite keeps NUL, PostgreSQL refuses it, and
 * both change half of a pair. The engine's own check, because texts of a megabyte pass here.
 */
export function checkTexts(query: CompiledQuery): void {
  if (isLookUp(query)) return;
  if (!hasOnlyTexts(query)) throw new TextNotStorable();
}

/** Whether the query asks for a text that no row can hold: it finds nothing. */
export function asksForNothing(query: CompiledQuery): boolean {
  return isLookUp(query) && !hasOnlyTexts(query);
}

function isLookUp(query: CompiledQuery): boolean {
  return query.query.kind === "SelectQueryNode";
}

function hasOnlyTexts(query: CompiledQuery): boolean {
  return query.parameters.every(
    (value) => typeof value !== "string" || (value.isWellFormed() && !value.includes("\0")),
  );
}
