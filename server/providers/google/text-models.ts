import type { ModelRow } from "../catalog.ts";
import type { TextRow } from "../ai-sdk/sdk-row.ts";
import { priceOfTokens } from "../ai-sdk/token-price.ts";

/** Its price until the end of 2026; that of the output is inferred (providers.md 8.1). */
const tokens = { input: 0.75, output: 3.75 };

/** The text models of Google. They could look at clips too, which the relay does not send. */
export const textRows: readonly ModelRow<TextRow>[] = [
  {
    id: "gemini-3.8-flash",
    title: "Gemini 3.8 Flash",
    description: "Writes and describes pictures, quickly.",
    task: "text",
    inputs: { text: 99, reference: 14 },
    params: {},
    maxPromptCharacters: 50_000,
    expectedMs: 7_000,
    price: priceOfTokens(tokens),
    priceBasis: "estimate",
    source: "https://ai.google.dev/gemini-api/docs/pricing, read 2026-11-20",
    wire: {
      kind: "text",
      tokens,
      mostPictures: 14,
      takesSchema: true,
      takesSeed: true,
      reasoning: "low",
    },
  },
];
