import { parseArgs } from "node:util";
import { capKindSchema, type Cap, type Capped } from "#domain/cap";
import type { UsageRow } from "#domain/usage";
import { readCredits, UsageError } from "./arguments.ts";
import type { CommandClient } from "./command-client.ts";
import type { Command } from "./command.ts";
import { alignColumns, formatCsv } from "./format-table.ts";
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
  usage: ["team CREDITS|none | member NAME CREDITS|none | file ID CREDITS|none"],
  does: ["Sets or ends the most that is spent in a calendar month (UTC)."],
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
  usage: ["CREDITS"],
  does: ["The price above which a run is confirmed twice; 500 until it is set."],
  run: (words, { env, process, terminal }) =>
    withRelay(env, process, ({ commands }) => setConfirmAbove(words, commands, terminal)),
};

/** Where lines go; `write` takes text as it is. */
export type Output = Pick<Terminal, "print" | "write">;

/** `spaces cap team|member NAME|file ID CREDITS|none`: sets or ends a cap by month. */
export async function setCap(
  words: readonly string[],
  client: CommandClient,
  { print }: Output,
): Promise<number> {
  const kind = capKindSchema.safeParse(words[0]);
  const rest = words.slice(1);
  const [name, amount] = kind.data === "team" ? ["", rest[0]] : rest;
  const count = kind.data === "team" ? 1 : 2;
  if (!kind.success || amount === undefined || rest.length !== count) {
    throw new UsageError("Say whom to cap: team CREDITS, member NAME CREDITS or file ID CREDITS.");
  }
  const credits = amount === "none" ? null : readCredits(amount);
  const capped: Capped = { kind: kind.data, name };
  await client.command("capSet", { body: { ...capped, credits } });
  const who = nameOf(capped);
  print(credits === null ? `${who}: no cap.` : `${who}: at most ${credits} credits a month (UTC).`);
  return 0;
}

/** `spaces caps`: the caps that there are, and what is left of each this month. */
export async function showCaps(client: CommandClient, { print }: Output): Promise<number> {
  const { caps, confirmAbove } = await client.command("caps", { body: undefined });
  if (caps.length === 0) print("There are no caps.");
  const head = ["Cap", "A month", "Paid and held", "Left"];
  if (caps.length > 0) for (const line of alignColumns([head, ...caps.map(rowOfCap)])) print(line);
  print(`A run that may cost more than ${confirmAbove} credits is confirmed twice.`);
  return 0;
}

/** `spaces confirm-above CREDITS`: the price above which a run is confirmed twice. */
export async function setConfirmAbove(
  words: readonly string[],
  client: CommandClient,
  { print }: Output,
): Promise<number> {
  const [amount] = words;
  if (amount === undefined || words.length > 1) throw new UsageError("Name one number of credits.");
  const credits = readCredits(amount);
  await client.command("confirmAboveSet", { body: { credits } });
  print(`A run that may cost more than ${credits} credits is confirmed twice from now on.`);
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
    write(formatCsv([csvHead, ...rows.map(cellsOf)]));
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
  for (const line of alignColumns([head, ...rows.map(cellsOf), totalOf(rows)])) print(line);
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

function nameOf({ kind, name }: Capped): string {
  return kind === "team" ? "The team" : `The ${kind} ${name}`;
}

function rowOfCap(cap: Cap): string[] {
  const left = Math.max(0, cap.credits - cap.used);
  return [nameOf(cap), ...[cap.credits, cap.used, left].map(String)];
}

const csvHead = [
  ...["month", "member", "file", "file name", "model", "runs", "calls"],
  ...["credits", "refunded", "house loss"],
];
const tableHead = csvHead.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`);

function cellsOf(row: UsageRow): string[] {
  return [
    row.month,
    row.member,
    row.file,
    row.fileName ?? "",
    row.model ?? "not started",
    ...[row.runs, row.calls, row.credits, row.refunded].map(String),
    row.houseLoss === null ? "" : String(row.houseLoss),
  ];
}

/** The runs are left out: a run of two models is in two rows. */
function totalOf(rows: readonly UsageRow[]): string[] {
  const sum = (count: (row: UsageRow) => number) =>
    String(rows.reduce((total, row) => total + count(row), 0));
  const isLossShown = rows.every(({ houseLoss }) => houseLoss !== null);
  return [
    ...["Total", "", "", "", "", ""],
    sum(({ calls }) => calls),
    sum(({ credits }) => credits),
    sum(({ refunded }) => refunded),
    isLossShown ? sum(({ houseLoss }) => houseLoss ?? 0) : "",
  ];
}
