import { createCatalog, type ModelRow } from "../catalog.ts";
import type { SdkRow } from "../ai-sdk/sdk-row.ts";
import { priceOfTokens, type TokenPrices } from "../ai-sdk/token-price.ts";

function claude(
  id: string,
  title: string,
  description: string,
  tokens: TokenPrices,
): ModelRow<SdkRow> {
  return {
    id,
    title,
    description,
    task: "text",
    inputs: { text: 99, reference: 20 },
    params: {},
    maxPromptCharacters: 50_000,
    expectedMs: 9_000,
    price: priceOfTokens(tokens),
    priceBasis: "estimate",
    source: "@ai-sdk/anthropic@4.0.105; prices of resellers, read 2026-11-20",
    wire: { kind: "text", tokens, mostPictures: 20, takesSchema: true, takesSeed: false },
  };
}

/** The models of Anthropic; both look at pictures. */
export const anthropicCatalog = createCatalog<SdkRow>("anthropic", [
  claude("claude-sonnet-5-5", "Claude Sonnet 5.5", "Writes well and looks closely.", {
    input: 2,
    output: 10,
  }),
  // The price of prompts up to 100,000 tokens, which is more than a node can send.
  claude("claude-haiku-5-5", "Claude Haiku 5.5", "Quick and cheap, for many tries.", {
    input: 0.1,
    output: 0.5,
  }),
]);
