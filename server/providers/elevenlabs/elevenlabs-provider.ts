import { EgressError } from "../../egress.ts";
import type { KeyedDeclaration, ProviderParts } from "../declaration.ts";
import { CallFailure, type Provider, type ProviderCall, type Submission } from "../provider.ts";
import { readJson } from "../read-json.ts";
import { sendFailure, submitFailure } from "../send-failures.ts";
import { submitOnce } from "../submit-once.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { answerLimits, explained, wayOut } from "../way-out.ts";
import { elevenLabsRefusal } from "./elevenlabs-answers.ts";
import { elevenLabsPost } from "./elevenlabs-request.ts";
import { elevenLabsCatalog } from "./models.ts";

type Declared = Pick<KeyedDeclaration, "id" | "title" | "key">;

/** Opens ElevenLabs. */
export function createElevenLabs(declared: Declared, parts: ProviderParts): Provider {
  return {
    ...declared,
    // A sound comes in the answer itself: a lost answer is lost, and may have been billed.
    recovery: "D",
    // The fewest at a time that a paid plan has.
    concurrency: 3,
    models: () => elevenLabsCatalog.models,
    submit: (call) => submit(declared, parts, call),
  };
}

async function submit(
  declared: Declared,
  { egress, clock }: ProviderParts,
  call: ProviderCall,
): Promise<Submission> {
  const { request, model, seed, signal } = call;
  if (request.task !== "audio") throw new Error(`${model} makes no ${request.task}.`);
  const { path, body } = elevenLabsPost(elevenLabsCatalog.rowOf(model).wire, request, seed);
  const [origin = ""] = declared.key.origins;
  const send = wayOut(egress, declared, call, answerLimits.result);
  const once = submitOnce({ send, nowMs: clock.nowMs });
  const answer = await explained(declared, () =>
    once.fetch(`${origin}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "audio/*, application/json" },
      body: JSON.stringify(body),
      signal,
    }),
  );
  const bytes = await soundOf(declared, answer);
  if (bytes) {
    const outputs = [{ kind: "bytes", bytes }] as const;
    // What it took is told in characters of a plan, never in money.
    const billed = { billedCredits: null, billedMicroDollars: null };
    return { kind: "done", result: { outputs, ...billed, notes: [] } };
  }
  const outcome = once.outcome();
  const isRefused = outcome.kind === "refused" && !answer.bodyUsed;
  const trouble = isRefused ? elevenLabsRefusal(answer.status, await readJson(answer)) : null;
  throw trouble ? vendorFailure(declared, trouble) : submitFailure(declared, outcome);
}

/** The sound in an answer, or null where there is none. Throws a CallFailure when it breaks off. */
async function soundOf(declared: Declared, answer: Response): Promise<Uint8Array | null> {
  if (!answer.ok) return null;
  const type = answer.headers.get("content-type") ?? "";
  if (!/^(audio\/|application\/octet-stream)/.test(type)) {
    await answer.body?.cancel();
    return null;
  }
  try {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length > 0 ? bytes : null;
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    throw new CallFailure(sendFailure(declared, error).failure, "unknown");
  }
}
