import * as z from "zod/mini";
import { pluginAsks, type PluginRequest } from "./asks.ts";
import { envelopeSchema, type AnswerOf, type AskOf, type NewsOf } from "./channel.ts";
import type { PluginNews } from "./messages.ts";

/** What the main thread does for each request. What it throws is told as a refusal. */
export type PluginHandlers = {
  readonly [Name in PluginRequest]: (ask: AskOf<Name>) => AnswerOf<Name> | Promise<AnswerOf<Name>>;
};

/** The main thread's end: it answers, and tells news. */
export interface PluginEnd {
  tell<Name extends PluginNews>(name: Name, news: NewsOf<Name>): void;
  /** Everything that arrives goes in here; what is not ours is passed over. */
  receive(message: unknown): Promise<void>;
}

/** The main thread's end of the channel. `sentenceFor` makes a sentence of what a handler threw. */
export function createPluginEnd(
  post: (message: unknown) => void,
  handlers: PluginHandlers,
  sentenceFor: (error: unknown) => string,
): PluginEnd {
  return {
    tell: (name, news) => {
      post(pack({ spaces: "news", name, news }));
    },
    receive: async (message) => {
      const envelope = z.safeParse(envelopeSchema, message).data;
      if (envelope?.spaces !== "ask") return;
      const { id, name } = envelope;
      const refuse = (why: string) => {
        post(pack({ spaces: "refusal", id, message: why }));
      };
      if (!isRequest(name)) {
        refuse("The panel and the plugin are of different versions.");
        return;
      }
      const ask = z.safeParse<z.core.$ZodType>(pluginAsks[name], envelope.ask);
      if (!ask.success) {
        refuse("The panel asked for something that cannot be read.");
        return;
      }
      try {
        const answer: unknown = await handlers[name](ask.data as never);
        const envelope = { spaces: "answer", id, answer } as const;
        post(name === "readSlice" ? envelope : pack(envelope));
      } catch (error) {
        refuse(sentenceFor(error));
      }
    },
  };
}

/**
 * Everything but bytes crosses as one text: the canvas's machine copies an object value by value, which
 * took four times as long for the facts of a page.
 */
function pack(envelope: z.input<typeof envelopeSchema>): string {
  return JSON.stringify(envelope);
}

function isRequest(name: string): name is PluginRequest {
  return Object.keys(pluginAsks).includes(name);
}
