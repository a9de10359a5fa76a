import { EgressError, type Fetch } from "../egress.ts";
import type { Using } from "./provider.ts";
import { readJson } from "./read-json.ts";

/** What a host answered: its status, its headers, and its JSON, null where that is none or is cut. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly said: unknown;
}

/** No client repeats a request that was answered so (providers.md 2.3). */
const givenUp = 599;
/** Answers without a body, by the standard; a Response refuses one for them. */
const bodiless = new Set([204, 205, 304]);

/**
 * Asks by a vendor's own client, or by hand, and tells what was answered itself: clients make errors of
 * their own out of it, of which each knows other ones. What the client makes of it is not used. Throws the
 * EgressError of a request that failed on its way.
 */
export async function hear(
  send: Fetch,
  { signal }: Pick<Using, "signal">,
  ask: (fetch: Fetch) => Promise<unknown>,
): Promise<Heard> {
  // Clients have errors of their own for what was stopped beforehand.
  if (signal.aborted) throw new EgressError("aborted", false);
  const listening = listenTo(send);
  try {
    await ask(listening.fetch);
  } catch (error) {
    if (!listening.hasEnded()) throw error;
  }
  return listening.heard();
}

function listenTo(send: Fetch) {
  let end: Heard | EgressError | null = null;
  return {
    hasEnded: () => end !== null,
    heard: (): Heard => {
      if (end === null) throw new Error("A vendor's client asked nothing.");
      if (end instanceof EgressError) throw end;
      return end;
    },
    fetch: async (...asked: Parameters<Fetch>): Promise<Response> => {
      try {
        const { status, headers, ...answer } = await taken(await send(...asked));
        end = { status, headers, said: answer.said };
        const body = bodiless.has(status) ? null : JSON.stringify(answer.said);
        return new Response(body, { status, headers: { "content-type": "application/json" } });
      } catch (error) {
        if (!(error instanceof EgressError)) throw error;
        end = error;
        return new Response("null", { status: givenUp });
      }
    },
  };
}

async function taken(answer: Response): Promise<Heard> {
  const { status, headers } = answer;
  return { status, headers, said: await readJson(answer) };
}
