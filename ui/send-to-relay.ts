import type { RelayRequest, RelayResponse, Send } from "#domain/relay-client";
import type { Time } from "./background/background.ts";
import { RelaySilence } from "./session/relay-trouble.ts";

/** How long the relay may be silent: before it answers, and between two pieces of what it sends. */
const silenceMs = 20_000;
/** A running stream says something every 15 s (server/routes/run-events.ts). */
const streamSilenceMs = 45_000;
/** An upload of 100 MB by a slow line, before the relay says anything. */
const uploadMs = 10 * 60_000;

/** Sends requests to the relay at an address: the panel's only way out. Rejects with RelaySilence. */
export function sendToRelay(address: string, time: Time): Send {
  return async (request) => {
    const watch = watchSilence(time);
    const isUpload = request.body instanceof Uint8Array;
    watch.allow(isUpload ? uploadMs : silenceMs);
    try {
      const response = await fetch(`${address}${request.path}`, optionsOf(request, watch.signal));
      watch.allow(silenceMs);
      return readable(response, watch);
    } catch {
      throw watch.end();
    }
  };
}

interface SilenceWatch {
  readonly signal: AbortSignal;
  /** Allows this much silence from now on. */
  allow(durationMs: number): void;
  /** Stops watching; gives what the silence is called. */
  end(): RelaySilence;
}

function watchSilence(time: Time): SilenceWatch {
  const controller = new AbortController();
  let stop: () => void = () => undefined;
  return {
    signal: controller.signal,
    allow: (durationMs) => {
      stop();
      stop = time.wait(durationMs, () => controller.abort());
    },
    end: () => {
      stop();
      return new RelaySilence(controller.signal.aborted ? "slow" : "gone");
    },
  };
}

function optionsOf({ method, headers, body }: RelayRequest, signal: AbortSignal): RequestInit {
  const sent = body instanceof Uint8Array ? new Uint8Array(body) : body;
  // No cookies, no cache and no redirects: what answers is the relay itself, each time.
  const options = { method, headers, signal, credentials: "omit", redirect: "error" } as const;
  return { ...options, cache: "no-store", ...(sent !== null && { body: sent }) };
}

function readable(response: Response, watch: SilenceWatch): RelayResponse {
  const whole = async <Value>(read: () => Promise<Value>): Promise<Value> => {
    try {
      const value = await read();
      watch.end();
      return value;
    } catch {
      throw watch.end();
    }
  };
  return {
    status: response.status,
    text: () => whole(() => response.text()),
    bytes: () => whole(() => readBytes(response, watch)),
    pieces: () => readPieces(response, watch),
  };
}

async function readBytes(response: Response, watch: SilenceWatch): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bodyOf(response)) {
    watch.allow(silenceMs);
    pieces.push(piece);
  }
  const bytes = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function* readPieces(response: Response, watch: SilenceWatch): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    watch.allow(streamSilenceMs);
    for await (const bytes of bodyOf(response)) {
      watch.allow(streamSilenceMs);
      yield decoder.decode(bytes, { stream: true });
    }
  } catch {
    throw watch.end();
  } finally {
    watch.end();
  }
}

/** A stream's pieces by its reader: Safari cannot iterate streams. */
async function* bodyOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
