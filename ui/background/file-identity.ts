import { signal, type ReadonlySignal } from "@preact/signals-core";
import {
  readDocumentRecord,
  settleDocument,
  startFresh,
  writeDocumentRecord,
  type DocumentRecord,
} from "#domain/document-record";
import type { RelayClient } from "#domain/relay-client";
import { makeWellFormed } from "#domain/well-formed";
import type { BackgroundParts } from "./background.ts";

/** The file's identity for the relay, and whether this is the one file that keeps it. */
export interface FileIdentity {
  readonly file: ReadonlySignal<string | null>;
  /**
   * Shows the relay what the file's root says. The file's id while results may be placed here; null
   * while they may not: another file was opened under the same id, or this person may not edit.
   */
  readonly enter: (relay: RelayClient) => Promise<string | null>;
  readonly stop: () => void;
}

/** How long another session's write into the root may take to arrive (figma-platform.md 11.4). */
const catchUpMs = 10_000;
const noticeKey = "file-identity";

/**
 * Settles which file this is. `changed` is called when another try to enter makes sense. The root is
 * written before the relay is asked: who cannot write it must use up no generation, or everybody
 * else's root would look old.
 */
export function createFileIdentity(parts: BackgroundParts, changed: () => void): FileIdentity {
  const identity = new Identity(parts, changed);
  const stopHearing = parts.channel.hear("document", ({ record }) => {
    identity.hear(record);
  });
  return {
    file: identity.file,
    enter: (relay) => identity.enter(relay),
    stop: () => {
      stopHearing();
      identity.callOff();
    },
  };
}

class Identity {
  readonly file = signal<string | null>(null);
  callOff: () => void = () => undefined;
  readonly #parts: BackgroundParts;
  readonly #changed: () => void;
  #stored: string;
  /**
   * The newest record that this file's root is known to have had: a person's Undo takes back what was
   * written into the root, and makes this no other file.
   */
  #newest: DocumentRecord | null = null;
  #canWrite = false;
  #answer: "keep" | "fresh" | null = null;
  #behindSinceMs: number | null = null;

  constructor(parts: BackgroundParts, changed: () => void) {
    this.#parts = parts;
    this.#changed = changed;
    this.#stored = parts.hello.document.record;
    this.#note();
  }

  hear(record: string): void {
    if (record === this.#stored) return;
    this.#stored = record;
    this.#note();
    this.#changed();
  }

  #note(): void {
    const stored = readDocumentRecord(this.#stored);
    if (stored === null || stored === "newer") return;
    const gen = stored.docId === this.#newest?.docId ? this.#newest.gen : 0;
    this.#newest = { ...stored, gen: Math.max(gen, stored.gen) };
  }

  async enter(relay: RelayClient): Promise<string | null> {
    let record = await this.#settle();
    if (record && this.#answer === "keep") record = await this.#keep(relay, record);
    if (!record) return null;
    const verdict = await relay.call("fileOpen", { body: standOf(this.#parts, record) });
    if (verdict.verdict === "behind") {
      this.#wait(verdict.name);
      return null;
    }
    this.#behindSinceMs = null;
    this.callOff();
    this.#parts.unsay(noticeKey);
    if (!(await this.#write({ ...record, gen: verdict.generation }))) return null;
    this.file.value = record.docId;
    return record.docId;
  }

  /** The record that the root has, or has from now on; null where nothing can be settled. */
  async #settle(): Promise<DocumentRecord | null> {
    const { hello, newId, isReadOnly, say } = this.#parts;
    const { fileKey } = hello.document;
    if (readDocumentRecord(this.#stored) === "newer") {
      say(newerNotice);
      return null;
    }
    const known = this.#newest;
    const isFresh = known !== null && this.#answer === "fresh";
    const wanted = isFresh
      ? startFresh(known, fileKey, newId)
      : settleDocument(known, fileKey, newId);
    if (isReadOnly.peek() || !(await this.#write(wanted))) {
      this.file.value = known?.docId ?? null;
      return null;
    }
    if (this.#answer === "fresh") this.#answer = null;
    return wanted;
  }

  async #keep(relay: RelayClient, record: DocumentRecord): Promise<DocumentRecord | null> {
    const { generation } = await relay.call("fileKeep", { body: standOf(this.#parts, record) });
    this.#answer = null;
    const kept = { ...record, gen: generation };
    return (await this.#write(kept)) ? kept : null;
  }

  /** Writes the root unless it says so already; the first time in any case, to learn whether it can. */
  async #write(record: DocumentRecord): Promise<boolean> {
    const value = writeDocumentRecord(record);
    if (value === this.#stored && this.#canWrite) return true;
    const { isWritten } = await this.#parts.channel.ask("writeDocumentRecord", { value });
    this.#canWrite = isWritten;
    if (isWritten) {
      this.#stored = value;
      this.#note();
    } else this.#parts.markReadOnly();
    return isWritten;
  }

  /** Another session's write may still be on its way; after a while only a person can tell. */
  #wait(name: string): void {
    const { time, say } = this.#parts;
    this.#behindSinceMs ??= time.nowMs();
    const leftMs = this.#behindSinceMs + catchUpMs - time.nowMs();
    this.callOff();
    if (leftMs > 0) {
      this.callOff = time.wait(leftMs, this.#changed);
      return;
    }
    const decide = (answer: "keep" | "fresh") => () => {
      this.#answer = answer;
      this.#changed();
    };
    say({
      key: noticeKey,
      kind: "warning",
      text: `This file shares its Spaces history with "${name}", which was opened later. Results are placed in one of the two only. Keep the history in this file, or start fresh here?`,
      actions: [
        { label: "Keep it here", act: decide("keep") },
        { label: "Start fresh here", act: decide("fresh") },
      ],
      isDismissable: false,
    });
  }
}

const newerNotice = {
  key: noticeKey,
  kind: "warning",
  text: "This file was last used with a newer version of Spaces. Update the plugin to run its flows.",
  actions: [],
  isDismissable: true,
} as const;

function standOf({ hello, session }: BackgroundParts, { docId, gen }: DocumentRecord) {
  const { name, fileKey } = hello.document;
  return {
    file: docId,
    generation: gen,
    name: makeWellFormed(name.slice(0, 1_000)),
    fileKey,
    session,
  };
}
