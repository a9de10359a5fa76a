import { expect } from "vitest";
import type { Placement } from "#domain/placement-lease";
import type { PlacementEnd } from "#domain/placement-end";
import { createRelayClient, type RelayClient } from "#domain/relay-client";
import { systemClock } from "../../server/clock.ts";
import { fileKeep, fileOpen } from "../../server/routes/files.ts";
import {
  placeAgain,
  placementClaim,
  placementEnd,
  placements,
} from "../../server/routes/placements.ts";
import { createFakeApp, goodToken, usualHost } from "./fake-app.ts";
import { createFakeProvider } from "./fake-provider.ts";
import { caller, openHarness, waitForEnd, type Harness } from "./run-harness.ts";

const graph = {
  nodes: [
    {
      id: "a",
      type: "assistant" as const,
      title: "a",
      model: "fake:text",
      settings: { instruction: "say" },
      isLocked: false,
    },
  ],
  connections: [],
};
const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: true };

let presses = 0;

/** The routes of one file's placements over HTTP, on real runs, with a clock that only the test moves. */
export class PlacingRelay {
  /** The relay's time; the test moves it. */
  readonly time: { nowMs: number };
  client: RelayClient;
  #harness: Harness;

  constructor(harness: Harness, time: { nowMs: number }) {
    this.#harness = harness;
    this.time = time;
    this.client = clientOf(harness);
  }

  close(): Promise<void> {
    return this.#harness.close();
  }

  async restart(): Promise<void> {
    const { folder } = this.#harness;
    await this.#harness.close(true);
    this.#harness = await openAt(this.time, folder);
    this.client = clientOf(this.#harness);
  }

  /** Runs the node once, pressed by a session, and gives the placement of its result. */
  async makeResult(session?: string): Promise<Placement> {
    const { host } = this.#harness;
    const quote = await host.quote(caller, request);
    const key = `press-${String((presses += 1)).padStart(8, "0")}`;
    const run = await host.startRun(caller, key, { ...request, quote: quote.id, session });
    await waitForEnd(this.#harness, run.id);
    const made = (await this.list()).find((placement) => placement.run === run.id);
    expect(made).toBeDefined();
    return made!;
  }

  async list(): Promise<Placement[]> {
    const query = { file: "file-1" };
    return (await this.client.call("placements", { query, body: undefined })).placements;
  }

  claim({ pid }: Placement, session: string) {
    return this.client.call("placementClaim", { path: { pid }, body: { session } });
  }

  end(
    { pid }: Placement,
    session: string,
    outcome: PlacementEnd["outcome"],
    layer: string | null = null,
  ) {
    const body = { session, outcome, layer };
    return this.client.call("placementEnd", { path: { pid }, body });
  }

  openFile(session: string, generation: number, fileKey: string | null = null) {
    const name = `File of ${session}`;
    const body = { file: "file-1", generation, name, fileKey, session };
    return this.client.call("fileOpen", { body });
  }
}

/** Opens a relay at a moment of its own. */
export async function openPlacingRelay(): Promise<PlacingRelay> {
  const time = { nowMs: 1_700_000_000_000 };
  return new PlacingRelay(await openAt(time), time);
}

function openAt(time: { readonly nowMs: number }, folder?: string): Promise<Harness> {
  const parts = { clock: { ...systemClock, nowMs: () => time.nowMs } };
  const providers = [createFakeProvider()];
  return openHarness({ providers, parts, ...(folder !== undefined && { folder }) });
}

function clientOf({ parts }: Harness): RelayClient {
  const { app } = createFakeApp({
    placements: placements(parts),
    placementClaim: placementClaim(parts),
    placementEnd: placementEnd(parts),
    placeAgain: placeAgain(parts),
    fileOpen: fileOpen(parts),
    fileKeep: fileKeep(parts),
  });
  return createRelayClient(async ({ method, path, headers, body }) => {
    const text = typeof body === "string" ? body : "";
    const length = { "content-length": String(Buffer.byteLength(text)) };
    const sent = { ...headers, ...length, host: usualHost };
    const response = await app.request(path, { method, headers: sent, body: text || null });
    return {
      status: response.status,
      text: () => response.text(),
      bytes: async () => new Uint8Array(await response.arrayBuffer()),
      pieces: () => {
        throw new Error("Nothing streams here.");
      },
    };
  }, goodToken);
}
