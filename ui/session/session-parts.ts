import type { PanelEnd } from "#domain/channel";
import type { Send } from "#domain/relay-client";
import type { Background, BackgroundParts, Time } from "../background/background.ts";

/** What the page around the panel does for it. */
export interface PageParts {
  /** An address under which the page can show these bytes, until it is dropped. */
  readonly makeUrl: (bytes: Uint8Array, mediaType: string) => string;
  readonly dropUrl: (url: string) => void;
  /** Gives a person a file. */
  readonly saveFile: (name: string, bytes: Uint8Array, mediaType: string) => void;
  /** Whether the browser may keep this page from programs on the same computer. */
  readonly isLocalBlocked: () => Promise<boolean>;
}

/** Everything that a session is given; nothing else of the outside is known to it. */
export interface SessionParts {
  readonly channel: PanelEnd;
  /** How requests reach the relay at an address. */
  readonly sendTo: (address: string) => Send;
  readonly time: Time;
  /** A new id that nobody can guess, of 32 hexadecimal digits. */
  readonly newId: () => string;
  readonly page: PageParts;
  readonly startBackground: (parts: BackgroundParts) => Background;
  readonly version: string;
}
