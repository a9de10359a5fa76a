import type { Warning } from "ai";
import type { Provider } from "../provider.ts";

const longestNote = 300;

/** What the SDK says was not used, as sentences for the designer, each once. */
export function notesOf(
  { title }: Pick<Provider, "title">,
  warnings: readonly Warning[],
): string[] {
  return [...new Set(warnings.map((warning) => `${title}: ${wordsOf(warning)}`))];
}

function wordsOf(warning: Warning): string {
  const said =
    warning.type === "unsupported" || warning.type === "compatibility"
      ? (warning.details ?? `"${warning.feature}" was not used.`)
      : warning.message;
  const line = said.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > longestNote ? `${line.slice(0, longestNote)}…` : line;
}
