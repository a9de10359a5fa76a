import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

/** The reader of an answer that goes on. */
export interface LiveReader {
  /** Sends bytes. False when the reader is behind: more is sent once it is ready. */
  write(bytes: Uint8Array): boolean;
  end(): void;
  /** Breaks off, so that the reader notices that something is missing. */
  breakOff(): void;
}

/** Whoever writes an answer that goes on. */
export interface LiveWriter {
  /** The reader, who was behind, takes more. */
  ready(): void;
  /** The reader is gone. */
  gone(): void;
}

/** An answer that goes on for as long as it is read: its headers, and what begins to write it. */
export interface LiveAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly begin: (reader: LiveReader) => LiveWriter;
}

/**
 * Sends an answer that goes on straight to the socket: a web stream and its readers in between would
 * take more memory for each than the socket itself. Without a socket, as tests call the app, it is one.
 */
export function sendLive(context: Context, { headers, begin }: LiveAnswer): Response {
  const head = context.newResponse(null, { headers });
  if (context.req.method === "HEAD") {
    begin(nobody).gone();
    return head;
  }
  const { outgoing } = (context.env ?? {}) as { outgoing?: ServerResponse };
  if (!outgoing) return new Response(toWebStream(begin), head);
  outgoing.writeHead(head.status, Object.fromEntries(head.headers));
  outgoing.flushHeaders();
  const writer = begin({
    write: (bytes) => outgoing.write(bytes),
    end: () => outgoing.end(),
    breakOff: () => outgoing.destroy(),
  });
  const leave = () => writer.gone();
  outgoing.on("drain", () => writer.ready());
  for (const event of ["close", "error"]) outgoing.on(event, leave);
  if (outgoing.destroyed) leave();
  return RESPONSE_ALREADY_SENT;
}

/** Reads nothing. */
const nobody: LiveReader = {
  write: () => true,
  end: () => undefined,
  breakOff: () => undefined,
};

function toWebStream(begin: LiveAnswer["begin"]): ReadableStream<Uint8Array> {
  let writer: LiveWriter | null = null;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      writer = begin({
        write: (bytes) => {
          controller.enqueue(bytes);
          return (controller.desiredSize ?? 0) > 0;
        },
        end: () => controller.close(),
        breakOff: () => controller.error(new Error("The answer broke off.")),
      });
    },
    pull: () => writer?.ready(),
    cancel: () => writer?.gone(),
  });
}
