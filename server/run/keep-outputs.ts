import { RunFailure } from "#domain/failure";
import { longestText, type Item } from "#domain/item";
import { makeWellFormed } from "#domain/well-formed";
import type { ModelRequest, Output } from "../providers/provider.ts";
import type { RunParts } from "./run-parts.ts";

/**
 * Keeps everything that a call made, each asset stored before anybody hears of it (I6). Throws a
 * RunFailure "result-invalid" when something is not what it should be; nothing is shown then. What a
 * model sends beyond what it was asked for is left out: the nodes below were priced without it (I14).
 */
export async function keepOutputs(
  parts: RunParts,
  team: string,
  provider: string,
  outputs: readonly Output[],
  request: ModelRequest,
): Promise<Item[]> {
  if (outputs.length === 0) throw invalid(provider, "It sent nothing.");
  const items: Item[] = [];
  for (const output of outputs.slice(0, resultsOf(request)))
    items.push(await keepOutput(parts, team, provider, output));
  return items;
}

async function keepOutput(
  parts: RunParts,
  team: string,
  provider: string,
  output: Output,
): Promise<Item> {
  if (output.kind === "text") {
    const text = makeWellFormed(output.text);
    if (text.trim() === "") throw invalid(provider, "The text was empty.");
    if (text.length > longestText) {
      throw invalid(provider, `The text was longer than ${longestText} characters.`);
    }
    return { kind: "text", text };
  }
  const kept = await parts.assets.keep(team, output.bytes);
  if (kept.kind === "refused") throw invalid(provider, kept.sentence);
  return { kind: "asset", asset: kept.asset };
}

function invalid(provider: string, reason: string): RunFailure {
  return new RunFailure({
    code: "result-invalid",
    message: `The result of ${provider} cannot be used. ${reason}`,
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
