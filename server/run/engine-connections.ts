import postgres from "postgres";

const connectSeconds = 10;
/** What a lost client was asked and has not answered is given up after this time. */
const giveUpSeconds = 5;

/**
 * Connections for the engine, which keeps its client for as long as it lives. Behind that client is
 * always one none of whose connections was ever lost: with postgres.js 3.4.9 a connection that comes
 * back may send nothing any more, and whoever asked over it waits for ever (src/connection.js: `closed`
 * clears nextWriteTimer and does not forget it).
 */
export function createEngineConnections(url: string, most: number): postgres.Sql {
  let current = connect();
  function connect(): postgres.Sql {
    const client = postgres(url, {
      max: most,
      // A connection is closed by trouble alone.
      max_lifetime: null,
      connect_timeout: connectSeconds,
      onnotice: () => undefined,
      onclose: () => {
        if (client !== current) return;
        current = connect();
        void client.end({ timeout: giveUpSeconds });
      },
      // As the engine makes its own (openworkflow 0.10.1, dist/postgres/postgres.js).
      transform: { column: { from: postgres.toCamel } },
    });
    return client;
  }
  return new Proxy(current, {
    apply: (_first, self, words: unknown[]) => Reflect.apply(current, self, words) as unknown,
    get: (_first, name) => Reflect.get(current, name) as unknown,
  });
}
