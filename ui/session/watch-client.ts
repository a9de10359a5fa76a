import type { RelayClient } from "#domain/relay-client";
import { troubleOf } from "./relay-trouble.ts";

/**
 * The same client, but whoever uses it, the link hears when the relay does not answer any more, has
 * forgotten the panel or is of another version. A refusal of one request says nothing about the link.
 */
export function watchClient(client: RelayClient, lose: (error: unknown) => void): RelayClient {
  const judge = (error: unknown): void => {
    if (troubleOf(error) !== "refused") lose(error);
  };
  return {
    call: async (name, options) => {
      try {
        return await client.call(name, options);
      } catch (error) {
        judge(error);
        throw error;
      }
    },
    events: (run, after) => watchEvents(client.events(run, after), judge),
  };
}

async function* watchEvents<Event>(
  events: AsyncIterable<Event>,
  judge: (error: unknown) => void,
): AsyncGenerator<Event> {
  try {
    yield* events;
  } catch (error) {
    judge(error);
    throw error;
  }
}
