import type { ModelRow } from "../catalog.ts";
import type { TextRow } from "../ai-sdk/sdk-row.ts";
import { priceOfTokens, type TokenPrices } from "../ai-sdk/token-price.ts";

const source = "@ai-sdk/openai@4.0.118; prices of resellers, read 2026-11-20";

function textRow(
  id: string,
  title: string,
  description: string,
  tokens: TokenPrices,
): ModelRow<TextRow> {
  return {
    id,
    title,
    description,
    task: "text",
    inputs: { text: 99, reference: 10 },
    params: {},
    maxPromptCharacters: 50_000,
    expectedMs: 8_000,
    price: priceOfTokens(tokens),
    priceBasis: "estimate",
    source,
    wire: {
      kind: "text",
      tokens,
      mostPictures: 10,
      takesSchema: true,
      takesSeed: false,
      reasoning: "low",
      // Nothing of a designer's work is kept at the vendor for later calls.
      options: { openai: { store: false } },
    },
  };
}

/** The text models of OpenAI; all of them look at pictures. */
export const textRows: readonly ModelRow<TextRow>[] = [
  textRow("gpt-6.1-terra", "GPT-6.1 Terra", "Writes and describes pictures; the usual choice.", {
    input: 1,
    output: 5,
  }),
  textRow("gpt-6-luna", "GPT-6 Luna", "Quick and cheap, for many tries.", {
    input: 0.1,
    output: 0.5,
  }),
  textRow("gpt-6.1-sol", "GPT-6.1 Sol", "The strongest, for long and careful texts.", {
    input: 2,
    output: 10,
  }),
];
