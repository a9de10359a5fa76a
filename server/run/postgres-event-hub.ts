import { sql } from "kysely";
import postgres from "postgres";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Database } from "../store/database.ts";
import { createEventHub, type EventHub } from "./event-hub.ts";

/** What a hub over several processes is made of. */
export interface PostgresEventHubParts {
  readonly url: string;
  /** Over which news is sent; the hub has a connection of its own on which it listens. */
  readonly database: Database;
  readonly clock: Clock;
  /** A name for this process that no other one has. */
  readonly process: string;
  readonly warn: Log;
}

/** A hub whose news reaches the listeners of every process on the database. */
export interface PostgresEventHub extends EventHub {
  close(): Promise<void>;
}

const channel = "spaces_news";
/** News that could not be sent is sent again this often; whoever waits elsewhere looks then. */
const sendAgainMs = 1_000;
/** How often the hub asks whether it still hears itself, and how long it waits for the answer. */
const pulseMs = 10_000;
const pulse = "pulse";

/**
 * Opens a hub over PostgreSQL's LISTEN and NOTIFY. A connection that was lost, or that is open and says
 * nothing any more, is made anew, and everybody is woken then: something may have been missed.
 */
export async function openPostgresEventHub(
  parts: PostgresEventHubParts,
): Promise<PostgresEventHub> {
  const local = createEventHub();
  const closing = new AbortController();
  const send = createSender(parts, closing.signal);
  const heard = { pulses: 0 };
  const hear = (payload: string) => {
    const [from, name = ""] = payload.split(" ", 2);
    if (from !== parts.process) local.notify(name);
    else if (name === pulse) heard.pulses += 1;
  };
  const connect = () => listen(parts.url, hear, local.wakeAll);
  let ears = await connect();
  const watch = async () => {
    for (;;) {
      const before = heard.pulses;
      send(pulse);
      await parts.clock.sleep(pulseMs, closing.signal);
      if (closing.signal.aborted) return;
      if (heard.pulses > before) continue;
      parts.warn("news-lost");
      await ears.end({ timeout: 0 });
      ears = await connect().catch(() => ears);
    }
  };
  const watched = watch();
  return {
    notify: (name) => {
      local.notify(name);
      send(name);
    },
    listen: local.listen,
    close: async () => {
      closing.abort();
      await watched;
      await ears.end({ timeout: 0 });
    },
  };
}

/** Listens on a connection of its own, which comes back by itself where it can. */
async function listen(
  url: string,
  hear: (payload: string) => void,
  wakeAll: () => void,
): Promise<postgres.Sql> {
  const connection = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await connection.listen(channel, hear, wakeAll);
    return connection;
  } catch (error) {
    await connection.end({ timeout: 0 });
    throw error;
  }
}

/** Sends names, those of one moment together, and again until the database has taken them. */
function createSender(
  { database, clock, process }: PostgresEventHubParts,
  signal: AbortSignal,
): (name: string) => void {
  const unsent = new Set<string>();
  let isSending = false;
  const sendAll = async () => {
    isSending = true;
    await Promise.resolve();
    while (unsent.size > 0 && !signal.aborted) {
      const names = [...unsent];
      const payloads = names.map((name) => `${process} ${name}`);
      unsent.clear();
      try {
        await sql`SELECT pg_notify(${channel}, name) FROM unnest(${payloads}::TEXT[]) AS name`.execute(
          database,
        );
      } catch {
        for (const name of names) unsent.add(name);
        await clock.sleep(sendAgainMs, signal);
      }
    }
    isSending = false;
  };
  return (name) => {
    unsent.add(name);
    if (!isSending) void sendAll();
  };
}
