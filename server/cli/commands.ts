import type { Command } from "./command.ts";
import { doctorCommand } from "./doctor-command.ts";
import { openapiCommand } from "./openapi-command.ts";
import { readCommand } from "./read-command.ts";
import { runCommand } from "./run-command.ts";
import { unshareCommand } from "./unshare-command.ts";

/** Every command of `spaces` by the word that calls it, in the order of help. */
export const commands: ReadonlyMap<string, Command> = new Map([
  ["read", readCommand],
  ["run", runCommand],
  ["unshare", unshareCommand],
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
  return ["Spaces for Figma, the relay's command line.", "", ...described, ""].join("\n");
}
