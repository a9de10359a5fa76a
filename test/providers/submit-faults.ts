import fc from "fast-check";
import type { FailureCode } from "#domain/failure";
import type { Behaviour } from "../helpers/fault-server.ts";

/** What may go wrong with a paid request, whoever the vendor is, and what it has to become. */
export interface SubmitFault {
  readonly name: string;
  readonly behave: Behaviour;
  readonly codes: readonly FailureCode[];
  readonly outcome: "not-billed" | "unknown";
  readonly retryAfterMs?: number;
}

const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (response) =>
    response.writeHead(code, { "content-type": "application/json", ...headers }).end("{}");

const lost = ["outcome-unknown", "provider-protocol"] as const;

/** The faults of reliability.md 3.3 that a paid request can meet (F9 to F18). */
export const submitFaults: readonly SubmitFault[] = [
  { name: "401", behave: status(401), codes: ["key-refused"], outcome: "not-billed" },
  { name: "402", behave: status(402), codes: ["account-empty"], outcome: "not-billed" },
  {
    name: "429 with Retry-After",
    behave: status(429, { "retry-after": "7" }),
    codes: ["provider-limited"],
    outcome: "not-billed",
    retryAfterMs: 7_000,
  },
  { name: "408", behave: status(408), codes: lost, outcome: "unknown" },
  { name: "500", behave: status(500), codes: lost, outcome: "unknown" },
  { name: "502", behave: status(502), codes: lost, outcome: "unknown" },
  { name: "504", behave: status(504), codes: lost, outcome: "unknown" },
  {
    name: "a redirect",
    behave: status(302, { location: "https://elsewhere.example/" }),
    codes: lost,
    outcome: "unknown",
  },
  {
    name: "a connection that is reset",
    behave: (response) => response.socket?.resetAndDestroy(),
    codes: lost,
    outcome: "unknown",
  },
  {
    name: "an answer that is cut",
    behave: (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
      response.write('{"id": "half');
      setImmediate(() => response.destroy());
    },
    codes: lost,
    outcome: "unknown",
  },
  {
    name: "a page in place of JSON",
    behave: (response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome</html>"),
    codes: lost,
    outcome: "unknown",
  },
  {
    name: "an empty answer",
    behave: (response) => response.writeHead(200).end(),
    codes: lost,
    outcome: "unknown",
  },
  {
    name: "204",
    behave: (response) => response.writeHead(204).end(),
    codes: lost,
    outcome: "unknown",
  },
  {
    name: "JSON of nonsense",
    behave: (response) =>
      response
        .writeHead(200, { "content-type": "application/json" })
        .end('{"id":1e400,"__proto__":{"id":"x"},"data":"no","images":7,"choices":{}}'),
    codes: lost,
    outcome: "unknown",
  },
  {
    name: "an answer without end",
    behave: (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const chunk = Buffer.alloc(4_000_000, 32);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    },
    codes: [...lost, "result-invalid"],
    outcome: "unknown",
  },
];

const statuses = [
  ...[200, 201, 202, 204, 206, 301, 303, 307, 308, 400, 401, 402, 403, 404, 408, 409, 410, 413],
  ...[418, 422, 425, 429, 451, 500, 501, 502, 503, 504, 507, 520, 529, 598, 599],
];
const types = ["application/json", "text/html", "audio/mpeg", "text/event-stream", ""];
/** What hosts say to clients that ask again by themselves. */
const waits = [{}, { "retry-after": "0" }, { "retry-after-ms": "1" }, { "x-should-retry": "true" }];

/** Anything at all that a host may answer. */
export const anyAnswer: fc.Arbitrary<Behaviour> = fc
  .record({
    status: fc.constantFrom(...statuses),
    type: fc.constantFrom(...types),
    wait: fc.constantFrom(...waits),
    body: fc.oneof(
      fc.constantFrom("", "{}", "[]", '{"error":{"message":"no","type":"x"}}', '{"data":[]}'),
      fc.json({ maxDepth: 3 }),
      fc.string(),
    ),
    isReset: fc.boolean(),
  })
  .map(({ status: code, type, wait, body, isReset }): Behaviour => (response) => {
    if (isReset && code >= 500) {
      response.socket?.resetAndDestroy();
      return;
    }
    response.writeHead(code, { ...wait, ...(type !== "" && { "content-type": type }) });
    response.end(code === 204 ? undefined : body);
  });
