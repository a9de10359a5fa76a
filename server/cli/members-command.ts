import { UsageError } from "./arguments.ts";
import type { CommandClient } from "#domain/command-client";
import type { Command } from "./command.ts";
import { withRelay } from "./open-relay.ts";
import type { Terminal } from "./terminal.ts";

/** `spaces members` */
export const membersCommand: Command = {
  usage: ["[list] | remove NAME"],
  does: ["Who may use the relay; takes somebody out, whose devices get in no more."],
  run: (words, { env, process, terminal }) => {
    const [what = "list", name, ...more] = words;
    const isList = what === "list" && name === undefined;
    if (!isList && (what !== "remove" || name === undefined || more.length > 0)) {
      throw new UsageError("After members comes list, or remove and a name.");
    }
    return withRelay(env, process, ({ commands }) =>
      isList ? list(commands, terminal) : remove(commands, terminal, name ?? ""),
    );
  },
};

async function list(client: CommandClient, { print }: Terminal): Promise<number> {
  const { members } = await client.command("members", { body: undefined });
  for (const { name, role, devices, lastUsedAtMs } of members) {
    const day = lastUsedAtMs === null ? "" : new Date(lastUsedAtMs).toISOString().slice(0, 10);
    const used = lastUsedAtMs === null ? "not paired" : `last used ${day}`;
    print(
      `${name.padEnd(20)} ${role.padEnd(6)} ${devices} device${devices === 1 ? "" : "s"}, ${used}`,
    );
  }
  return 0;
}

async function remove(client: CommandClient, { print }: Terminal, name: string): Promise<number> {
  await client.command("memberRemove", { path: { name }, body: {} });
  print(`${name} is out: no device of theirs gets in any more. What they ran stays.`);
  return 0;
}
