/** One message of a text/event-stream: its id and its data, both empty where not given. */
export interface StreamMessage {
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/** Writes a message. The data must hold no line break, which JSON never does. */
export function formatMessage(message: StreamMessage): string {
  return `id: ${message.id}\nevent: ${message.type}\ndata: ${message.data}\n\n`;
}

/**
 * Reads a text/event-stream piece by piece, however it was cut: give each piece of text, get the
 * messages that are whole by then. Comments and unknown fields are passed over, as the HTML standard
 * says (html.spec.whatwg.org, 9.2.6).
 */
export function createStreamReader(): (piece: string) => StreamMessage[] {
  let rest = "";
  return (piece) => {
    const blocks = (rest + piece).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const fields = new Map<string, string>();
      for (const line of block.split(/\r?\n/)) {
        const match = /^(\w+): ?(.*)$/.exec(line);
        if (match) fields.set(match[1] ?? "", match[2] ?? "");
      }
      const data = fields.get("data");
      if (data === undefined) return [];
      return [{ id: fields.get("id") ?? "", type: fields.get("event") ?? "message", data }];
    });
  };
}
