import { UsageError } from "./arguments.ts";
import type { CommandClient } from "#domain/command-client";
import type { Command } from "./command.ts";
import { withRelay } from "./open-relay.ts";
import type { Terminal } from "./terminal.ts";

/** `spaces keys` */
export const keysCommand: Command = {
  usage: ["[list]", "set PROVIDER | remove PROVIDER | test PROVIDER"],
  does: [
    "Which providers have a key: its last four characters and when it was set. Sets a key, typed",
    "without being shown or piped in; takes it away; tries it without cost.",
  ],
  run: (words, { env, process, terminal }) =>
    withRelay(env, process, ({ commands }) => manageKeys(words, commands, terminal)),
};

/** Does what the words say and answers the exit code. Throws UsageError, or one sentence of the relay's. */
export async function manageKeys(
  words: readonly string[],
  client: CommandClient,
  terminal: Terminal,
): Promise<number> {
  const [what = "list", provider, ...more] = words;
  if (more.length > 0) {
    // It may have been the key: it is not repeated.
    throw new UsageError(
      "A key is not an argument, which others on this machine can see: type it when asked, or pipe it in.",
    );
  }
  if (what === "list" && provider === undefined) return list(client, terminal);
  if (provider === undefined) throw new UsageError("Name a provider, such as openai.");
  switch (what) {
    case "set":
      return set(provider, client, terminal);
    case "remove":
      return remove(provider, client, terminal);
    case "test":
      return tryOne(provider, client, terminal);
    default:
      throw new UsageError("After keys comes list, set, remove or test.");
  }
}

async function list(client: CommandClient, { print }: Terminal): Promise<number> {
  const { keys } = await client.command("keys", { body: undefined });
  for (const { provider, from, lastFour, setAtMs, variable } of keys) {
    const name = provider.padEnd(12);
    if (from === null) print(`${name} no key         spaces keys set ${provider}, or ${variable}`);
    else if (from === "environment")
      print(`${name} ends in ${lastFour ?? ""}   from the environment`);
    else
      print(
        `${name} ends in ${lastFour ?? ""}   set ${new Date(setAtMs ?? 0).toISOString().slice(0, 10)}`,
      );
  }
  return 0;
}

async function set(provider: string, client: CommandClient, terminal: Terminal): Promise<number> {
  const { keys } = await client.command("keys", { body: undefined });
  const known = keys.find((each) => each.provider === provider);
  if (!known) {
    const all = keys.map((each) => each.provider).join(", ");
    throw new UsageError(`There is no such provider; there are: ${all}.`);
  }
  const key = await terminal.readSecret(`Key for ${known.title} (not shown): `);
  const shown = await client.command("keySet", { path: { provider }, body: { key } });
  if (shown.from === "environment") {
    terminal.print(`Set. ${shown.variable} of the relay's environment wins while it is there.`);
  } else
    terminal.print(
      `Set: ${shown.title}, ends in ${shown.lastFour ?? ""}. It cannot be shown again.`,
    );
  return 0;
}

async function remove(
  provider: string,
  client: CommandClient,
  { print }: Terminal,
): Promise<number> {
  const shown = await client.command("keyRemove", { path: { provider }, body: {} });
  print(
    shown.from === "environment"
      ? `Removed. ${shown.title} still has the one of the relay's environment.`
      : `Removed. The relay has no key for ${shown.title} any more.`,
  );
  return 0;
}

async function tryOne(
  provider: string,
  client: CommandClient,
  { print }: Terminal,
): Promise<number> {
  const { outcome, sentence } = await client.command("keyTry", { path: { provider }, body: {} });
  print(sentence);
  return outcome === "good" ? 0 : 1;
}
