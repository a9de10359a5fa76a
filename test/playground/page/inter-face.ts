/** What CSS calls a weight of Inter: "400Regular", "700Bold_Italic". */
export function parseWeight(weight: string): { cssWeight: number; isItalic: boolean } {
  return { cssWeight: Number.parseInt(weight, 10), isItalic: weight.endsWith("_Italic") };
}

/** The CSS that makes a weight of Inter known to a document. */
export function interFace(weight: string, address: string): string {
  const { cssWeight, isItalic } = parseWeight(weight);
  return `@font-face{font-family:Inter;font-weight:${cssWeight};font-style:${isItalic ? "italic" : "normal"};src:url(${address})}`;
}
