import { createInterface } from "node:readline/promises";
import { readReadArguments, UsageError } from "./cli/arguments.ts";
import type { CommandClient } from "./cli/command-client.ts";
import { examine } from "./cli/doctor-command.ts";
import { openRelay, type OpenRelay, type ProcessParts } from "./cli/open-relay.ts";
import { openPage, readOpenPage } from "./cli/read-command.ts";
import { runCommand, type Terminal } from "./cli/run-command.ts";
import {
  capCommand,
  capsCommand,
  confirmAboveCommand,
  usageCommand,
} from "./cli/spending-commands.ts";
import { readEnv, type Env } from "./env.ts";
import { describeRelay } from "./openapi.ts";
import { readVersion } from "./read-version.ts";

const help = `Spaces for Figma, the relay's command line.

  read FILE.json [--page NAME] [--use LAYER=TYPE ...]
      What a Figma or FigJam file (REST JSON) holds: graph, suggestions, lines, issues.
  run FILE.json --use LAYER=TYPE ... --from LAYER [--set LAYER.setting=value ...]
      [--mode from-here|this-node|up-to-here|connected|selected|all] [--page NAME]
      [--out DIR] [--yes] [--confirm CREDITS] [--again]
      Shows the plan with its prices, runs it, writes the results and run.json to DIR. --yes agrees to
      the price; a large one is agreed to a second time by its figure, --confirm CREDITS.
  usage [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--csv]
      What was spent, by month (UTC), member, file and model; this month unless told.
  cap team CREDITS|none, cap member NAME CREDITS|none, cap file ID CREDITS|none
      Sets or ends the most that is spent in a calendar month (UTC).
  caps
      The caps that there are, and what is left of each this month.
  confirm-above CREDITS
      The price above which a run is confirmed twice; 500 until it is set.
  unshare
      Ends every link to a result that was given out, on the canvas as well.
  doctor
      Looks at everything a relay needs on this machine.
  openapi
      The relay's routes as an OpenAPI document.
`;

const print = (line: string) => process.stdout.write(`${line}\n`);
const output = { print, write: (text: string) => process.stdout.write(text) };

async function main(words: readonly string[]): Promise<number> {
  const [command, ...rest] = words;
  const env = readEnv(process.env);
  const parts: ProcessParts = {
    version: await readVersion(),
    pid: process.pid,
    kill: () => process.kill(process.pid, "SIGKILL"),
    writeLog: (line) => process.stderr.write(line),
  };
  switch (command) {
    case "read": {
      const { file, page, uses } = readReadArguments(rest);
      print(JSON.stringify(readOpenPage(await openPage(file, page, uses)), null, 2));
      return 0;
    }
    case "run":
      return withRelay(env, parts, ({ client }) => runCommand(rest, client, terminal()));
    case "unshare":
      return withRelay(env, parts, ({ commands }) => unshare(commands));
    case "usage":
      return withRelay(env, parts, ({ commands }) => usageCommand(rest, commands, output));
    case "cap":
      return withRelay(env, parts, ({ commands }) => capCommand(rest, commands, output));
    case "caps":
      return withRelay(env, parts, ({ commands }) => capsCommand(commands, output));
    case "confirm-above":
      return withRelay(env, parts, ({ commands }) => confirmAboveCommand(rest, commands, output));
    case "doctor":
      return doctor(env, parts);
    case "openapi":
      print(JSON.stringify(describeRelay(parts.version), null, 2));
      return 0;
    case "help":
    case undefined:
      print(help);
      return 0;
    default:
      throw new UsageError(`There is no command "${command}".`);
  }
}

async function withRelay(
  env: Env,
  parts: ProcessParts,
  work: (relay: OpenRelay) => Promise<number>,
): Promise<number> {
  const relay = await openRelay(env, parts);
  try {
    return await work(relay);
  } finally {
    await relay.close();
  }
}

async function unshare(client: CommandClient): Promise<number> {
  await client.command("sharesEnd", { body: {} });
  print("No link that was given out until now opens any more. New results get new links.");
  return 0;
}

async function doctor(env: Env, parts: ProcessParts): Promise<number> {
  const opened: OpenRelay[] = [];
  const findings = await examine(env, process.versions.node, async () => {
    const relay = await openRelay(env, parts);
    opened.push(relay);
    return relay.client;
  });
  for (const relay of opened) await relay.close();
  for (const { what, isGood, sentence } of findings) {
    print(`${isGood ? "ok  " : "BAD "} ${what.padEnd(12)} ${sentence}`);
  }
  return findings.every((finding) => finding.isGood) ? 0 : 1;
}

function terminal(): Terminal {
  if (!process.stdin.isTTY) return { print, confirm: null };
  return {
    print,
    confirm: async (question) => {
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      const answer = await lines.question(`${question} (y/N) `);
      lines.close();
      return /^y(es)?$/i.test(answer.trim());
    },
  };
}

/** Ends once everything was written: a pipe takes large outputs piece by piece. */
function end(code: number): void {
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
}

main(process.argv.slice(2)).then(end, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  end(1);
});
