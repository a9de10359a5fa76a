import { createCommandClient, type CommandClient } from "#domain/command-client";
import type { Time } from "../background/background.ts";
import { createRelayClient, RelayRefusal, type RelayClient } from "#domain/relay-client";
import type { NumberedEvent } from "#domain/run-event";
import { browserTime } from "../browser-time.ts";
import { sendToRelay } from "../send-to-relay.ts";
import { RelaySilence } from "../session/relay-trouble.ts";

/** The relay that served this page, as whoever signed in may ask it. */
export interface PageRelay extends Pick<RelayClient, "call">, CommandClient {
  /** The events of a run behind number `after`, until the stream ends; it ends at once when `left` says so. */
  readonly events: (run: string, after: number, left: AbortSignal) => AsyncIterable<NumberedEvent>;
}

/** Under this name a console stands among a member's devices. */
const deviceName = "Console";

const send = sendToRelay(location.origin, browserTime);

/** The relay for a token. */
export function openRelay(token: string): PageRelay {
  const client = createRelayClient(send, token);
  return {
    ...createCommandClient(send, token),
    call: (name, options) => client.call(name, options),
    events: (run, after, left) => {
      const sendUntilLeft = sendToRelay(location.origin, patientUntil(left));
      return createRelayClient(sendUntilLeft, token).events(run, after);
    },
  };
}

/** Every wait is over when somebody has left: a stream that was waited for is then given up. */
function patientUntil(left: AbortSignal): Time {
  return {
    ...browserTime,
    wait: (durationMs, then) => {
      const stop = browserTime.wait(durationMs, then);
      left.addEventListener("abort", then, { once: true });
      return () => {
        stop();
        left.removeEventListener("abort", then);
      };
    },
  };
}

/** Exchanges a pairing code for a token. Throws RelayRefusal or RelaySilence. */
export async function pairPage(code: string): Promise<string> {
  const body = { code, device: deviceName };
  return (await createRelayClient(send, null).call("pair", { body })).token;
}

/** What went wrong with a request, in a sentence for a person. */
export function sentenceOf(error: unknown): string {
  if (error instanceof RelayRefusal) return error.message;
  if (!(error instanceof RelaySilence)) {
    return "The relay answers in another version than this page's. Load the page again.";
  }
  return error.kind === "slow"
    ? "The relay takes too long to answer. Try again in a moment."
    : "The relay does not answer. Start it with “npm start”, then try again.";
}

/** Whether the relay does not take the token: this page has to sign in again. */
export function isSignedOut(error: unknown): boolean {
  return (
    error instanceof RelayRefusal &&
    (error.code === "token-invalid" || error.code === "token-missing")
  );
}

/** Whether the relay says that only an owner may do that. */
export function isOwnersAlone(error: unknown): boolean {
  return error instanceof RelayRefusal && error.code === "not-allowed";
}
