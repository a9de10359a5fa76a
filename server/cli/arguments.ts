import { parseArgs } from "node:util";
import { runModes, type RunTarget } from "#domain/run-target";
import { nodeTypes, nodeTypeSchema, type NodeType } from "#domain/nodes/index";

/** A command line that was not understood: one sentence, and where help is. */
export class UsageError extends Error {
  constructor(message: string) {
    super(`${message} See "npm run spaces -- help".`);
  }
}

/** What `spaces run` was asked. Layers are named by id, or by a name or text that only one has. */
export interface RunArguments {
  readonly file: string;
  readonly page: string | null;
  readonly uses: readonly { readonly layer: string; readonly type: NodeType }[];
  readonly settings: readonly {
    readonly layer: string;
    readonly setting: string;
    readonly value: string;
  }[];
  readonly from: readonly string[];
  readonly mode: RunTarget["mode"];
  readonly out: string | null;
  readonly isConfirmed: boolean;
  /** The figure that a large price was confirmed with, as it was typed; null where none was given. */
  readonly confirmedPrice: string | null;
  readonly isAgain: boolean;
}

/** Reads the words behind `spaces run`. Throws UsageError. */
export function readRunArguments(words: readonly string[]): RunArguments {
  const { values, positionals } = parse(words);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("Name one file to run.");
  const mode = readMode(values.mode ?? "from-here");
  const from = values.from ?? [];
  if (from.length === 0 && mode !== "all") throw new UsageError("Say where to run: --from LAYER.");
  if (from.length > 1 && mode !== "selected") {
    throw new UsageError("Only --mode selected takes more than one --from.");
  }
  return {
    file,
    page: values.page ?? null,
    uses: (values.use ?? []).map(readUse),
    settings: (values.set ?? []).map(readSetting),
    from,
    mode,
    out: values.out ?? null,
    isConfirmed: values.yes ?? false,
    confirmedPrice: values.confirm ?? null,
    isAgain: values.again ?? false,
  };
}

/** Reads the words behind `spaces read`. Throws UsageError. */
export function readReadArguments(words: readonly string[]): {
  readonly file: string;
  readonly page: string | null;
  readonly uses: RunArguments["uses"];
} {
  const { values, positionals } = parse(words);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("Name one file to read.");
  return { file, page: values.page ?? null, uses: (values.use ?? []).map(readUse) };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        page: { type: "string" },
        use: { type: "string", multiple: true },
        set: { type: "string", multiple: true },
        from: { type: "string", multiple: true },
        mode: { type: "string" },
        out: { type: "string" },
        yes: { type: "boolean" },
        confirm: { type: "string" },
        again: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ")[0] ?? "") + "." : "");
  }
}

function readUse(word: string): RunArguments["uses"][number] {
  const at = word.lastIndexOf("=");
  const type = nodeTypeSchema.safeParse(word.slice(at + 1));
  if (at < 1) throw new UsageError(`"--use ${word}" is not LAYER=TYPE.`);
  if (!type.success) {
    const known = nodeTypes.join(", ");
    throw new UsageError(`"${word.slice(at + 1)}" is no type of node; there are: ${known}.`);
  }
  return { layer: word.slice(0, at), type: type.data };
}

function readSetting(word: string): RunArguments["settings"][number] {
  const match = /^(.+?)\.([A-Za-z]\w*)=([\s\S]*)$/.exec(word);
  if (!match) throw new UsageError(`"--set ${word}" is not LAYER.setting=value.`);
  return { layer: match[1] ?? "", setting: match[2] ?? "", value: match[3] ?? "" };
}

function readMode(word: string): RunTarget["mode"] {
  const mode = runModes.find((known) => known === word);
  if (!mode) throw new UsageError(`"${word}" is no mode; there are: ${runModes.join(", ")}.`);
  return mode;
}
