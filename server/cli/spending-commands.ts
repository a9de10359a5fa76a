import { parseArgs } from "node:util";
import {
  amountOf,
  bareAmountOf,
  capKindSchema,
  readAmount,
  type Cap,
  type Capped,
  type CapUnit,
} from "#domain/cap";
import { formatDollars } from "#domain/cost";
import type { UsageRow } from "#domain/usage";
import { formatUsageCsv, usageCells, usageColumns } from "#domain/usage-table";
import { UsageError } from "./arguments.ts";
import type { CommandClient } from "#domain/command-client";
import type { Command } from "./command.ts";
import { alignColumns } from "./format-table.ts";
import { withRelay } from "./open-relay.ts";
import type { Terminal } from "./terminal.ts";

/** `spaces usage` */
export const usageCommand: Command = {
  usage: ["[--from YYYY-MM-DD] [--to YYYY-MM-DD] [--csv]"],
  does: ["What was spent, by month (UTC), member, file and model; this month unless told."],
  run: (words, { env, process, terminal }) =>
    withRelay(env, process, ({ commands }) => showUsage(words, commands, terminal)),
};

/** `spaces cap` */
export const capCommand: Command = {
  usage: ["team AMOUNT|none | member NAME AMOUNT|none | file ID AMOUNT|none [--dollars]"],
  does: [
    "Sets or ends the most that is spent in a calendar month (UTC), in credits, or with --dollars of what",
    "providers take on the team's own accounts.",
  ],
  run: (words, { env, process, terminal }) =>
    withRelay(env, process, ({ commands }) => setCap(words, commands, terminal)),
};

/** `spaces caps` */
export const capsCommand: Command = {
  usage: [],
  does: ["The caps that there are, and what is left of each this month."],
  run: (_words, { env, process, terminal }) =>
    withRelay(env, process, ({ commands }) => showCaps(commands, terminal)),
};

/** `spaces confirm-above` */
export const confirmAboveCommand: Command = {
  usage: ["AMOUNT [--dollars]"],
  does: ["The price above which a run is confirmed twice; 500 credits or $5 until it is set."],
  run: (words, { env, process, terminal }) =>
    withRelay(env, process, ({ commands }) => setConfirmAbove(words, commands, terminal)),
};

/** Where lines go; `write` takes text as it is. */
export type Output = Pick<Terminal, "print" | "write">;

/** `spaces cap team|member NAME|file ID AMOUNT|none [--dollars]`: sets or ends a cap by month. */
export async function setCap(
  words: readonly string[],
  client: CommandClient,
  { print }: Output,
): Promise<number> {
  const { unit, words: plain } = readUnit(words);
  const kind = capKindSchema.safeParse(plain[0]);
  const rest = plain.slice(1);
  const [name, amount] = kind.data === "team" ? ["", rest[0]] : rest;
  const count = kind.data === "team" ? 1 : 2;
  if (!kind.success || amount === undefined || rest.length !== count) {
    throw new UsageError("Say whom to cap: team AMOUNT, member NAME AMOUNT or file ID AMOUNT.");
  }
  const most = amount === "none" ? null : readMost(unit, amount);
  const capped: Capped = { kind: kind.data, name, unit };
  await client.command("capSet", { body: { ...capped, most } });
  const who = nameOf(capped);
  const none = unit === "credits" ? "no cap" : "no cap in dollars";
  print(
    most === null ? `${who}: ${none}.` : `${who}: at most ${amountOf(unit, most)} a month (UTC).`,
  );
  return 0;
}

/** `spaces caps`: the caps that there are, and what is left of each this month. */
export async function showCaps(client: CommandClient, { print }: Output): Promise<number> {
  const { caps, confirmAbove } = await client.command("caps", { body: undefined });
  if (caps.length === 0) print("There are no caps.");
  const head = ["Cap", "A month", "Paid and held", "Left"];
  if (caps.length > 0) for (const line of alignColumns([head, ...caps.map(rowOfCap)])) print(line);
  const above = `${confirmAbove.credits} credits or ${formatDollars(confirmAbove.microDollars)}`;
  print(`A run that may cost more than ${above} is confirmed twice.`);
  return 0;
}

/** `spaces confirm-above AMOUNT [--dollars]`: the price above which a run is confirmed twice. */
export async function setConfirmAbove(
  words: readonly string[],
  client: CommandClient,
  { print }: Output,
): Promise<number> {
  const { unit, words: plain } = readUnit(words);
  const [amount] = plain;
  if (amount === undefined || plain.length > 1) throw new UsageError("Name one amount.");
  const most = readMost(unit, amount);
  await client.command("confirmAboveSet", { body: { unit, most } });
  print(`A run that may cost more than ${amountOf(unit, most)} is confirmed twice from now on.`);
  return 0;
}

/** `spaces usage [--from DAY] [--to DAY] [--csv]`: what was spent, by month, member, file and model. */
export async function showUsage(
  words: readonly string[],
  client: CommandClient,
  { print, write }: Output,
): Promise<number> {
  const { from, to, csv } = readUsageArguments(words);
  const query = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const { rows } = await client.command("usage", { query, body: undefined });
  if (csv === true) {
    write(formatUsageCsv(rows));
    return 0;
  }
  if (rows.length === 0) {
    print("Nothing was spent in that time.");
    return 0;
  }
  // Who is not the owner is shown no loss, and no column for it.
  const head = rows.every(({ houseLoss }) => houseLoss === null)
    ? [...tableHead.slice(0, -1), ""]
    : tableHead;
  for (const line of alignColumns([head, ...rows.map(usageCells), totalOf(rows)])) print(line);
  return 0;
}

function readUsageArguments(words: readonly string[]) {
  try {
    const options = {
      from: { type: "string" },
      to: { type: "string" },
      csv: { type: "boolean" },
    } as const;
    return parseArgs({ args: [...words], options }).values;
  } catch {
    throw new UsageError("usage takes --from YYYY-MM-DD, --to YYYY-MM-DD and --csv.");
  }
}

function readUnit(words: readonly string[]): { unit: CapUnit; words: string[] } {
  const plain = words.filter((word) => word !== "--dollars");
  return { unit: plain.length < words.length ? "microDollars" : "credits", words: plain };
}

function readMost(unit: CapUnit, word: string): number {
  const most = readAmount(unit, word);
  if (typeof most === "string") throw new UsageError(most);
  return most;
}

function nameOf({ kind, name }: Pick<Capped, "kind" | "name">): string {
  return kind === "team" ? "The team" : `The ${kind} ${name}`;
}

function rowOfCap(cap: Cap): string[] {
  const left = Math.max(0, cap.most - cap.used);
  return [
    nameOf(cap),
    ...[cap.most, cap.used, left].map((amount) => bareAmountOf(cap.unit, amount)),
  ];
}

const tableHead = usageColumns.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`);

/** The runs are left out: a run of two models is in two rows. */
function totalOf(rows: readonly UsageRow[]): string[] {
  const sum = (count: (row: UsageRow) => number) =>
    String(rows.reduce((total, row) => total + count(row), 0));
  const isLossShown = rows.every(({ houseLoss }) => houseLoss !== null);
  return [
    ...["Total", "", "", "", "", ""],
    sum(({ calls }) => calls),
    sum(({ credits }) => credits),
    String(rows.reduce((total, { microDollars }) => total + microDollars, 0) / 1e6),
    sum(({ refunded }) => refunded),
    isLossShown ? sum(({ houseLoss }) => houseLoss ?? 0) : "",
  ];
}
