import * as z from "zod/mini";
import type { pluginAsks, PluginRequest } from "./asks.ts";
import { answerTimeoutMs, pluginAnswers, pluginNews, type PluginNews } from "./messages.ts";
import { parseJson } from "./parse-json.ts";

/** What is asked with a request. */
export type AskOf<Name extends PluginRequest> = z.output<(typeof pluginAsks)[Name]>;
/** What a request is answered with. */
export type AnswerOf<Name extends PluginRequest> = z.output<(typeof pluginAnswers)[Name]>;
/** What a piece of news tells. */
export type NewsOf<Name extends PluginNews> = z.output<(typeof pluginNews)[Name]>;

/** What every message between the panel and the main thread is wrapped in. */
export const envelopeSchema = z.discriminatedUnion("spaces", [
  z.object({ spaces: z.literal("ask"), id: z.int(), name: z.string(), ask: z.unknown() }),
  z.object({ spaces: z.literal("answer"), id: z.int(), answer: z.unknown() }),
  z.object({ spaces: z.literal("refusal"), id: z.int(), message: z.string() }),
  z.object({ spaces: z.literal("news"), name: z.string(), news: z.unknown() }),
]);

/** A request that was not answered: the other side refused it, is gone, or said something else. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
}

/** How an end of the channel reaches the other one. `wait` calls back once, unless it is called off. */
export interface ChannelParts {
  readonly post: (message: unknown) => void;
  readonly wait: (durationMs: number, then: () => void) => () => void;
}

/** The panel's end: it asks, and hears news. */
export interface PanelEnd {
  /** Asks and waits for the checked answer. Rejects with a ChannelError. */
  ask<Name extends PluginRequest>(name: Name, ask: AskOf<Name>): Promise<AnswerOf<Name>>;
  /** Hears news of one kind from now on; gives back how to stop. */
  hear<Name extends PluginNews>(name: Name, listener: (news: NewsOf<Name>) => void): () => void;
  /** Everything that arrives goes in here; what is not ours is passed over. */
  receive(message: unknown): void;
}

/** The panel's end of the channel. */
export function createPanelEnd({ post, wait }: ChannelParts): PanelEnd {
  const waiting = new Map<
    number,
    { settle: (answer: unknown) => void; fail: (why: string) => void }
  >();
  const listeners = new Map<string, Set<(news: never) => void>>();
  let lastId = 0;
  return {
    ask: (name, ask) =>
      new Promise((resolve, reject) => {
        const id = (lastId += 1);
        const fail = (why: string) => {
          finish();
          reject(new ChannelError(why));
        };
        const stop = wait(answerTimeoutMs(name), () => {
          fail("The canvas did not answer. Close the plugin and open it again.");
        });
        const finish = () => {
          stop();
          waiting.delete(id);
        };
        const settle = (answer: unknown) => {
          const parsed = z.safeParse<z.core.$ZodType>(pluginAnswers[name], answer);
          if (!parsed.success) {
            fail("The canvas answered something that cannot be read.");
            return;
          }
          finish();
          resolve(parsed.data as AnswerOf<typeof name>);
        };
        waiting.set(id, { settle, fail });
        post({ spaces: "ask", id, name, ask });
      }),
    hear: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
    receive: (message) => {
      const envelope = z.safeParse(
        envelopeSchema,
        typeof message === "string" ? parseJson(message) : message,
      ).data;
      if (envelope?.spaces === "answer") waiting.get(envelope.id)?.settle(envelope.answer);
      if (envelope?.spaces === "refusal") waiting.get(envelope.id)?.fail(envelope.message);
      if (envelope?.spaces !== "news" || !isNews(envelope.name)) return;
      const news = z.safeParse<z.core.$ZodType>(pluginNews[envelope.name], envelope.news);
      if (!news.success) return;
      for (const listener of listeners.get(envelope.name) ?? []) listener(news.data as never);
    },
  };
}

function isNews(name: string): name is PluginNews {
  return Object.keys(pluginNews).includes(name);
}
