import { createHash } from "node:crypto";
import type { Asset } from "#domain/asset";
import type { FileFence } from "#domain/file-fence";
import type { Graph } from "#domain/graph";
import type { Plan } from "#domain/plan";
import type { RunEvent } from "#domain/run-event";
import type { StockCredit } from "#domain/stock-credit";
import type { Version } from "#domain/version";
import { insertAttempt, type NewAttempt } from "../../../server/store/attempts.ts";
import type { Database } from "../../../server/store/database.ts";
import type { Store } from "../../../server/store/open-store.ts";
import type { NewPlacement } from "../../../server/store/placements.ts";
import type { QuoteRow } from "../../../server/store/quotes.ts";
import { createRun, type NewRunRow, type RunRow } from "../../../server/store/runs.ts";

/** A store with nothing in it. */
export type OpenEmptyStore = () => Promise<Store>;

/** The moment at which everything in these tests happens. */
export const nowMs = 1_700_000_000_000;

/** SHA-256 of a text in hexadecimal. */
export const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** The same bytes in the same order for the same start. */
export function countingRandom(start = 1): (bytes: number) => Uint8Array {
  let next = start;
  return (bytes) =>
    new Uint8Array(
      createHash("sha512")
        .update(String((next += 1)))
        .digest()
        .subarray(0, bytes),
    );
}

/** A graph of one text. */
export const graph: Graph = {
  nodes: [
    { id: "1:2", type: "text", title: "Idea", model: null, settings: { a: 1 }, isLocked: false },
  ],
  connections: [],
};

/** A plan with one step. */
export const plan: Plan = {
  steps: [
    {
      node: "1:2",
      action: "run",
      reason: "first-run",
      model: "fake:text",
      needs: [],
      calls: 1,
      credits: 5,
      microDollars: 0,
      priceBasis: "list",
      expectedMs: 1_000,
      fingerprint: null,
    },
  ],
  credits: 5,
  microDollars: 0,
  expectedMs: 1_000,
};

/** A price promised for good. */
export function newQuote(id: string, changes: Partial<QuoteRow> = {}): QuoteRow {
  return {
    id,
    member: "ana",
    file: "file-1",
    requestHash: "request-1",
    plan,
    credits: 5,
    microDollars: 0,
    isLarge: false,
    expiresAtMs: nowMs,
    ...changes,
  };
}

/** A run to be kept; its key is its id unless said, and it asks for something of its own. */
export function newRunRow(id: string, changes: Partial<NewRunRow> = {}): NewRunRow {
  return {
    id,
    key: id,
    keyHash: id.replace("run", "request"),
    member: "ana",
    file: "file-1",
    graph,
    target: { mode: "all" },
    isAgain: false,
    plan,
    quote: "quote-1",
    session: null,
    isHosted: true,
    nowMs,
    ...changes,
  };
}

/** Keeps a run of a team. */
export const keepRun = (
  store: Store,
  team: string,
  id: string,
  changes: Partial<NewRunRow> = {},
): Promise<RunRow> =>
  store.transaction((transaction) => createRun(transaction, team, newRunRow(id, changes)));

/** An attempt to be kept. */
export function newAttempt(id: string, run: string, changes: Partial<NewAttempt> = {}): NewAttempt {
  return {
    id,
    run,
    node: "1:2",
    call: 0,
    tryNumber: 1,
    provider: "fake",
    model: "fake:text",
    recovery: "D",
    reference: `reference-${id}`,
    requestHash: "request-1",
    seed: 7,
    deadlineAtMs: nowMs + 1_000,
    nowMs,
    ...changes,
  };
}

/** Keeps an attempt of a run of a team. */
export const keepAttempt = (
  store: Store,
  team: string,
  id: string,
  run: string,
  changes: Partial<NewAttempt> = {},
) =>
  store.transaction((transaction) =>
    insertAttempt(transaction, team, newAttempt(id, run, changes)),
  );

/** A kept result. */
export function newVersion(id: string, changes: Partial<Version> = {}): Version {
  return {
    id,
    node: "1:2",
    run: "run-1",
    fingerprint: hashOf(id),
    items: [],
    model: "fake:text",
    settings: { style: "warm" },
    prompts: ["a cat"],
    seeds: [7],
    notes: [],
    credits: 5,
    microDollars: 0,
    priceBasis: "list",
    member: "ana",
    atMs: nowMs,
    ...changes,
  };
}

/** A wish for the first item of a version of run-1, by its pid. */
export function newPlacement(pid: string, changes: Partial<NewPlacement> = {}): NewPlacement {
  return {
    pid,
    file: "file-1",
    node: "1:2",
    run: "run-1",
    version: "version-1",
    port: "text",
    index: 0,
    attempt: 1,
    session: "session-1",
    nowMs,
    ...changes,
  };
}

/** What is remembered of a file by one generation. */
export function newFence(generation: number): FileFence {
  return { generation, name: "Spring", fileKey: null, session: "session-1", openedAtMs: nowMs };
}

/** A picture. */
export function newAsset(content: string): Asset {
  const hash = hashOf(content);
  return { hash, mediaType: "image/png", bytes: 12, widthPx: 3, heightPx: 4, durationMs: null };
}

/** What has to be said of a picture of a stock library. */
export const newCredit: StockCredit = {
  line: 'Photo by Zoë "Z" Doe on Pexels',
  author: { name: 'Zoë "Z" Doe', url: null },
  pageUrl: "https://www.pexels.com/photo/7/",
  licence: "Pexels licence",
};

/** Progress of the graph's node. */
export const progress = (done: number): RunEvent => ({ type: "node-progress", node: "1:2", done });

/** Every row of every table as text, in an order of its own, to see that nothing was written. */
export async function readAllRows(database: Database): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const table of tables) {
    const found = await database.selectFrom(table).selectAll().execute();
    rows[table] = found.map((row) => JSON.stringify(row)).sort();
  }
  return rows;
}

const tables = [
  "team",
  "member",
  "device",
  "pairing_code",
  "asset",
  "asset_reference",
  "derived_asset",
  "quote",
  "run",
  "node_run",
  "event",
  "attempt",
  "version",
  "provider_key",
  "version_parent",
  "account",
  "transfer",
  "entry",
  "placement",
  "file_fence",
  "file_session",
  "share_secret",
  "month_cap",
  "paid_in_month",
  "money_in_month",
  "spending_setting",
  "workflow",
] as const;
