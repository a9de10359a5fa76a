import { backupCommand } from "./backup-command.ts";
import type { Command } from "./command.ts";
import { envVariables } from "../env.ts";
import { doctorCommand } from "./doctor-command.ts";
import { keysCommand } from "./keys-command.ts";
import { membersCommand } from "./members-command.ts";
import { openapiCommand } from "./openapi-command.ts";
import { pairCommand } from "./pair-command.ts";
import { readCommand } from "./read-command.ts";
import { rekeyCommand } from "./rekey-command.ts";
import { restoreCommand } from "./restore-command.ts";
import { runCommand } from "./run-command.ts";
import { capCommand, capsCommand, confirmAboveCommand, usageCommand } from "./spending-commands.ts";
import { stockCommand } from "./stock-command.ts";
import { sweepCommand } from "./sweep-command.ts";
import { workflowCommand } from "./workflow-command.ts";
import { unshareCommand } from "./unshare-command.ts";

/** Every command of `spaces` by the word that calls it, in the order of help. */
export const commands: ReadonlyMap<string, Command> = new Map([
  ["read", readCommand],
  ["run", runCommand],
  ["stock", stockCommand],
  ["unshare", unshareCommand],
  ["usage", usageCommand],
  ["cap", capCommand],
  ["caps", capsCommand],
  ["confirm-above", confirmAboveCommand],
  ["pair", pairCommand],
  ["members", membersCommand],
  ["keys", keysCommand],
  ["rekey", rekeyCommand],
  ["workflow", workflowCommand],
  ["backup", backupCommand],
  ["restore", restoreCommand],
  ["sweep", sweepCommand],
  ["doctor", doctorCommand],
  ["openapi", openapiCommand],
]);

/** What `spaces help` prints. */
export function describeCommands(): string {
  const described = [...commands].map(([word, { usage, does }]) => {
    const [first = "", ...more] = usage;
    const lines = [
      `  ${word} ${first}`.trimEnd(),
      ...[...more, ...does].map((line) => `      ${line}`),
    ];
    return lines.join("\n");
  });
  const variables = envVariables.map(({ name, purpose }) => `  ${name}\n      ${purpose}`);
  const title = "Spaces for Figma, the relay's command line.";
  return [title, "", ...described, "", "Environment", "", ...variables, ""].join("\n");
}
