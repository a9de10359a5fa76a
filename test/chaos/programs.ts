import fc from "fast-check";
import type { Graph } from "#domain/graph";
import { failpoints } from "../../server/failpoint.ts";
import { buildGraph } from "../helpers/build-graph.ts";
import { troubles } from "./far-side.ts";
import { brokenInvariants } from "./invariants.ts";
import { World } from "./world.ts";

const hourMs = 3_600_000;
/** The event stream's own place is not part of a run; its seam is tested over HTTP. */
const places = failpoints.filter((name) => name !== "afterPublish");
const side = fc.integer({ min: 0, max: 3 });

const commandArbitrary = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("start" as const),
      key: fc.integer({ min: 0, max: 4 }),
      sides: fc.array(side, { minLength: 1, maxLength: 3 }),
      isChain: fc.boolean(),
      isAgain: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("arm" as const),
      point: fc.constantFrom(...places),
      hits: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("pass" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("die" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("jump" as const),
      byMs: fc.integer({ min: -5 * hourMs, max: 5 * hourMs }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("trouble" as const),
      side,
      trouble: fc.constantFrom(...troubles),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), at: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("hook" as const),
      at: fc.nat(5),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
);
/** One thing that happens. */
export type Command = typeof commandArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

/** What happens in one program, from two to fourteen things. */
export const programArbitrary = fc.array(commandArbitrary, { minLength: 2, maxLength: 14 });

/**
 * Does a program in a world of its own, then lets every run end. Throws what is broken after the
 * command that broke it.
 */
export async function runProgram(program: readonly Command[]): Promise<void> {
  const world = await World.open();
  try {
    for (const command of program) {
      await doCommand(world, command);
      await expectSound(world, JSON.stringify(command));
    }
    if (!(await world.finish())) throw new Error("I8: a run never ends.");
    await expectSound(world, "the end");
  } finally {
    await world.close();
  }
}

async function expectSound(world: World, after: string): Promise<void> {
  // What held still holds where nothing was written or billed since.
  if (!(await world.hasChanged())) return;
  const broken = await brokenInvariants(world);
  if (broken.length > 0) throw new Error(`After ${after}: ${broken.join(" ")}`);
}

async function doCommand(world: World, command: Command): Promise<void> {
  switch (command.do) {
    case "start":
      return world.start(`press-number-${command.key}`, graphOf(command), command.isAgain);
    case "arm":
      world.arm(command.point, command.hits);
      return;
    case "pass":
      await world.pass();
      return;
    case "die":
      return world.die();
    case "jump":
      world.clock.jump(command.byMs);
      return world.settle();
    case "trouble":
      world.far[command.side]?.trouble.push(command.trouble);
      return;
    case "cancel": {
      const runs = await world.store.database.selectFrom("run").select("id").execute();
      const run = runs[command.at];
      if (run) await world.cancel(run.id);
      return;
    }
    case "hook": {
      const reference = [...world.far[2].jobs.keys()][command.at];
      for (let times = 0; reference !== undefined && times < command.times; times += 1) {
        await world.hook(reference);
      }
    }
  }
}

/** Nodes side by side, or each fed by the one before it. */
function graphOf(start: Extract<Command, { do: "start" }>): Graph {
  const builder = buildGraph();
  for (const [at, far] of start.sides.entries()) {
    const model = `far-${"abcd".charAt(far)}:image`;
    builder.node(`n${at}`, "image-generator", { model, settings: { prompt: `of ${start.key}` } });
    if (start.isChain && at > 0) builder.join(`n${at - 1}`, `n${at}`, "references");
  }
  return builder.done();
}
