import { RunFailure } from "#domain/failure";
import { longestText, type Item } from "#domain/item";
import { makeWellFormed } from "#domain/well-formed";
import type { ModelRequest, Output, ProviderResult } from "../providers/provider.ts";
import type { RunParts } from "./run-parts.ts";

/**
 * Keeps everything that a call made, each asset stored before anybody hears of it (I6). Throws a
 * RunFailure "result-invalid" when something is not what it should be; nothing is shown then. What a
 * model sends beyond what it was asked for is left out: the nodes below were priced without it (I14).
 */
export async function keepOutputs(
  parts: Pick<RunParts, "assets">,
  team: string,
  provider: string,
  result: ProviderResult,
  request: ModelRequest,
): Promise<Item[]> {
  const { outputs } = result;
  const invalid = (reason: string) => unusable(provider, reason, result);
  if (outputs.length === 0) throw invalid("It sent nothing.");
  const items: Item[] = [];
  for (const output of outputs.slice(0, resultsOf(request)))
    items.push(await keepOutput(parts, team, output, invalid));
  return items;
}

async function keepOutput(
  parts: Pick<RunParts, "assets">,
  team: string,
  output: Output,
  invalid: (reason: string) => RunFailure,
): Promise<Item> {
  if (output.kind === "text") {
    const text = makeWellFormed(output.text);
    if (text.trim() === "") throw invalid("The text was empty.");
    if (text.length > longestText) {
      throw invalid(`The text was longer than ${longestText} characters.`);
    }
    return { kind: "text", text };
  }
  const kept = await parts.assets.keep(team, output.bytes);
  if (kept.kind === "refused") throw invalid(kept.sentence);
  return { kind: "asset", asset: kept.asset };
}

/** Why a result is not shown, and what it cost: the team is given its credits back in any case. */
function unusable(
  provider: string,
  reason: string,
  { billedCredits, billedMicroDollars }: ProviderResult,
): RunFailure {
  const isFree = billedCredits === 0 || billedMicroDollars === 0;
  const charges = typeof billedMicroDollars === "number" ? "charges" : "may charge";
  const cost = isFree
    ? "It cost nothing"
    : `No credits were spent; ${provider} ${charges} for it all the same`;
  return new RunFailure({
    code: "result-invalid",
    message: `The result of ${provider} cannot be used. ${reason} ${cost}. Run it again, or choose another model.`,
    provider,
    isRetryable: true,
  });
}

/** How many results were asked for. */
function resultsOf(request: ModelRequest): number {
  switch (request.task) {
    case "text":
      return request.listItems ?? 1;
    case "image":
    case "video":
      return request.count;
    case "audio":
    case "upscale":
    case "camera":
      return 1;
  }
}
