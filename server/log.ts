import { createHash } from "node:crypto";

/** Everything that the relay writes down, and how grave it is. */
const levels = {
  /** A request, a timer or a promise failed in a way that nobody expected. */
  unexpected: "error",
  fatal: "error",
  /** A stop took too long and was cut short; everything goes on at the next start. */
  "stop-forced": "warn",
  "progress-lost": "warn",
  "result-without-room": "warn",
  "cancel-unread": "warn",
  "resume-failed": "warn",
  "news-lost": "warn",
  "provider-broken": "error",
  "taken-for-dead": "warn",
  "presence-unsaid": "warn",
  "hook-refused": "warn",
  "hook-late": "info",
  "sweep-failed": "warn",
  /** A request of ours to another host failed on its way. */
  egress: "warn",
} as const;

/** The name of something that is written down. */
export type LogEvent = keyof typeof levels;

/**
 * Fields that a log line may carry; anything else would be free text (reliability.md T9). `team` is
 * written as a hash. `code` is a name from a list of ours, or what {@link codeOf} says.
 */
export type LogFields = Readonly<
  Partial<Record<"team" | "run" | "request" | "route" | "code" | "node" | "host", string | number>>
>;

/** Takes note of something. */
export type Log = (event: LogEvent, fields?: LogFields) => void;

/** Ids, names of ours and places in our code look so; a value of any other look is not written. */
const plain = /^[\w.:@/ -]{1,120}$/;

/** Writes one line of JSON for each event: time, level, name, and allow-listed fields. */
export function createLog(nowMs: () => number, write: (line: string) => void): Log {
  return (event, fields = {}) => {
    const time = new Date(nowMs()).toISOString();
    const { team, run, request, route, code, node, host } = fields;
    const allowed = {
      team: team === undefined ? team : hashOf(team),
      run,
      request,
      route,
      code,
      node,
      host,
    };
    const line = { time, level: levels[event], event, ...allowed };
    const written = JSON.stringify(line, (_, value: unknown) =>
      typeof value === "string" && !plain.test(value) ? "withheld" : value,
    );
    write(`${written}\n`);
  };
}

/** What may be said of an exception in a log: its kind and where it was thrown, never its text. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /\(?([\w./-]+:\d+):\d+\)?$/m.exec(error.stack?.split("\n")[1] ?? "")?.[1] ?? "";
  return `${error.name} ${place.split("/").slice(-2).join("/")}`.trim();
}

function hashOf(team: string | number): string {
  return createHash("sha256").update(String(team)).digest("hex").slice(0, 12);
}
