import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { startBenchChild } from "./bench-child.ts";
import { mostHosted } from "../../server/store/hosted-runs.ts";
import { seedStore } from "./seed-store.ts";

/** A real relay as a process of its own. */
export const relayProgram = new URL("./relay-process.ts", import.meta.url);

/** Of a team that keeps within the runs that it may have open (server/run/refuse-crowd.ts). */
const membersPerTeam = 20;

/**
 * Seconds from the start of a relay process on a folder with so many open runs: to its first answer,
 * and until it says itself that it is ready; then the same after it was killed.
 */
export async function measureReady(folder: string, openRuns: number) {
  // So many members that none of their runs waits for another one: all of them are taken on.
  const teams = Math.ceil(openRuns / mostHosted / membersPerTeam);
  await seedStore(folder, { teams, membersPerTeam, openRuns });
  const figures: { readonly name: string; readonly seconds: number }[] = [];
  for (const when of ["new to the engine", "after a kill"]) {
    const port = await freePort();
    const startMs = performance.now();
    const starting = startBenchChild(
      relayProgram,
      { FOLDER: folder, PORT: String(port), ANSWERS: "never" },
      z.object({}),
    );
    await answerOf(port, "/healthz", () => true);
    const answers = (performance.now() - startMs) / 1_000;
    await answerOf(port, "/readyz", ({ ok }) => ok);
    const ready = (performance.now() - startMs) / 1_000;
    await (await starting).kill();
    figures.push({ name: `${openRuns} open runs, ${when}: s to first answer`, seconds: answers });
    figures.push({ name: `${openRuns} open runs, ${when}: s to ready`, seconds: ready });
  }
  return figures;
}

/** Asks until there is an answer that will do. */
async function answerOf(
  port: number,
  path: string,
  isIt: (response: Response) => boolean,
): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://localhost:${port}${path}`).catch(() => null);
    if (answer !== null && isIt(answer)) return;
    await sleep(20);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
