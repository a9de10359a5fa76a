import { dollars, type Price } from "#domain/price";

/** What a vendor asks for a million tokens, in dollars. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
}

/** The most that a model may write, its thoughts included. A list of twenty long prompts is about 3,000. */
export const mostOutputTokens = 4_096;
/** Pictures for text models are made so small; more detail costs more and is rarely told. */
export const textPictureSidePx = 1_024;

/**
 * English has four characters to a token and other languages fewer (ai.google.dev/gemini-api/docs/tokens,
 * read 2026-11-20): three leave room.
 */
const charactersOfToken = 3;
/**
 * A picture of 1024 x 1024 px is 1,446 tokens for Claude 5.5, 1,229 for GPT-6 and about 1,100 for Gemini
 * (huggingface.co/datasets/JOHNISKING/image-token-cost, read 2026-11-21).
 */
const tokensOfPicture = 1_500;
/** What the relay says beside the prompt. */
const tokensOfInstructions = 400;
const million = 1e6;

/** The most that a call of a text model can cost. What it did cost is counted by {@link microDollarsOf}. */
export function priceOfTokens({ input, output }: TokenPrices): Price {
  return {
    kind: "sum",
    prices: [
      dollars((tokensOfInstructions * input + mostOutputTokens * output) / million),
      ofEach("$promptCharacters", dollars(input / charactersOfToken / million)),
      ofEach("$references", dollars((tokensOfPicture * input) / million)),
    ],
  };
}

/** So much for each of what may also be none. */
export function ofEach(setting: string, price: Price): Price {
  const each: Price = { kind: "times", setting, price };
  return { kind: "upTo", setting, steps: [{ most: 0, price: dollars(0) }], otherwise: each };
}

/** What a call cost by the tokens that the vendor counted; null where it did not. A discount is not known here. */
export function microDollarsOf(
  { input, output }: TokenPrices,
  usage: { readonly inputTokens: number | undefined; readonly outputTokens: number | undefined },
): number | null {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === undefined || outputTokens === undefined) return null;
  const exact = inputTokens * input + outputTokens * output;
  return Number.isFinite(exact) && exact >= 0 ? Math.ceil(exact) : null;
}
