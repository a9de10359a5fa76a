import type { Readable } from "node:stream";

/** Where a person types: a terminal has a raw mode, in which nothing typed is shown. */
export interface SecretSource {
  readonly input: Readable & {
    readonly isTTY?: boolean;
    setRawMode?(isRaw: boolean): unknown;
  };
  readonly write: (text: string) => void;
}

/** No key is longer. */
const mostCharacters = 8_000;
const enter = /[\r\n\u0004]/;

/**
 * Reads a secret: typed into a terminal without being shown, or from what is piped in. Never from an
 * argument, which every user of the machine could see. Throws one sentence when it is broken off.
 */
export async function readSecret(
  { input, write }: SecretSource,
  question: string,
): Promise<string> {
  if (input.isTTY !== true) return readWhole(input);
  write(question);
  input.setRawMode?.(true);
  try {
    return await readTyped(input);
  } finally {
    input.setRawMode?.(false);
    input.pause();
    write("\n");
  }
}

async function readWhole(input: Readable): Promise<string> {
  let text = "";
  for await (const piece of input as AsyncIterable<Buffer | string>) {
    text += piece.toString();
    if (text.length > mostCharacters) throw new Error("That is too long for a key.");
  }
  return text.trim();
}

function readTyped(input: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const take = (piece: Buffer | string) => {
      for (const character of piece.toString()) {
        if (character === "\u0003") {
          end(() => reject(new Error("Stopped; nothing was set.")));
          return;
        }
        if (enter.test(character)) {
          end(() => resolve(text.trim()));
          return;
        }
        if (character === "\u007f" || character === "\b") text = text.slice(0, -1);
        else if (text.length < mostCharacters) text += character;
      }
    };
    const close = () => end(() => reject(new Error("Stopped; nothing was set.")));
    const end = (then: () => void) => {
      input.off("data", take);
      input.off("end", close);
      then();
    };
    input.on("data", take);
    input.once("end", close);
  });
}
