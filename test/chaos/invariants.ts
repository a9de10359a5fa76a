import { runEventSchema, type RunEvent } from "#domain/run-event";
import { versionSchema } from "#domain/version";
import { checkLedger } from "../../server/store/check-ledger.ts";
import type { Database } from "../../server/store/database.ts";
import type { Store } from "../../server/store/open-store.ts";
import { caller } from "../helpers/run-harness.ts";

/** A relay's store and what it came from. */
export interface Books {
  readonly store: Pick<Store, "database">;
  /** What each provider billed, by our reference: a job each. */
  readonly far: readonly { readonly jobs: ReadonlyMap<string, readonly unknown[]> }[];
  /** What each call is quoted in dollars, in millionths. */
  readonly quotedMicroDollars: number;
  /** What the team was given. */
  readonly credits: number;
}

type Rows = Awaited<ReturnType<typeof readRows>>;

/**
 * The invariants of reliability.md 3.2 that a run's state can break, each broken one as a sentence.
 * They hold after every command, whatever died in it.
 */
export async function brokenInvariants(world: Books): Promise<string[]> {
  const { database } = world.store;
  const rows = await readRows(database);
  return [
    ...(await checkLedger(database)),
    ...brokenBills(world, rows),
    ...brokenTries(rows),
    ...brokenEvents(rows),
    ...brokenPayments(rows),
    ...brokenMoney(world, rows),
    ...brokenBalances(world, rows),
    ...brokenPlacements(rows),
  ];
}

/** All that is looked at, each table once. */
async function readRows(database: Database) {
  return {
    attempts: await database.selectFrom("attempt").selectAll().execute(),
    runs: await database.selectFrom("run").selectAll().execute(),
    nodes: await database.selectFrom("node_run").selectAll().execute(),
    events: await database
      .selectFrom("event")
      .select(["run", "number", "is_end", "event"])
      .orderBy("number")
      .execute(),
    posts: await database.selectFrom("transfer").selectAll().where("kind", "=", "post").execute(),
    ends: await database.selectFrom("transfer").selectAll().where("hold", "is not", null).execute(),
    accounts: await database.selectFrom("account").selectAll().execute(),
    versions: await database.selectFrom("version").selectAll().execute(),
    placements: await database.selectFrom("placement").selectAll().execute(),
  };
}

/** What a provider billed was meant, once, for one try of a call (I5). */
function brokenBills({ far }: Books, { attempts }: Rows): string[] {
  const broken: string[] = [];
  const known = new Set(attempts.map(({ reference }) => reference));
  for (const side of far) {
    for (const [reference, jobs] of side.jobs) {
      if (jobs.length > 1) broken.push(`I5: ${reference} was billed ${jobs.length} times.`);
      if (!known.has(reference)) broken.push(`I5: ${reference} was billed and nobody meant it.`);
    }
  }
  const billed = attempts.filter((each) => far.some((side) => side.jobs.has(each.reference)));
  const calls = new Set(billed.map(callOf));
  if (calls.size < billed.length) broken.push("I5: a call was billed for two tries.");
  return broken;
}

/** Only a definite failure is followed by another try (I5). */
function brokenTries({ attempts }: Rows): string[] {
  return attempts.flatMap((attempt) => {
    if (attempt.try_number === 1) return [];
    const earlier = attempts.find(
      (each) => callOf(each) === callOf(attempt) && each.try_number === attempt.try_number - 1,
    );
    if (earlier?.state === "failed") return [];
    return [`I5: ${attempt.id} follows a try that is ${earlier?.state ?? "missing"}.`];
  });
}

function callOf({ run, node, call }: Rows["attempts"][number]): string {
  return [run, node, call].join();
}

/** Every item that is kept is wished for on the canvas once, in its own run (figma-platform.md 11.6). */
function brokenPlacements({ versions, placements }: Rows): string[] {
  return versions.flatMap(({ id, run, version }) => {
    const { items } = versionSchema.parse(JSON.parse(version));
    const own = placements.filter((each) => each.version === id && each.run === run);
    const wished = own.map(({ item }) => item).sort((one, other) => one - other);
    const isWhole = wished.join() === [...items.keys()].join();
    return isWhole ? [] : [`Of ${items.length} results of ${id}, ${wished.length} will be placed.`];
  });
}

/** Events are numbered without a gap, with one end of an ended run and none of an open one (I7). */
function brokenEvents({ runs, events, nodes }: Rows): string[] {
  return runs.flatMap((run) => {
    const own = events.filter((event) => event.run === run.id);
    const hasGap = own.some((event, at) => event.number !== at + 1);
    const ends = own.filter((event) => event.is_end === 1).length;
    const expected = run.state === "running" ? 0 : 1;
    const told = own.map((event) => runEventSchema.parse(JSON.parse(event.event)));
    const untold = nodes.filter(({ run: of, node, state }) => {
      const isEnded = of === run.id && ["done", "failed", "skipped"].includes(state);
      return isEnded && told.filter((event) => isEndOf(event, node)).length !== 1;
    });
    return [
      ...untold.map(({ node, state }) => `I7: ${node} is ${state} and that was not told once.`),
      ...(hasGap ? [`I7: the events of ${run.id} have a gap.`] : []),
      ...(ends === expected ? [] : [`I7: ${run.id} is ${run.state} and has ${ends} ends.`]),
    ];
  });
}

function isEndOf(event: RunEvent, node: string): boolean {
  const isEnd = ["node-end", "node-failure", "node-skipped"].includes(event.type);
  return isEnd && "node" in event && event.node === node;
}

/** What a node's end says and what was paid for it agree (I2, I4, I14). */
function brokenPayments({ attempts, posts, runs }: Rows): string[] {
  const broken: string[] = [];
  for (const post of posts) {
    const isMade = attempts.some(
      (each) => each.run === post.run && each.node === post.node && each.state === "settled",
    );
    if (!isMade) broken.push(`I4: ${post.node ?? ""} was paid and nothing was made.`);
  }
  const settled = attempts.filter((each) => each.state === "settled").length;
  if (posts.length !== settled) broken.push(`I2: ${settled} made and ${posts.length} paid.`);
  for (const run of runs) {
    const spent = posts.filter((post) => post.run === run.id);
    const credits = spent.reduce((sum, post) => sum + post.credits, 0);
    const plan = JSON.parse(run.plan) as { readonly credits: number };
    if (credits > plan.credits) broken.push(`I14: ${run.id} cost more than was shown.`);
    if (run.state !== "running" && run.credits !== credits) {
      broken.push(`I2: ${run.id} says that it cost ${run.credits}; it cost ${credits}.`);
    }
  }
  return broken;
}

/** The team has what it was given, wherever it lies (I1). */
function brokenBalances({ credits }: Books, { accounts }: Rows): string[] {
  const own = accounts.filter(({ name }) => name.endsWith(`:${caller.team}`));
  const total = own.reduce((sum, account) => sum + account.credits, 0);
  return total === credits ? [] : [`I1: the team's credits are ${total} in all.`];
}

/** What is written down as paid in dollars is what was quoted, or what the provider said that it took (I2). */
function brokenMoney({ quotedMicroDollars }: Books, { attempts, runs, ends }: Rows): string[] {
  const broken: string[] = [];
  for (const end of ends) {
    const tries = attempts.filter(
      (each) => each.run === end.run && each.node === end.node && each.call === end.call,
    );
    const told = tries.flatMap((each) => each.billed_micro_dollars ?? []);
    const quoted = end.kind === "post" ? quotedMicroDollars : 0;
    const due = told.length === 0 ? quoted : told.reduce((sum, each) => sum + each, 0);
    if (end.micro_dollars !== due) {
      broken.push(`I2: ${end.id} says ${end.micro_dollars} micro-dollars; it took ${due}.`);
    }
  }
  for (const run of runs) {
    const own = ends.filter((end) => end.run === run.id);
    const taken = own.reduce((sum, end) => sum + end.micro_dollars, 0);
    if (run.state !== "running" && run.micro_dollars !== taken) {
      broken.push(`I2: ${run.id} says ${run.micro_dollars} micro-dollars; it took ${taken}.`);
    }
  }
  return broken;
}
