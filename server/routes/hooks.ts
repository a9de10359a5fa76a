import type { Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import { routeRules } from "../route-rules.ts";
import { receiveHook } from "../run/receive-hook.ts";
import type { RunParts } from "../run/run-parts.ts";

const { maxBodyBytes } = routeRules.hook;

/**
 * Takes a provider's webhook. A secret that was not made here, a signature that does not hold, one that
 * is too old, a team that is gone: all of them hear what an unknown route does.
 */
export function hook(parts: RunParts): Handler<"hook"> {
  return async ({ path, header, stream }) => {
    const isTaken = await receiveHook(parts, {
      provider: path["provider"] ?? "",
      secret: path["secret"] ?? "",
      header,
      readBody: () => readAll(stream),
    });
    if (!isTaken) throw new Refusal("not-found", "There is no such route.");
    return {};
  };
}

/** The bytes as they were sent; the signature is over them and nothing else. */
async function readAll(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of stream ?? []) {
    bytes += piece.length;
    if (bytes > maxBodyBytes) {
      throw new Refusal("too-large", `The body is larger than ${maxBodyBytes} bytes.`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
