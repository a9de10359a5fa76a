import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenWorkflow } from "openworkflow";
import { BackendSqlite } from "openworkflow/sqlite";
import { openBenchHost } from "./bench-host.ts";
import { layeredGraph, type TimedGraph } from "./layered-graph.ts";
import { formatTable, measure, measureMedian, type Measured } from "./measure.ts";

/** Runs a graph once to its end. */
type RunGraph = (graph: TimedGraph) => Promise<void>;

interface Contestant {
  readonly name: string;
  readonly run: RunGraph;
  readonly close: () => Promise<void>;
}

const rounds = 5;
const manyRuns = 1_000;
const emptyNodes = 10;

/**
 * How close runs come to their critical path, and what a node costs beside the work itself: ours with
 * full durability, the durable engine without our code, and plain promises, which keep nothing.
 */
export async function benchMakespan() {
  const steady = layeredGraph(50, 8, 42, () => 200);
  const varied = layeredGraph(50, 8, 7, (random) => 50 + Math.floor(random() * 300));
  const empty = layeredGraph(emptyNodes, 5, 3, () => 0);
  const folder = await mkdtemp(join(tmpdir(), "spaces-bench-"));
  const contestants = [
    plainPromises(),
    bareEngine(join(folder, "bare.db")),
    await ours(join(folder, "ours")),
  ];
  const data = [];
  for (const { name, run, close } of contestants) {
    await run(layeredGraph(2, 2, 1, () => 1));
    const onSteady = await measureMedian(rounds, () => run(steady));
    const onVaried = await measureMedian(rounds, () => run(varied));
    const many = await measure(() =>
      Promise.all(Array.from({ length: manyRuns }, () => run(empty))),
    );
    data.push(row(name, onSteady, steady, onVaried, varied, many));
    await close();
  }
  await rm(folder, { recursive: true, force: true });
  return { lines: linesOf(data), data };
}

function row(
  name: string,
  onSteady: Measured,
  steady: TimedGraph,
  onVaried: Measured,
  varied: TimedGraph,
  many: Measured,
) {
  const nodes = manyRuns * emptyNodes;
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  return {
    name,
    steadyRatio: round(onSteady.wallMs / steady.criticalMs, 3),
    variedRatio: round(onVaried.wallMs / varied.criticalMs, 3),
    cpuMsPerNodeInOneRun: round(onSteady.cpuMs / steady.graph.nodes.length, 2),
    wallMsPerEmptyNode: round(many.wallMs / nodes, 3),
    cpuMsPerEmptyNode: round(many.cpuMs / nodes, 3),
  };
}

function linesOf(data: readonly ReturnType<typeof row>[]): string[] {
  return [
    `makespan over critical path, 50 nodes in 8 layers, median of ${rounds}; then ${manyRuns} runs of ${emptyNodes} empty nodes`,
    ...formatTable([
      ["", "200 ms each", "50-350 ms", "CPU ms/node", "empty: ms/node", "empty: CPU ms/node"],
      ...data.map((each) => [
        each.name,
        each.steadyRatio,
        each.variedRatio,
        each.cpuMsPerNodeInOneRun,
        each.wallMsPerEmptyNode,
        each.cpuMsPerEmptyNode,
      ]),
    ]),
    "goal: ours <= 1.03 with full durability, <= 3 ms CPU a node",
  ];
}

const wait = (durationMs: number) =>
  durationMs === 0 ? Promise.resolve() : new Promise<void>((done) => setTimeout(done, durationMs));

/** Runs each node as soon as what it needs has ended. */
async function schedule(timed: TimedGraph, runNode: (id: string) => Promise<unknown>) {
  const ends = new Map<string, Promise<unknown>>();
  for (const { id } of timed.graph.nodes) {
    const needed = (timed.needs.get(id) ?? []).flatMap((from) => ends.get(from) ?? []);
    ends.set(
      id,
      Promise.all(needed).then(() => runNode(id)),
    );
  }
  await Promise.all(ends.values());
}

function plainPromises(): Contestant {
  return {
    name: "plain promises (keeps nothing)",
    run: (timed) => schedule(timed, (id) => wait(timed.durationMs.get(id) ?? 0)),
    close: () => Promise.resolve(),
  };
}

function bareEngine(file: string): Contestant {
  const backend = BackendSqlite.connect(file);
  const engine = new OpenWorkflow({ backend });
  const waiting = new Map<string, { readonly timed: TimedGraph; readonly done: () => void }>();
  const workflow = engine.defineWorkflow<{ key: string }, null>(
    { name: "graph" },
    async ({ input, step }) => {
      const found = waiting.get(input.key)!;
      await schedule(found.timed, (id) =>
        step.run({ name: id }, async () => {
          await wait(found.timed.durationMs.get(id) ?? 0);
          return null;
        }),
      );
      setImmediate(() => void worker.tick());
      found.done();
      return null;
    },
  );
  const worker = engine.newWorker({ concurrency: 16 });
  const started = worker.start();
  let count = 0;
  return {
    name: "the engine without our code",
    run: async (timed) => {
      await started;
      const key = `run-${++count}`;
      const ended = new Promise<void>((done) => waiting.set(key, { timed, done }));
      await workflow.run({ key }, { idempotencyKey: key });
      await worker.tick();
      await ended;
      waiting.delete(key);
    },
    close: () => worker.stop(),
  };
}

async function ours(folder: string): Promise<Contestant> {
  const host = await openBenchHost(folder);
  return { name: "ours", run: host.run, close: host.close };
}
