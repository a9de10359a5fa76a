import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { startBenchChild } from "./bench-child.ts";
import { seedStore } from "./seed-store.ts";

/** A real relay as a process of its own. */
export const relayProgram = new URL("./relay-process.ts", import.meta.url);

/**
 * Seconds from the start of a relay process on a folder with so many open runs: to its first answer,
 * and until every run is taken on again; then the same after it was killed.
 */
export async function measureReady(folder: string, openRuns: number) {
  await seedStore(folder, openRuns);
  const figures: { readonly name: string; readonly seconds: number }[] = [];
  for (const when of ["new to the engine", "after a kill"]) {
    const port = await freePort();
    const startMs = performance.now();
    const starting = startBenchChild(
      relayProgram,
      { FOLDER: folder, PORT: String(port), DEVICES: "0", ANSWERS: "never" },
      z.object({}),
    );
    await firstAnswer(port);
    const answers = (performance.now() - startMs) / 1_000;
    const relay = await starting;
    const ready = (performance.now() - startMs) / 1_000;
    await relay.kill();
    figures.push({ name: `${openRuns} open runs, ${when}: s to first answer`, seconds: answers });
    figures.push({ name: `${openRuns} open runs, ${when}: s to ready`, seconds: ready });
  }
  return figures;
}

async function firstAnswer(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://localhost:${port}/v1/status`).catch(() => null);
    if (answer !== null) return;
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
