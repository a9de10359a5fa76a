/** Why a file cannot be read, in one sentence without a capital, to stand behind the file's name. */
export interface Refused {
  readonly kind: "refused";
  readonly sentence: string;
}

/** A refusal; the full stop is added. */
export function refuse(sentence: string): Refused {
  return { kind: "refused", sentence: `${sentence}.` };
}

/** Parses JSON; a text that is none is refused with where it breaks off or goes wrong. */
export function parseRestText(
  text: string,
): { readonly kind: "json"; readonly value: unknown } | Refused {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  try {
    return { kind: "json", value: JSON.parse(plain) as unknown };
  } catch (error) {
    return refuse(describe(plain.trimEnd(), error instanceof Error ? error.message : ""));
  }
}

function describe(text: string, message: string): string {
  if (text === "") return "the file is empty";
  if (!/^\s*[[{]/.test(text)) return "the file is not JSON";
  // V8 tells the place as "... at position 12 (line 1 column 13)", or no place at the very end.
  const at = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
  if (at >= text.length) {
    return `the JSON breaks off after ${text.length} characters; export the file again`;
  }
  const lines = text.slice(0, at).split("\n");
  const column = (lines[lines.length - 1]?.length ?? 0) + 1;
  return `the file is not JSON: line ${lines.length}, column ${column} cannot be read`;
}
