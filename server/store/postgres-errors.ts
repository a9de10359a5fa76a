import { NotUnique, StorageFull, StoreGone } from "./store-error.ts";

/** SQLSTATE codes (https://www.postgresql.org/docs/15/errcodes-appendix.html). */
const sqlStates = { unique: "23505", diskFull: "53100" } as const;
/** Codes of a connection that is gone or was never made: postgres.js', the system's, the server's. */
const gone = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  // Too many connections.
  "53300",
  // The server is being stopped, has crashed, or is starting.
  "57P01",
  "57P02",
  "57P03",
]);

/** The SQLSTATE or postgres.js code of an error, "" for any other. */
export function postgresCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}

/** An error of the database as one of store-error.ts where it has one, else itself. */
export function toStoreError(error: unknown): unknown {
  const code = postgresCodeOf(error);
  if (code === sqlStates.unique) return new NotUnique(error);
  if (code === sqlStates.diskFull) return new StorageFull(error);
  return gone.has(code) ? new StoreGone(error) : error;
}
