import type { AnswerOf, PanelEnd } from "#domain/channel";
import type { RelayClient } from "#domain/relay-client";
import type { Background } from "../background/background.ts";
import type { FlowFacts } from "./flow-facts.ts";
import type { KnownVersions } from "./known-versions.ts";
import type { LayerEdits } from "./layer-edits.ts";
import type { Notices } from "./notices.ts";
import type { PageParts } from "./session-parts.ts";

/** What everything that a person does works with. The functions tell how things are now. */
export interface ActionContext {
  readonly channel: PanelEnd;
  readonly editor: () => AnswerOf<"hello">["editor"];
  readonly edits: LayerEdits;
  readonly notices: Notices;
  readonly page: PageParts;
  readonly versions: KnownVersions;
  readonly newId: () => string;
  readonly session: string;
  readonly facts: () => FlowFacts | null;
  readonly selection: () => readonly string[];
  readonly relay: () => RelayClient | null;
  readonly background: () => Background | null;
}

/** Something that could not be done, in a sentence for people. */
export class Hindrance extends Error {
  override readonly name = "Hindrance";
}

/** The facts, or a hindrance while the page is not read yet. */
export function factsOf(context: ActionContext): FlowFacts {
  const facts = context.facts();
  if (!facts) throw new Hindrance("The page is still being read. Try again in a moment.");
  return facts;
}

/** The relay, or a hindrance while there is none. */
export function reached(relay: RelayClient | null): RelayClient {
  if (relay) return relay;
  throw new Hindrance("The relay cannot be reached now. Try again when it is back.");
}

/** The relay and the file's id there, or a hindrance while there is none. */
export function relayOf(context: ActionContext): { relay: RelayClient; file: string } {
  const relay = reached(context.relay());
  const file = context.background()?.file.peek() ?? null;
  if (file === null) {
    throw new Hindrance("The relay does not know this file yet. Try again in a moment.");
  }
  return { relay, file };
}
