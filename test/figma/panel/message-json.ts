/** A message as text for the way through the browser driver: bytes as base64, dates as numbers. */
export function messageToJson(message: unknown): unknown {
  if (message === undefined) return { $standIn: "undefined" };
  if (message instanceof Uint8Array)
    return { $standIn: "bytes", base64: Buffer.from(message).toString("base64") };
  if (message instanceof Date) return { $standIn: "date", time: message.getTime() };
  if (Array.isArray(message)) return message.map((item: unknown) => messageToJson(item));
  if (typeof message !== "object" || message === null) return message;
  return Object.fromEntries(
    Object.entries(message).map(([key, item]) => [key, messageToJson(item)]),
  );
}

/** The message again; the kinds are those of `messageToJson` and of the host page. */
export function messageFromJson(json: unknown): unknown {
  if (Array.isArray(json)) return json.map((item: unknown) => messageFromJson(item));
  if (typeof json !== "object" || json === null) return json;
  const marked = json as { $standIn?: string; base64?: string; time?: number };
  switch (marked.$standIn) {
    case "undefined":
      return undefined;
    case "bytes":
      return Uint8Array.from(Buffer.from(marked.base64 ?? "", "base64"));
    case "date":
      return new Date(marked.time ?? 0);
    case undefined:
    default:
      return Object.fromEntries(
        Object.entries(json).map(([key, item]) => [key, messageFromJson(item)]),
      );
  }
}
