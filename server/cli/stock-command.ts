import { parseArgs } from "node:util";
import type { RelayClient } from "#domain/relay-client";
import { stockColors, stockKinds, stockOrientations } from "#domain/stock-routes";
import { UsageError } from "./arguments.ts";
import type { Command } from "./command.ts";
import { alignColumns } from "./format-table.ts";
import { withRelay } from "./open-relay.ts";
import type { Terminal } from "./terminal.ts";

/** `spaces stock` */
export const stockCommand: Command = {
  usage: [
    "WORDS [--from PROVIDER] [--page N]",
    `[--kind ${stockKinds.join("|")}] [--orientation ${stockOrientations.join("|")}]`,
    `[--color ${stockColors.join("|")}]`,
    "take PROVIDER ID",
  ],
  does: ["Searches a stock library; takes a picture of one into the relay, with its credit."],
  run: (words, { env, process, terminal }) =>
    withRelay(env, process, ({ client }) => useStock(words, client, terminal)),
};

/** Does what the words say and answers the exit code. Throws UsageError, or one sentence of the relay's. */
export async function useStock(
  words: readonly string[],
  client: RelayClient,
  { print }: Pick<Terminal, "print">,
): Promise<number> {
  const { values, positionals } = parse(words);
  const [first, provider, id, ...more] = positionals;
  if (first === "take") {
    if (provider === undefined || id === undefined || more.length > 0) {
      throw new UsageError("After stock take come a provider and the id of a picture.");
    }
    const body = { provider, id };
    const { asset, credit } = await client.call("stockTake", { body });
    const size = asset.widthPx === null ? "" : `, ${asset.widthPx} x ${asset.heightPx ?? 0} px`;
    print(`Taken: ${asset.mediaType}${size}, asset ${asset.hash}`);
    print(`${credit.line}. ${credit.licence}. ${credit.pageUrl}`);
    return 0;
  }
  if (first === undefined) throw new UsageError("Say what to search for.");
  const { from, ...filters } = values;
  const query = { query: positionals.join(" "), ...filters, ...(from && { provider: from }) };
  const found = await client.call("stockSearch", { query, body: undefined });
  if (found.pictures.length === 0) print("Nothing was found.");
  const rows = found.pictures.map(({ id: own, kind, widthPx, heightPx, author, title }) => [
    own,
    kind,
    widthPx === null || heightPx === null ? "" : `${widthPx} x ${heightPx}`,
    `by ${author.name}`,
    title,
  ]);
  for (const line of alignColumns(rows)) print(line);
  const next = found.hasMore ? ` More with --page ${found.page + 1}.` : "";
  print(`${found.notice.text}, ${found.notice.url}.${next}`);
  return 0;
}

function parse(words: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { from: text, page: text, kind: text, orientation: text, color: text };
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options });
  } catch (error) {
    const said = error instanceof Error ? (error.message.split(". ")[0] ?? "") : "";
    throw new UsageError(`${said}.`);
  }
}
