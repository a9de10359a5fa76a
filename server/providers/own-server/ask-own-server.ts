import { askText } from "../ai-sdk/ask-text.ts";
import { paidFailure } from "../ai-sdk/sdk-failures.ts";
import type { TextRow } from "../ai-sdk/sdk-row.ts";
import { openPaidWire } from "../ai-sdk/sdk-wire.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import { openaiRefusal } from "../openai/openai-answers.ts";
import type { ProviderCall, Submission } from "../provider.ts";
import { answerLimits } from "../way-out.ts";
import { ownWay, type OwnPlace } from "./own-way.ts";

/** A model of a server, and what it can be given. */
interface AskedModel extends Pick<TextRow, "mostPictures" | "takesSchema"> {
  /** The server's own name of it. */
  readonly id: string;
}

const words = { refusal: openaiRefusal, withheld: () => null };

/** Asks a model of the owner's server for a text, once. Throws a CallFailure. */
export async function askOwnServer(
  declared: Pick<ProviderDeclaration, "id" | "title" | "key">,
  { egress, clock }: Pick<ProviderParts, "egress" | "clock">,
  place: OwnPlace,
  { id, mostPictures, takesSchema }: AskedModel,
  call: ProviderCall,
): Promise<Submission> {
  const { request } = call;
  if (request.task !== "text") throw new Error(`${call.model} makes no ${request.task}.`);
  const send = ownWay(egress, place, call, answerLimits.result);
  const wire = openPaidWire({ send, nowMs: clock.nowMs });
  const row: TextRow = { kind: "text", tokens: null, mostPictures, takesSchema, takesSeed: true };
  try {
    const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
    const models = createOpenAICompatible({
      name: declared.id,
      baseURL: `${place.origin}/v1`,
      fetch: wire.fetch,
      supportsStructuredOutputs: takesSchema,
    });
    const result = await askText(declared, models.chatModel(id), row, call, request);
    return { kind: "done", result };
  } catch (error) {
    throw await paidFailure(declared, words, wire, error);
  }
}
