import type { Env } from "../env.ts";
import type { ProcessParts } from "./open-relay.ts";
import type { Terminal } from "./terminal.ts";

/** What every command of `spaces` works with. */
export interface CommandParts {
  readonly env: Env;
  readonly process: ProcessParts;
  readonly terminal: Terminal;
}

/** One command of `spaces`. */
export interface Command {
  /** What may follow its name, as help shows it; a line each. */
  readonly usage: readonly string[];
  /** What it does, for help; a line each. */
  readonly does: readonly string[];
  /** Does it and answers the exit code. Throws one sentence for what cannot be. */
  run(words: readonly string[], parts: CommandParts): Promise<number>;
}
