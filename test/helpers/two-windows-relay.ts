import type { Asset } from "#domain/asset";
import { noCost } from "#domain/cost";
import { noPlan } from "#domain/plan";
import type { Item } from "#domain/item";
import { leaseMs, type Lease } from "#domain/placement-lease";
import { createRelayClient, type RelayClient, type RelayRequest } from "#domain/relay-client";
import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../server/clock.ts";
import type { Handlers } from "../../server/handler.ts";
import { fileKeep, fileOpen } from "../../server/routes/files.ts";
import { placementClaim, placementEnd, placements } from "../../server/routes/placements.ts";
import { openStore, type Store } from "../../server/store/open-store.ts";
import { findPlacement, insertPlacement } from "../../server/store/placements.ts";
import { createRun } from "../../server/store/runs.ts";
import { saveVersion } from "../../server/store/versions.ts";
import { buildPng } from "./build-png.ts";
import { createFakeApp, goodToken, knownCaller, usualHost } from "./fake-app.ts";

const { team, member } = knownCaller;
const run = "run-1";
const png = buildPng({ widthPx: 64, heightPx: 48 });
const picture: Asset = {
  hash: createHash("sha256").update(png).digest("hex"),
  mediaType: "image/png",
  bytes: png.length,
  widthPx: 64,
  heightPx: 48,
  durationMs: null,
};
const items: Readonly<Record<"text" | "picture", Item>> = {
  text: { kind: "text", text: "A harbour at dawn, *seen from the sea*." },
  picture: { kind: "asset", asset: picture },
};

/** A result that waits: of which kind, for which node, wished for by whom. */
export interface WaitingResult {
  readonly kind: "text" | "picture";
  readonly node: string;
  readonly session: string | null;
}

/** A request on its way to the relay; rejects when no answer came at all. */
export type Carry = <Answer>(what: string, answer: () => Promise<Answer>) => Promise<Answer>;

/**
 * The relay's own routes of placing over its own store, with results that are there already. Its time
 * is the test's; who holds which lease is told at once.
 */
export class LeaseRelay {
  nowMs = (): number => 0;
  /** By pid: who may place it, and until when, by what the routes answered. */
  readonly leases = new Map<string, Lease>();
  readonly #store: Store;
  readonly #folder: string;
  readonly #app: ReturnType<typeof createFakeApp>["app"];
  #attempts = 0;

  constructor(store: Store, folder: string) {
    this.#store = store;
    this.#folder = folder;
    this.#app = createFakeApp(this.#handlers()).app;
  }

  async close(): Promise<void> {
    await this.#store.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Results of a file that wait to be placed; gives their pids. */
  async wish(file: string, results: readonly WaitingResult[]): Promise<string[]> {
    const nowMs = this.nowMs();
    this.#attempts += 1;
    const wishes = results.map(({ kind, node, session }, index) => {
      const place = { run, version: kind, port: kind, index, attempt: this.#attempts };
      return { pid: `${file}-${index}`, file, node, session, nowMs, ...place };
    });
    await this.#store.transaction(async (transaction) => {
      for (const wish of wishes) await insertPlacement(transaction, team, wish);
    });
    return wishes.map(({ pid }) => pid);
  }

  /** How a placement stands. */
  async find(pid: string) {
    const found = await findPlacement(this.#store.database, team, pid);
    if (!found) throw new Error(`There is no placement ${pid}.`);
    return found;
  }

  /** A client whose requests and answers are carried as the test wishes. */
  client(carry: Carry): RelayClient {
    return createRelayClient(async (request) => {
      const response = await carry(`${request.method} ${request.path}`, () => this.#serve(request));
      return {
        status: response.status,
        text: () => Promise.resolve(new TextDecoder().decode(response.body)),
        bytes: () => Promise.resolve(response.body),
        pieces: () => {
          throw new Error("Nothing streams here.");
        },
      };
    }, goodToken);
  }

  async #serve({ method, path, headers, body }: RelayRequest) {
    const text = typeof body === "string" ? body : "";
    const length = { "content-length": String(Buffer.byteLength(text)) };
    const sent = { ...headers, ...length, host: usualHost };
    const response = await this.#app.request(path, { method, headers: sent, body: text || null });
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
  }

  #handlers(): Partial<Handlers> {
    const clock = { ...systemClock, nowMs: () => this.nowMs() };
    const hashText = (text: string) => createHash("sha256").update(text).digest("hex");
    const parts = { store: this.#store, clock, hashText };
    const claim = placementClaim(parts);
    const end = placementEnd(parts);
    return {
      fileOpen: fileOpen(parts),
      fileKeep: fileKeep(parts),
      placements: placements(parts),
      placementClaim: async (input) => {
        const answer = await claim(input);
        const lease = { session: input.body.session, untilMs: this.nowMs() + leaseMs };
        this.leases.set(input.path["pid"] ?? "", lease);
        return answer;
      },
      placementEnd: async (input) => {
        const answer = await end(input);
        const pid = input.path["pid"] ?? "";
        const { outcome, session } = input.body;
        const isHolders = this.leases.get(pid)?.session === session;
        if (outcome !== "released" || isHolders) this.leases.delete(pid);
        return answer;
      },
      assetGet: () => Promise.resolve(new Response(new Uint8Array(png))),
    };
  }
}

/** Opens a relay with one text and one picture as its results. */
export async function openLeaseRelay(): Promise<LeaseRelay> {
  const folder = await mkdtemp(join(tmpdir(), "spaces-two-windows-"));
  const store = await openStore({ folder, nowMs: () => 0 });
  const file = "results";
  await store.transaction(async (transaction) => {
    const plan = noPlan;
    const graph = { nodes: [], connections: [] };
    await createRun(transaction, team, {
      ...{ id: run, key: randomUUID(), keyHash: "hash", member, file, graph, plan },
      ...{ target: { mode: "all" }, isAgain: false, quote: "quote", session: null, nowMs: 0 },
      isHosted: true,
    });
    for (const [id, item] of Object.entries(items)) {
      await saveVersion(transaction, team, file, {
        ...{ id, node: id, run, fingerprint: id, items: Array<Item>(8).fill(item) },
        ...{ model: "test:model", settings: {}, prompts: ["a harbour"], seeds: [], notes: [] },
        ...{ ...noCost, priceBasis: "list", member, atMs: 0 },
      });
    }
  });
  return new LeaseRelay(store, folder);
}
