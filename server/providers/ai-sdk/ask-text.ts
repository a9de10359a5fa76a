import type { FinishReason, LanguageModel, LanguageModelUsage } from "ai";
import * as z from "zod";
import type { ModelRequest, Provider, ProviderCall, ProviderResult } from "../provider.ts";
import { CallFailure } from "../provider.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { loadAi } from "./load-ai.ts";
import { readList } from "./read-list.ts";
import { NoResult } from "./sdk-failures.ts";
import { notesOf } from "./sdk-notes.ts";
import type { TextRow } from "./sdk-row.ts";
import { textMessages } from "./text-messages.ts";
import { microDollarsOf, mostOutputTokens } from "./token-price.ts";

type Named = Pick<Provider, "id" | "title">;
type TextRequest = Extract<ModelRequest, { readonly task: "text" }>;

/** What a model wrote. */
interface Told {
  readonly text: string;
  readonly usage: LanguageModelUsage;
  readonly finishReason: FinishReason;
  readonly metadata: unknown;
  readonly warnings: readonly string[];
}

const listSchema = z.object({ items: z.array(z.string()) });

/** Asks a text model once. Throws NoResult or a CallFailure, or what the SDK throws. */
export async function askText(
  provider: Named,
  model: LanguageModel,
  row: TextRow,
  call: Pick<ProviderCall, "seed" | "signal">,
  request: TextRequest,
): Promise<ProviderResult> {
  const isSchemaSent = request.listItems !== null && row.takesSchema;
  const { mostPictures } = row;
  const { notes, ...messages } = await textMessages(request, { mostPictures, isSchemaSent });
  const told = await tell(provider, model, row, call, messages, isSchemaSent);
  const billed = row.billed?.(told.metadata) ?? null;
  return {
    outputs: textsOf(provider, request, told).map((text) => ({ kind: "text", text })),
    billedCredits: null,
    billedMicroDollars: billed ?? (row.tokens ? microDollarsOf(row.tokens, told.usage) : null),
    notes: [...notes, ...told.warnings, ...shortNotes(provider, request, told)],
  };
}

async function tell(
  provider: Named,
  model: LanguageModel,
  row: TextRow,
  { seed, signal }: Pick<ProviderCall, "seed" | "signal">,
  messages: Pick<Awaited<ReturnType<typeof textMessages>>, "instructions" | "messages">,
  isSchemaSent: boolean,
): Promise<Told> {
  const { generateText, NoObjectGeneratedError, Output } = await loadAi();
  const options = {
    ...messages,
    model,
    maxOutputTokens: mostOutputTokens,
    maxRetries: 0,
    abortSignal: signal,
    ...(row.takesSeed && { seed }),
    ...(row.reasoning && { reasoning: row.reasoning }),
    ...(row.options && { providerOptions: row.options }),
  };
  try {
    const told = isSchemaSent
      ? await generateText({ ...options, output: Output.object({ schema: listSchema }) })
      : await generateText(options);
    const { text, usage, finishReason, finalStep } = told;
    const warnings = notesOf(provider, finalStep.warnings ?? []);
    return { text, usage, finishReason, metadata: finalStep.providerMetadata, warnings };
  } catch (error) {
    // It wrote something else than the schema says, which may be a list all the same.
    if (!NoObjectGeneratedError.isInstance(error) || !error.text || !error.usage) throw error;
    const { text, usage, finishReason = "other" } = error;
    return { text, usage, finishReason, metadata: null, warnings: [] };
  }
}

/** The texts that were asked for. Throws where there are none. */
function textsOf(
  provider: Named,
  { listItems }: TextRequest,
  { text, finishReason }: Told,
): string[] {
  if (finishReason === "content-filter") {
    throw vendorFailure(provider, { kind: "moderation", side: "result" }, null);
  }
  const texts = listItems === null ? [text.trim()] : readList(text).slice(0, listItems);
  const found = texts.filter((each) => each !== "");
  if (found.length > 0) return found;
  if (finishReason !== "length") throw new NoResult();
  const message = `${provider.title} used all of its ${mostOutputTokens} tokens without writing an answer. Your credits are back, the provider may charge for it; shorten the instruction, or choose another model.`;
  const failure = { code: "result-invalid", message, provider: provider.id, isRetryable: false };
  throw new CallFailure({ ...failure, code: "result-invalid" }, "unknown");
}

function shortNotes(
  { title }: Named,
  { listItems }: TextRequest,
  { text, finishReason }: Told,
): string[] {
  const notes: string[] = [];
  if (finishReason === "length") {
    notes.push(`${title} stopped at ${mostOutputTokens} tokens, so that the end is missing.`);
  }
  const written = listItems === null ? 0 : readList(text).length;
  if (listItems !== null && written < listItems) {
    notes.push(`${title} wrote ${written} of the ${listItems} items that were asked for.`);
  }
  return notes;
}
