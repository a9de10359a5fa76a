import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { createRelayClient, type RelayClient } from "#domain/relay-client";
import { sendTo } from "../../server/cli/send-to-relay.ts";

const program = fileURLToPath(new URL("../../server/main.ts", import.meta.url));
const addressSchema = z.object({ port: z.number(), token: z.string() });

/** The relay as the process that people start. */
export interface RelayProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Of its own command line; another one from its next start on. */
  readonly token: string;
  readonly client: RelayClient;
  /** Pairs a device, whose token outlives the process. */
  readonly pair: () => Promise<string>;
  /** What it wrote to its log so far. */
  readonly errors: () => string;
  /** How it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** Starts it on a data folder and resolves when it says that it is ready. */
export async function startRelayProcess(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
  preload: readonly string[] = [],
): Promise<RelayProcess> {
  const imports = preload.flatMap((file) => ["--import", file]);
  const child = spawn(process.execPath, [...imports, program], {
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      SPACES_DATA: folder,
      SPACES_PORT: "0",
      ...variables,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (piece: Buffer) => (errors += piece.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (piece: Buffer) => {
      said += piece.toString();
      if (said.includes("Ctrl+C")) resolve();
    });
    void ended.then(() => reject(new Error(`The relay did not start: ${errors}`)));
  });
  const text = await readFile(join(folder, "command-line.json"), "utf8");
  const { port, token } = addressSchema.parse(JSON.parse(text));
  const client = createRelayClient(sendTo(port), token);
  const pair = async () => {
    const code = /Pairing code {2}(\S+)/.exec(said)?.[1] ?? "";
    return (await client.call("pair", { body: { code, device: "test" } })).token;
  };
  return { child, port, token, client, pair, errors: () => errors, ended };
}
