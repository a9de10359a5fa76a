import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { Graph } from "#domain/graph";
import type { Failpoint } from "../../server/failpoint.ts";
import { Refusal } from "../../server/refusal.ts";
import { grant } from "../../server/store/ledger.ts";
import { openStore } from "../../server/store/open-store.ts";
import { hashText } from "../helpers/build-graph.ts";
import { caller } from "../helpers/run-harness.ts";
import { FarSide, money } from "./far-side.ts";
import { Life } from "./life.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** What the team has at the start of every program. */
const firstCredits = 60;

/** Memory where there is a disk in memory: thousands of programs need no real one. */
const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const quietTurns = 4;
/** More than the deadlines of all calls that one program can make wait for one another. */
const longestFinishMs = 12 * 3_600_000;

/**
 * A relay's runs, the providers that they ask and the time, all in one process: it dies at failpoints
 * as by SIGKILL, loses all that was in memory and is opened again on its files.
 */
export class World {
  readonly clock = new VirtualClock();
  readonly credits = firstCredits;
  readonly quotedMicroDollars = money.quotedMicroDollars;
  readonly far = [new FarSide("A"), new FarSide("B"), new FarSide("C"), new FarSide("D")] as const;
  /** Every failpoint that was reached in any world. */
  static readonly reached = new Set<Failpoint>();
  readonly #folder: string;
  #armed: { readonly point: Failpoint; hits: number } | null = null;
  #life: Life;
  #ids = 0;
  #seen: { readonly life: Life; readonly changes: number; readonly jobs: number } | null = null;

  private constructor(folder: string, life: (world: World) => Life) {
    this.#folder = folder;
    this.#life = life(this);
  }

  /** A new world with its first credits. */
  static async open(): Promise<World> {
    const folder = mkdtempSync(join(base, "spaces-chaos-"));
    copyFileSync(join(await emptyStore(), "relay.db"), join(folder, "relay.db"));
    const store = await openStore({ folder, nowMs: () => 0 });
    return new World(folder, (world) => new Life(world, store));
  }

  get store() {
    return this.#life.store;
  }

  /**
   * Whether anything was written or billed, or the process came back, since this was last asked. SQLite
   * counts what a connection wrote, also what it took back (https://sqlite.org/c3ref/total_changes.html).
   */
  async hasChanged(): Promise<boolean> {
    const { rows } = await sql<{ changes: number }>`SELECT total_changes() AS changes`.execute(
      this.store.database,
    );
    const jobs = this.far.flatMap((side) => [...side.jobs.values()].flat()).length;
    const now = { life: this.#life, changes: rows[0]?.changes ?? 0, jobs };
    const seen = this.#seen;
    this.#seen = now;
    return now.life !== seen?.life || now.changes !== seen.changes || now.jobs !== seen.jobs;
  }

  /** Ids in the order of their making, so that a program always runs the same way. */
  readonly newId = (): string => hashText(`id ${(this.#ids += 1)}`).slice(0, 32);

  /** A place of reliability.md 3.1: where it is armed, the life that comes there ends there. */
  readonly reach = (life: Life, point: Failpoint): Promise<void> => {
    World.reached.add(point);
    if (!life.isAlive) return new Promise(() => undefined);
    if (this.#armed?.point !== point) return Promise.resolve();
    this.#armed.hits -= 1;
    if (this.#armed.hits > 0) return Promise.resolve();
    this.#armed = null;
    life.isAlive = false;
    return new Promise(() => undefined);
  };

  arm(point: Failpoint, hits: number): void {
    this.#armed = { point, hits };
  }

  /** Presses Run; a refusal is an answer like any other. Whatever dies meanwhile comes back. */
  async start(key: string, graph: Graph, isAgain: boolean): Promise<void> {
    void this.#life.press(key, graph, isAgain).catch((error: unknown) => {
      if (!(error instanceof Refusal) && this.#life.isAlive) throw error;
    });
    await this.settle();
  }

  async cancel(run: string): Promise<void> {
    void this.#life.cancel(run).catch(() => undefined);
    await this.settle();
  }

  async hook(reference: string): Promise<void> {
    void this.#life.hook(reference).catch(() => undefined);
    await this.settle();
  }

  /** Everything in memory is lost, now. */
  async die(): Promise<void> {
    this.#life.isAlive = false;
    await this.settle();
  }

  async pass(): Promise<boolean> {
    const hasRung = this.clock.ringNext();
    await this.settle();
    return hasRung;
  }

  /** Lets everything go on that can without time, and brings a dead process back. */
  async settle(): Promise<void> {
    for (;;) {
      await this.#rest();
      if (this.#life.isAlive) return;
      await this.#life.store.close();
      this.clock.forgetAll();
      const store = await openStore({ folder: this.#folder, nowMs: () => 0 });
      this.#life = new Life(this, store);
      await this.#life.resume();
    }
  }

  /**
   * The world without further trouble, until every run has ended; false when one never does (I8). A
   * deadline is a time of the clock, so a clock that was set back puts it off by as much.
   */
  async finish(): Promise<boolean> {
    this.#armed = null;
    for (const side of this.far) side.trouble.length = 0;
    const lastMs = this.clock.nowMs() + longestFinishMs + this.clock.setBackMs;
    for (let isWaitedFor = true; isWaitedFor && this.clock.nowMs() < lastMs;) {
      await this.settle();
      const open = await this.store.database
        .selectFrom("run")
        .select("id")
        .where("state", "=", "running")
        .execute();
      if (open.length === 0) return true;
      isWaitedFor = await this.pass();
    }
    return false;
  }

  async close(): Promise<void> {
    this.#life.isAlive = false;
    await this.#life.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #rest(): Promise<void> {
    for (let quiet = 0, seen = -1; quiet < quietTurns; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#life.activity !== seen) quiet = 0;
      seen = this.#life.activity;
    }
  }
}

let made: Promise<string> | null = null;

/** A store with its tables and the first grant, made once and copied for each world. */
function emptyStore(): Promise<string> {
  made ??= (async () => {
    const folder = mkdtempSync(join(base, "spaces-chaos-empty-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const store = await openStore({ folder, nowMs: () => 0 });
    const first = { id: "first-grant", credits: firstCredits, nowMs: 0 };
    await store.transaction((transaction) => grant(transaction, caller.team, first));
    await store.close();
    return folder;
  })();
  return made;
}
