import fc, { type Scheduler } from "fast-check";
import { describe, expect, test } from "vitest";
import { markerOf } from "#domain/result-marker";
import { textItem } from "../../helpers/build-graph.ts";
import { CanvasModel, DocumentModel } from "./canvas-model.ts";
import { ManualTime, settle } from "./manual-time.ts";
import { openSession, type OpenSession } from "./open-session.ts";
import { RelayModel } from "./relay-model.ts";

/** What happens while two people have the file open, in any order with everything else. */
const who = fc.nat({ max: 1 });
const ticks = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 70_000 }));
const kinds = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("tick" as const), ms: ticks }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("crash", "undo", "look"), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("sync" as const) }) },
);
/** Each with how much arrives between it and the next one. */
const steps = fc.array(fc.tuple(kinds, fc.nat({ max: 25 })), { maxLength: 16 });
type Step = typeof kinds extends fc.Arbitrary<infer Each> ? Each : never;
/** Which of the two makes the layers with the smaller ids. */
const names = fc.constantFrom(["A", "B"] as const, ["B", "A"] as const);

/** Whether an answer or a question on the way to the relay is lost, one after the other. */
const losses = fc.infiniteStream(fc.integer({ min: 0, max: 9 }).map((die) => die === 0));
const wishes = [
  { pid: "p1", node: "n1", index: 0, count: 2 },
  { pid: "p2", node: "n1", index: 1, count: 2 },
  { pid: "p3", node: "n2", version: "v2" },
];

/** Two people, one relay, one document; `isSlow`: changes wait for a step to reach the other. */
class World {
  readonly time = new ManualTime();
  readonly relay = new RelayModel(this.time.nowMs);
  readonly document = new DocumentModel();
  readonly sessions: OpenSession[] = [];
  readonly undone = new Set<string>();
  /** Undone, and whoever knew of it crashed before the relay was told: such a result comes once more. */
  readonly forgotten = new Set<string>();
  readonly crashed = new Set<CanvasModel>();
  isCalm = false;
  readonly #scheduler: Scheduler;
  readonly #lost: Iterator<boolean>;
  readonly #isSlow: boolean;
  readonly #onTheWay: (() => void)[] = [];

  constructor(scheduler: Scheduler, lost: Iterator<boolean>, isSlow: boolean) {
    this.#scheduler = scheduler;
    this.#lost = lost;
    this.#isSlow = isSlow;
    this.document.nodes.add("n1").add("n2");
    for (const wish of wishes) {
      this.relay.wish({ ...wish, item: textItem(wish.pid), session: "session-A" });
    }
  }

  open(name: string, aheadMs: number): OpenSession {
    const time = this.time.clockOf(aheadMs);
    const travel = (what: string) => this.#scheduler.schedule(Promise.resolve(), what);
    const canvas = new CanvasModel(this.document, { name, time, travel }, (from, change) => {
      for (const other of this.document.canvases) {
        if (other === from) continue;
        const arrive = () => {
          other.take(change);
        };
        if (this.#isSlow) this.#onTheWay.push(arrive);
        else arrive();
      }
    });
    const relay = this.relay.client(async (what) => {
      await travel(`${name} ${what}`);
      if (canvas.isDead) return new Promise(() => undefined);
      if (!this.isCalm && this.#lost.next().value === true) throw new Error("The network is away.");
    });
    const session = openSession({ name, canvas, relay, time, root: this.document.root });
    this.sessions.push(session);
    return session;
  }

  take(step: Step): void {
    if (step.kind === "tick") this.time.advance(step.ms);
    else if (step.kind === "sync") this.sync();
    else this.#act(step.kind, this.sessions[step.who]!);
  }

  #act(kind: string, { canvas, background }: OpenSession): void {
    if (kind === "look") background.placeSoon();
    if (kind === "crash") {
      canvas.isDead = true;
      this.crashed.add(canvas);
      background.stop();
    }
    const last = canvas.made.findLast(({ layer }) => canvas.layers.has(layer));
    if (kind !== "undo" || !last) return;
    this.undone.add(last.pid);
    canvas.remove(last.layer);
  }

  /** Every change reaches everybody, in their order. */
  sync(): void {
    for (const arrive of this.#onTheWay.splice(0)) arrive();
  }

  /** Nothing goes wrong any more, somebody has the file open, and time goes by. */
  async calmDown(): Promise<void> {
    this.isCalm = true;
    if (this.sessions.every(({ canvas }) => canvas.isDead)) {
      for (const pid of this.undone) {
        if (this.relay.placements.get(pid)?.state === "pending") this.forgotten.add(pid);
      }
      this.open("C", 0);
    }
    const endMs = this.time.nowMs() + 240_000;
    while (this.time.nowMs() < endMs) {
      for (const { notices } of this.sessions) notices.get("file-identity")?.actions[0]?.act();
      this.sync();
      this.time.ringNext();
      await drain(this.#scheduler);
    }
  }

  /** The layers that hold a placement, as every living canvas shows it. */
  layersOf(pid: string): string[] {
    const living = this.sessions.filter(({ canvas }) => !canvas.isDead);
    const shown = living.map(({ canvas }) =>
      [...canvas.layers]
        .filter(([layer, record]) => markerOf(layer, record)?.record.pid === pid)
        .map(([layer]) => layer)
        .sort(),
    );
    for (const each of shown) expect(each).toEqual(shown[0]);
    return shown[0]!;
  }

  /** How often each session asked its canvas to place, without a claim granted before. */
  unclaimed(): string[] {
    const left = [...this.relay.granted];
    return this.sessions
      .flatMap(({ canvas }) => canvas.placed)
      .filter((each) => {
        const at = left.indexOf(each);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
  }

  madeFor(pid: string) {
    return this.sessions.flatMap(({ canvas }) => canvas.made.filter((made) => made.pid === pid));
  }
}

/** Lets what is on the way arrive, all or so much of it, in the order that the scheduler chooses. */
async function drain(scheduler: Scheduler, arrivals = Infinity): Promise<void> {
  for (let at = 0; at < arrivals; at += 1) {
    await settle();
    if (scheduler.count() === 0) return;
    await scheduler.waitNext(1);
  }
}

async function play(
  world: World,
  scheduler: Scheduler,
  [one, other]: readonly [string, string],
  all: readonly (readonly [Step, number])[],
): Promise<void> {
  world.open(one, 0);
  world.open(other, 7_200_000);
  // The first round of each waits for a timer.
  world.time.advance(1);
  for (const [step, arrivals] of all) {
    await drain(scheduler, arrivals);
    world.take(step);
  }
  await drain(scheduler);
  await world.calmDown();
}

describe("two sessions of one file", () => {
  test("F39: place every result exactly once, in every order of claiming, placing, crashing and undoing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), names, steps, losses, async (scheduler, both, all, lost) => {
        const world = new World(scheduler, lost[Symbol.iterator](), false);
        await play(world, scheduler, both, all);
        expect(world.unclaimed()).toEqual([]);
        for (const { pid } of wishes) {
          const isForgotten = world.forgotten.has(pid);
          expect(world.madeFor(pid)).toHaveLength(isForgotten ? 2 : 1);
          const layers = world.layersOf(pid);
          const known = world.relay.placements.get(pid)!;
          if (world.undone.has(pid) && !isForgotten) {
            expect(layers).toEqual([]);
            expect(["removed", "placed"]).toContain(known.state);
          } else {
            expect(layers).toHaveLength(1);
            expect(known).toMatchObject({ state: "placed", layer: layers[0] });
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("place the results of one version in their order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), names, steps, losses, async (scheduler, both, all, lost) => {
        const world = new World(scheduler, lost[Symbol.iterator](), false);
        const order: string[] = [];
        world.sessions.push = (...opened) => {
          for (const { canvas } of opened) {
            const { push } = Array.prototype;
            (canvas.made as unknown[]).push = (...made: unknown[]) => {
              order.push(...(made as { pid: string }[]).map(({ pid }) => pid));
              return push.apply(canvas.made, made);
            };
          }
          return Array.prototype.push.apply(world.sessions, opened);
        };
        await play(world, scheduler, both, all);
        expect(order.indexOf("p1")).toBeLessThan(order.indexOf("p2"));
      }),
      { numRuns: 100 },
    );
  });

  test("keep one layer of two where their changes reach each other late", async () => {
    let doubles = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), names, steps, losses, async (scheduler, both, all, lost) => {
        const world = new World(scheduler, lost[Symbol.iterator](), true);
        await play(world, scheduler, both, all);
        for (const { pid } of wishes) {
          const layers = world.layersOf(pid);
          const made = world.madeFor(pid);
          if (made.length > 1) doubles += 1;
          // Who crashed cannot take its own away any more; nobody else may.
          const left = new Set(
            [...world.crashed].flatMap((canvas) => canvas.made.map((each) => each.layer)),
          );
          const counted = layers.filter((layer) => !left.has(layer));
          expect(counted.length).toBeLessThanOrEqual(1);
          if (!world.undone.has(pid)) expect(layers.length).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
    expect(doubles).toBeGreaterThan(0);
  });
});
