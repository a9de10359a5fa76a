import type { Command } from "./command.ts";
import { withRelay } from "./open-relay.ts";

/** `spaces unshare` */
export const unshareCommand: Command = {
  usage: [],
  does: ["Ends every link to a result that was given out, on the canvas as well."],
  run: (_words, { env, process, terminal }) =>
    withRelay(env, process, async ({ commands }) => {
      await commands.command("sharesEnd", { body: {} });
      terminal.print(
        "No link that was given out until now opens any more. New results get new links.",
      );
      return 0;
    }),
};
