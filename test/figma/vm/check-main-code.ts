/** Text that Figma refuses to load, wherever in the code it stands (figma-platform.md 3.1, 10.19). */
const refused: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  { pattern: /\bimport\s*\(/, message: "possible import expression rejected" },
  { pattern: /<!--|-->/, message: "possible html comment rejected" },
];

/** Why Figma would not load this main code; null when it would. */
export function whyNotLoadable(code: string): string | null {
  const found = refused.find(({ pattern }) => pattern.test(code));
  if (found !== undefined) return `SyntaxError: ${found.message}`;
  return /^\s*(import|export)\s/m.test(code)
    ? "SyntaxError: Unexpected token in plugin code"
    : null;
}
