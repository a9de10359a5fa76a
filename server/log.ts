/** Fields that a log line may carry; anything else would be free text (reliability.md T9). */
export type LogFields = Readonly<
  Partial<Record<"run" | "request" | "route" | "code" | "node" | "host", string | number>>
>;

/** Writes one line of JSON for each event: time, name, and allow-listed fields. */
export function createLog(
  nowMs: () => number,
  write: (line: string) => void,
): (event: string, fields: LogFields) => void {
  return (event, fields) => {
    const time = new Date(nowMs()).toISOString();
    write(`${JSON.stringify({ time, event, ...fields })}\n`);
  };
}

/** What may be said of an exception in a log: its kind and where it was thrown, never its text. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /\(?([\w./-]+:\d+):\d+\)?$/m.exec(error.stack?.split("\n")[1] ?? "")?.[1] ?? "";
  return `${error.name} ${place.split("/").slice(-2).join("/")}`.trim();
}
