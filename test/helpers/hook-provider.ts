import { createHmac } from "node:crypto";
import * as z from "zod";
import {
  CallFailure,
  type Provider,
  type ProviderCall,
  type RecoveryClass,
} from "../../server/providers/provider.ts";
import { checkStandardWebhook } from "../../server/providers/standard-webhook.ts";
import { fakeModel } from "./fake-provider.ts";

const newsSchema = z.object({ reference: z.string().nullable(), job: z.string().nullable() });
/** What a webhook of a {@link HookProvider} says. */
export type News = z.infer<typeof newsSchema>;

/** A webhook on its way. */
export interface SentHook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A provider that sends webhooks, as they stand in its company's description. */
export interface HookProvider extends Provider {
  readonly calls: ProviderCall[];
  /** What it was asked about, in order. */
  readonly polls: string[];
  /** Whether the answer to a submission arrives; the job is made either way. */
  isAnswerLost: boolean;
  isDone: boolean;
}

const company = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** How a webhook is signed: its id, its time, and the secret unless it is the company's. */
export interface Signing {
  readonly id?: string;
  readonly atMs: number;
  readonly secret?: string;
}

/** Signs a webhook by Standard Webhooks. */
export function signHook(news: News | Readonly<Record<string, unknown>>, how: Signing): SentHook {
  return signText(JSON.stringify(news), how);
}

/** Signs any body. */
export function signText(
  body: string,
  { id = "hook-1", atMs, secret = company }: Signing,
): SentHook {
  const seconds = String(Math.floor(atMs / 1_000));
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return {
    body,
    headers: {
      "webhook-id": id,
      "webhook-timestamp": seconds,
      "webhook-signature": `v1,${signature}`,
    },
  };
}

/** A provider whose job ends when a test says so, and whose webhooks are signed. */
export function createHookProvider(id = "fake", recovery: RecoveryClass = "C"): HookProvider {
  const calls: ProviderCall[] = [];
  const polls: string[] = [];
  const provider: HookProvider = {
    id,
    title: "Far",
    recovery,
    concurrency: 4,
    calls,
    polls,
    isAnswerLost: false,
    isDone: false,
    models: () => [fakeModel("text", { id: `${id}:text`, provider: id })],
    submit: (call) => {
      calls.push(call);
      if (!provider.isAnswerLost) {
        return Promise.resolve({ kind: "accepted", handle: `job of ${call.reference}` });
      }
      const message = "The connection was lost.";
      const failure = { code: "provider-unavailable", message, isRetryable: true } as const;
      return Promise.reject(new CallFailure(failure, "unknown"));
    },
    poll: (handle) => {
      polls.push(handle);
      if (!provider.isDone) return Promise.resolve({ kind: "running", done: null });
      const outputs = [{ kind: "text", text: `made by ${handle}` }] as const;
      return Promise.resolve({ kind: "done", result: { outputs, billedCredits: null, notes: [] } });
    },
    readHook: (arrived) => {
      const hookId = checkStandardWebhook(company, arrived);
      if (hookId === null) return Promise.resolve(null);
      const news = newsSchema.safeParse(JSON.parse(Buffer.from(arrived.body).toString("utf8")));
      if (!news.success) return Promise.resolve(null);
      const { reference, job } = news.data;
      return Promise.resolve({ id: hookId, reference, handle: job });
    },
  };
  return provider;
}
