import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import { home, readEnv, type Env } from "./env.ts";
import { takeKeyVariables } from "./keys/take-key-variables.ts";
import { codeOf, createLog } from "./log.ts";
import { providerDeclarations } from "./providers/index.ts";
import { readVersion } from "./read-version.ts";
import { startRelay, type Relay } from "./relay.ts";
import { stockDeclarations } from "./stock/index.ts";
import { writeRelayAddress } from "./cli/relay-address.ts";

/** How long a stop may take before the process ends anyway; every state is durable. */
const stopMs = 12_000;
/** How long what was being committed may take when the process is broken. */
const breakMs = 5_000;

const log = createLog(() => Date.now(), writeLog);
let isBroken = false;

async function main(): Promise<void> {
  const env = readEnv(process.env);
  const keys = takeKeyVariables({ variables: process.env, home: home(), folder: env.folder });
  const relay = await startRelay({
    ...env,
    declarations: providerDeclarations,
    stocks: stockDeclarations,
    keys,
    version: await readVersion(),
    playground: fileURLToPath(new URL("../build/playground", import.meta.url)),
    console: fileURLToPath(new URL("../build/console", import.meta.url)),
    pid: process.pid,
    kill: () => process.kill(process.pid, "SIGKILL"),
    writeLog,
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stop(relay));
  }
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error) => void breakOff(relay, error));
  }
  const token = await relay.newToken(`command line of ${hostname()}:${relay.port}`);
  await writeRelayAddress(env.folder, { port: relay.port, pid: process.pid, token });
  const code = await newCode(relay);
  const pages = [...(await consoleLine(relay)), ...(await playgroundLine(relay))];
  process.stdout.write(
    [
      `Spaces for Figma is ready at http://localhost:${relay.port}`,
      ``,
      ...publicLine(env),
      ...pages,
      `  Pairing code  ${code}`,
      `  Data          ${env.folder}`,
      ...databaseLine(env),
      ...adminLine(relay),
      ...storageLine(env),
      `  Run a board   npm run --silent spaces -- run FILE.json --use LAYER=TYPE --from LAYER --out DIR`,
      `  Stop          Ctrl+C; runs go on at the next start`,
      ``,
    ].join("\n"),
  );
  // A code is short-lived; whoever comes later presses Enter.
  process.stdin.on("data", () => {
    void newCode(relay).then((next) => process.stdout.write(`  Pairing code  ${next}\n`));
  });
}

function writeLog(line: string): void {
  process.stderr.write(line);
}

async function newCode(relay: Relay): Promise<string> {
  const code = await relay.newCode();
  const again = process.stdin.isTTY ? "; Enter shows a new one" : "";
  return `${code.slice(0, 4)}-${code.slice(4)}  (once, within five minutes${again})`;
}

/** The console signs in by itself: its code is behind a "#", which no browser sends anywhere. */
async function consoleLine(relay: Relay): Promise<string[]> {
  if (!relay.hasConsole) return [];
  const address = `http://localhost:${relay.port}/console`;
  return [
    `  Console       ${address}#code=${await relay.newCode(true)}  (keys, spending, runs, members)`,
  ];
}

/** The playground pairs by itself, in the same way. */
async function playgroundLine(relay: Relay): Promise<string[]> {
  if (!relay.hasPlayground) return [];
  const address = `http://localhost:${relay.port}/playground`;
  return [`  Playground    ${address}#code=${await relay.newCode(true)}  (try it without Figma)`];
}

function storageLine({ s3 }: Env): string[] {
  if (s3 === null) return [];
  return [`  Storage       S3, ${s3.bucket} at ${new URL(s3.endpoint).host}`];
}

/** The server's name alone: an address may hold a password. */
function databaseLine({ databaseUrl, s3 }: Env): string[] {
  if (databaseUrl === null) return [];
  const { host, pathname } = new URL(databaseUrl);
  const line = `  Database      PostgreSQL, ${pathname.slice(1)} at ${host}`;
  const shared = `Every relay on it needs the same files: let SPACES_DATA be one shared folder`;
  return s3 === null ? [line, `                ${shared}, or keep them on S3`] : [line];
}

function publicLine({ exposure: { publicUrl } }: Env): string[] {
  return publicUrl ? [`  For the team  ${publicUrl.origin}, by the proxy in front of it`] : [];
}

function adminLine({ adminPort }: Relay): string[] {
  return adminPort === null ? [] : [`  Figures       http://localhost:${adminPort}/metrics`];
}

/** The first signal stops; whoever sends a second one does not want to wait. */
async function stop(relay: Relay): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => process.exit(1));
  }
  setTimeout(() => {
    log("stop-forced");
    process.exit(0);
  }, stopMs).unref();
  await relay.stop();
  process.exit(0);
}

/**
 * Ends a process in which something broke that nobody expected: every state is durable, so that ending
 * and starting again is safer than going on (reliability.md F53). Commits in hand come to their end.
 */
async function breakOff(relay: Relay, error: unknown): Promise<void> {
  log("fatal", { code: codeOf(error) });
  process.exitCode = 1;
  if (isBroken) return;
  isBroken = true;
  setTimeout(() => process.exit(1), breakMs).unref();
  await relay.stop(0).catch(() => undefined);
  process.exit(1);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
