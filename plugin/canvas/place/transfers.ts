import type { AnswerOf, AskOf } from "#domain/channel";
import { bytesPerSlice } from "#domain/message-parts";
import { Refusal } from "../refusal.ts";

/** The most that Figma takes for one video (figma-platform.md 4.3), and what we keep at a time. */
const mostBytes = 100 * 1024 * 1024;
const mostBytesInAll = 2 * mostBytes;

/** Bytes that wait for their turn; `received` of them are here. */
interface Transfer {
  readonly bytes: Uint8Array;
  received: number;
}

const transfers = new Map<string, Transfer>();
let lastKept = 0;

/** Keeps bytes to be read slice by slice until they are dropped; gives the name to ask for them by. */
export function keepBytes(bytes: Uint8Array): string {
  lastKept += 1;
  const name = `canvas-${lastKept}`;
  makeRoom(name, bytes.length);
  transfers.set(name, { bytes, received: bytes.length });
  return name;
}

/** The bytes of a transfer that has arrived as a whole; null before that and after it was dropped. */
export function bytesOf(name: string): Uint8Array | null {
  const transfer = transfers.get(name);
  return transfer && transfer.received === transfer.bytes.length ? transfer.bytes : null;
}

/** Takes the next slice of a transfer; slices come in their order, and a first one begins anew. */
export function sendSlice(ask: AskOf<"sendSlice">): AnswerOf<"sendSlice"> {
  const { transfer: name, from, size, bytes } = ask;
  if (from === 0) {
    transfers.delete(name);
    makeRoom(name, size);
    transfers.set(name, { bytes: new Uint8Array(size), received: 0 });
  }
  const transfer = transfers.get(name);
  const fits = transfer?.received === from && from + bytes.length <= transfer.bytes.length;
  if (!transfer || !fits || transfer.bytes.length !== size) {
    transfers.delete(name);
    throw new Refusal("The file reached the canvas out of order. Try again.");
  }
  transfer.bytes.set(bytes, from);
  transfer.received += bytes.length;
  return {};
}

/** The next bytes of a transfer, as many as one message carries; none behind its end. */
export function readSlice({ transfer, from }: AskOf<"readSlice">): AnswerOf<"readSlice"> {
  const bytes = bytesOf(transfer);
  if (!bytes) throw new Refusal("The file is no longer here. Ask for it again.");
  return { bytes: bytes.slice(from, from + bytesPerSlice) };
}

/** Lets a transfer go; an unknown one was let go before. */
export function dropTransfer({ transfer }: AskOf<"dropTransfer">): AnswerOf<"dropTransfer"> {
  transfers.delete(transfer);
  return {};
}

function makeRoom(name: string, size: number): void {
  if (size < 0 || size > mostBytes) {
    throw new Refusal("The file is larger than 100 MB, the most that Figma takes.");
  }
  let inAll = size;
  for (const [other, { bytes }] of transfers) if (other !== name) inAll += bytes.length;
  if (inAll > mostBytesInAll) {
    throw new Refusal("Too many files are on their way to the canvas. Try again in a moment.");
  }
}
