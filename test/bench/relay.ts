import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import * as z from "zod";
import { memorySchema } from "./answer-memory.ts";
import { startBenchChild } from "./bench-child.ts";
import { atLeast, atMost, peerOf, tableOf, type Figure } from "./figure.ts";
import { heldSchema, offeredSchema, type Load, type Offered } from "./load.ts";
import { benchMakespan } from "./makespan.ts";
import { medianOf } from "./measure.ts";
import { measureReady, relayProgram } from "./ready.ts";
import { warmUps } from "./offer-requests.ts";
import { seedStore } from "./seed-store.ts";

/** The goals of reliability.md 4.4 and of the durable engine (engine.md). */
const limits = {
  acceptP99Ms: 25,
  failed: 0,
  peakPerSecond: 500,
  idleStreamsMb: 250,
  readySeconds: 5,
  makespanRatio: 1.03,
};

/** How long and how much; the long form of the goals is 60 seconds. */
const size = z
  .object({
    SPACES_BENCH_SECONDS: z.coerce.number().positive().default(15),
    SPACES_BENCH_PER_SECOND: z.coerce.number().positive().default(200),
    SPACES_BENCH_STREAMS: z.coerce.number().int().positive().default(5_000),
    SPACES_BENCH_OPEN_RUNS: z.coerce.number().int().positive().default(10_000),
  })
  .parse(env);
const atOnce = 1_000;
/** Each is measured so often; what is said is the median. */
const rounds = 3;
/** What providers do meanwhile: the runs wait for them, or are executed as fast as there is time for it. */
const answers = { waits: "never", works: "at-once" } as const;
const conditions = { waits: "providers at work", works: "every result at once" } as const;
const mb = 1_000_000;
/** Within what a device and a team may have (server/routes/count-streams.ts, server/run/refuse-crowd.ts). */
const mostOf = { streamsOfDevice: 6, streamsOfTeam: 180, runsOfTeam: 400 } as const;
/** Devices of a team whose runs are offered: each asks far less often than it may (server/request-rate.ts). */
const offeringPerTeam = 4;

const loadProgram = new URL("./load-process.ts", import.meta.url);
const peerProgram = new URL("./peer-process.ts", import.meta.url);
const answeringSchema = z.object({ port: z.number() });
const nothingSchema = z.object({});

/**
 * What the relay promises under load, by a real relay in one process and its clients in another: paid
 * runs accepted on the disk, idle event streams, the start with many open runs, and the makespan.
 */
export async function benchRelay() {
  const base = await mkdtemp(join(tmpdir(), "spaces-bench-"));
  try {
    // First, while the disk is still: what the others leave to be written slows every commit down.
    const makespan = await makespanFigures();
    const figures = [
      ...(await acceptFigures(base)),
      ...(await streamFigures(base)),
      ...(await measureReady(join(base, "ready"), size.SPACES_BENCH_OPEN_RUNS)).map(
        ({ name, seconds }) => atMost(name, seconds, limits.readySeconds, null),
      ),
      ...makespan,
    ];
    const title = `the relay under load: ${size.SPACES_BENCH_SECONDS} s, clients in a process of their own, median of ${rounds} times`;
    return { lines: tableOf(title, figures), data: { size, figures } };
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

async function acceptFigures(base: string): Promise<Figure[]> {
  const { SPACES_BENCH_PER_SECOND: perSecond, SPACES_BENCH_SECONDS: seconds } = size;
  const load = { perSecond, seconds, atOnce };
  const offered: Record<keyof typeof answers | "bare", Offered[]> = {
    waits: [],
    works: [],
    bare: [],
  };
  // In turn, so that whatever else the machine does meanwhile meets them alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ["waits", "works"] as const) {
      offered[kind].push(await offerToRelay(join(base, `${kind}-${round}`), answers[kind], load));
    }
    const folder = await mkdtemp(join(base, "bare-"));
    offered.bare.push(
      await underLoad(peerIn(folder, "accept"), ({ port }) => ({
        kind: "requests",
        port,
        ...load,
      })),
    );
  }
  return (["waits", "works"] as const).flatMap((kind) =>
    figuresOf(offered[kind], offered.bare, conditions[kind]),
  );
}

async function offerToRelay(
  folder: string,
  providerAnswers: "at-once" | "never",
  load: { readonly perSecond: number; readonly seconds: number; readonly atOnce: number },
): Promise<Offered> {
  // As if none of the runs ended meanwhile.
  const runs = load.perSecond * load.seconds + load.atOnce + warmUps;
  const teams = Math.ceil(runs / mostOf.runsOfTeam);
  const people = await seedStore(folder, { teams, membersPerTeam: offeringPerTeam, openRuns: 0 });
  const tokens = people.map(({ token }) => token);
  return underLoad(relayIn(folder, providerAnswers), ({ port }) => ({
    kind: "runs",
    port,
    tokens,
    ...load,
  }));
}

function figuresOf(ours: Offered[], bare: Offered[], condition: string): Figure[] {
  const middle = (all: readonly Offered[], of: (offered: Offered) => number) =>
    medianOf(all.map(of));
  const beside = (of: (offered: Offered) => number) =>
    peerOf("bare Hono and one commit", middle(ours, of), middle(bare, of));
  const [p50, p99] = [(all: Offered) => all.p50Ms, (all: Offered) => all.p99Ms];
  const peak = (all: Offered) => all.peakPerSecond;
  const name = `accept at ${size.SPACES_BENCH_PER_SECOND}/s, ${condition}`;
  return [
    atMost(`${name}, p50 ms`, middle(ours, p50), null, beside(p50)),
    atMost(`${name}, p99 ms`, middle(ours, p99), limits.acceptP99Ms, beside(p99)),
    atMost(
      "  of them not accepted",
      sumOf(ours, ({ failed }) => failed),
      limits.failed,
      null,
    ),
    atLeast("  most accepts a second", middle(ours, peak), limits.peakPerSecond, beside(peak)),
  ];
}

async function streamFigures(base: string): Promise<Figure[]> {
  const count = size.SPACES_BENCH_STREAMS;
  const folder = join(base, "streams");
  const teams = Math.ceil(count / mostOf.streamsOfTeam);
  const membersPerTeam = Math.ceil(count / teams / mostOf.streamsOfDevice);
  const people = await seedStore(folder, { teams, membersPerTeam, openRuns: 0 });
  const tokens = [...Map.groupBy(people, ({ team }) => team).values()].map((members) =>
    members.map(({ token }) => token),
  );
  const ours = await measureStreams(relayIn(folder, "never"), tokens, count);
  const bare = await measureStreams(peerIn(base, "streams"), [], count);
  const name = "plain node:http";
  const kb = (held: typeof ours) => (held.openMb - held.beforeMb) * (mb / 1_000 / count);
  return [
    atMost(
      `${count} idle event streams, MB RSS`,
      ours.openMb,
      limits.idleStreamsMb,
      peerOf(name, ours.openMb, bare.openMb),
    ),
    atMost("  each, kB", kb(ours), null, peerOf(name, kb(ours), kb(bare))),
    atMost(
      "  heap left after closing, MB",
      ours.leftMb,
      null,
      peerOf(name, ours.leftMb, bare.leftMb),
    ),
  ];
}

async function makespanFigures(): Promise<Figure[]> {
  const { data } = await benchMakespan();
  const ours = data.find(({ name }) => name === "ours");
  const engine = data.find(({ name }) => name.startsWith("the engine"));
  if (!ours || !engine) throw new Error("The makespan was not measured.");
  return (["variedRatio", "steadyRatio"] as const).map((ratio) =>
    atMost(
      `makespan over critical path, ${ratio === "variedRatio" ? "50-350 ms" : "200 ms each"}`,
      ours[ratio],
      limits.makespanRatio,
      peerOf(engine.name, ours[ratio], engine[ratio]),
    ),
  );
}

/** Starts a server with its data in a folder. */
type StartServer = () => ReturnType<typeof startBenchChild<typeof answeringSchema>>;

function relayIn(folder: string, answers: "at-once" | "never"): StartServer {
  const variables = { FOLDER: folder, PORT: "0", ANSWERS: answers };
  return () => startBenchChild(relayProgram, variables, answeringSchema);
}

function peerIn(folder: string, peer: "accept" | "streams"): StartServer {
  return () => startBenchChild(peerProgram, { FOLDER: folder, PEER: peer }, answeringSchema);
}

function sumOf<Each>(all: readonly Each[], of: (each: Each) => number): number {
  return all.reduce((sum, each) => sum + of(each), 0);
}

async function underLoad(
  start: StartServer,
  loadOf: (answering: z.output<typeof answeringSchema>) => Load,
): Promise<Offered> {
  const server = await start();
  const clients = await startBenchChild(loadProgram, {}, nothingSchema);
  try {
    return await clients.ask(loadOf(server.ready), offeredSchema);
  } finally {
    await clients.kill();
    await server.kill();
  }
}

async function measureStreams(start: StartServer, teams: string[][], count: number) {
  const server = await start();
  const clients = await startBenchChild(loadProgram, {}, nothingSchema);
  try {
    const before = await server.ask({}, memorySchema);
    const load: Load = { kind: "streams", ...server.ready, teams, count };
    const { open } = await clients.ask(load, heldSchema);
    if (open !== count) throw new Error(`${open} streams of ${count} are open.`);
    const held = await server.ask({}, memorySchema);
    await clients.ask({ kind: "let-go" } satisfies Load, nothingSchema);
    const after = await server.ask({}, memorySchema);
    return {
      beforeMb: before.rssBytes / mb,
      openMb: held.rssBytes / mb,
      leftMb: (after.heapBytes - before.heapBytes) / mb,
    };
  } finally {
    await clients.kill();
    await server.kill();
  }
}
