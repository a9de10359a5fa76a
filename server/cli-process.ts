import { createInterface } from "node:readline/promises";
import { UsageError } from "./cli/arguments.ts";
import { commands, describeCommands } from "./cli/commands.ts";
import { readSecret } from "./cli/read-secret.ts";
import type { Terminal } from "./cli/terminal.ts";
import { home, readEnv } from "./env.ts";
import { takeKeyVariables } from "./keys/take-key-variables.ts";
import { readVersion } from "./read-version.ts";

async function main(words: readonly string[]): Promise<number> {
  const [word = "help", ...rest] = words;
  const terminal = openTerminal();
  if (word === "help") {
    terminal.print(describeCommands());
    return 0;
  }
  const command = commands.get(word);
  if (!command) throw new UsageError(`There is no command "${word}".`);
  const env = readEnv(process.env);
  return command.run(rest, {
    env,
    process: {
      nodeVersion: process.versions.node,
      version: await readVersion(),
      pid: process.pid,
      keys: takeKeyVariables({ variables: process.env, home: home(), folder: env.folder }),
      kill: () => process.kill(process.pid, "SIGKILL"),
      writeLog: (line) => process.stderr.write(line),
    },
    terminal,
  });
}

function openTerminal(): Terminal {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const source = { input: process.stdin, write: (text: string) => process.stderr.write(text) };
  const write = (text: string) => process.stdout.write(text);
  const common = { print, write, readSecret: (question: string) => readSecret(source, question) };
  if (!process.stdin.isTTY) return { ...common, confirm: null };
  return {
    ...common,
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
