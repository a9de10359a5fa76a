import type { CommandClient } from "#domain/command-client";
import type { Command } from "./command.ts";
import { withRelay } from "./open-relay.ts";
import type { Terminal } from "./terminal.ts";

/** `spaces rekey` */
export const rekeyCommand: Command = {
  usage: [],
  does: ["Seals every key under a new data key; asked again, it finishes what was broken off."],
  run: (_words, { env, process, terminal }) =>
    withRelay(env, process, ({ commands }) => resealKeys(commands, terminal)),
};

/** Seals every key anew and answers the exit code: 1 while some cannot be opened. */
export async function resealKeys(
  client: CommandClient,
  terminal: Pick<Terminal, "print">,
): Promise<number> {
  const { version, sealedAnew, unreadable } = await client.command("keysReseal", { body: {} });
  terminal.print(`Every key is sealed under data key ${version}; ${sealedAnew} were sealed anew.`);
  if (unreadable === 0) return 0;
  terminal.print(`${unreadable} could not be opened with any data key there is: set them again.`);
  return 1;
}
