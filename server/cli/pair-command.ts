import { parseArgs } from "node:util";
import { memberNameSchema } from "#domain/member-routes";
import { UsageError } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withRelay } from "./open-relay.ts";

/** `spaces pair` */
export const pairCommand: Command = {
  usage: ["NAME [--owner]"],
  does: ["Makes somebody a member of the relay that runs, and shows a pairing code for them."],
  run: (words, { env, process, terminal }) => {
    const { name, role } = readArguments(words);
    return withRelay(env, process, async ({ commands, isOwn }) => {
      if (isOwn) {
        throw new Error("The relay does not run. Start it first: its codes are good for minutes.");
      }
      const { code } = await commands.command("memberInvite", { body: { name, role } });
      terminal.print(`Pairing code  ${code.slice(0, 4)}-${code.slice(4)}`);
      terminal.print(`For ${name}, once, within five minutes; an earlier code ends by it.`);
      return 0;
    });
  },
};

function readArguments(words: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    strict: false,
    options: { owner: { type: "boolean" } },
  });
  const unknown = Object.keys(values).find((option) => option !== "owner");
  if (unknown !== undefined) throw new UsageError(`There is no option --${unknown}.`);
  const [word, ...more] = positionals;
  const name = memberNameSchema.safeParse(word);
  if (!name.success || more.length > 0) throw new UsageError("Name one member, as in: pair Ana.");
  return { name: name.data, role: values.owner ? ("owner" as const) : ("member" as const) };
}
