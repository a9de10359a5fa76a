import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fileStandSchema,
  giveGeneration,
  judgeOpening,
  mayPlace,
  type FileFence,
  type FileStand,
} from "#domain/file-fence";

const stand = (changes: Partial<FileStand> = {}): FileStand => ({
  file: "doc",
  generation: 4,
  name: "Spring",
  fileKey: null,
  session: "new",
  ...changes,
});
const fence: FileFence = {
  generation: 5,
  name: "Winter",
  fileKey: null,
  session: "newest",
  openedAtMs: 1_000,
};
const keyed = { ...fence, fileKey: "key-1" };

describe("the opening of a file", () => {
  test.each([
    ["that nobody has opened", null, { generation: 0 }, false, 1],
    ["whose root came from another relay", null, { generation: 7 }, false, 8],
    ["with the newest generation", fence, { generation: 5 }, false, 6],
    [
      "with a generation that a restored relay has not given yet",
      fence,
      { generation: 9 },
      false,
      10,
    ],
    ["by the newest session, whose write is on its way", fence, { session: "newest" }, true, 5],
    ["by a session that saw the newest generation arrive", fence, { generation: 5 }, true, 5],
    ["by Figma's key, from an older state", keyed, { fileKey: "key-1", generation: 1 }, false, 6],
    ["by Figma's key, again", keyed, { fileKey: "key-1", generation: 1 }, true, 5],
    ["where one side knows no key", keyed, { generation: 5 }, false, 6],
  ] as const)("%s is let in", (_what, known, changes, isKnown, generation) => {
    const opening = judgeOpening(known, stand(changes), isKnown, 2_000);
    expect([opening.isOpen, opening.fence.generation]).toEqual([true, generation]);
  });

  test.each([
    ["from an older state", fence, {}, false],
    ["from an older state by a session that was in before", fence, {}, true],
    [
      "by a key that is another's, whatever the root",
      keyed,
      { fileKey: "key-2", generation: 5 },
      false,
    ],
    [
      "by a key that is another's, also as the newest",
      keyed,
      { fileKey: "key-2", session: "newest" },
      true,
    ],
  ] as const)("%s is held back, and nothing changes", (_what, known, changes, isKnown) => {
    expect(judgeOpening(known, stand(changes), isKnown, 2_000)).toEqual({
      isOpen: false,
      fence: known,
    });
  });

  test("keeps the key that is known when the next one does not tell it", () => {
    const { fence: next } = judgeOpening(keyed, stand({ generation: 5 }), false, 2_000);
    const newest = { generation: 6, name: "Spring", fileKey: "key-1", session: "new" };
    expect(next).toEqual({ ...newest, openedAtMs: 2_000 });
  });

  test("is not asked for with a number that could not be counted on from", () => {
    const accepts = (generation: number) =>
      fileStandSchema.safeParse(stand({ generation })).success;
    expect([0, 1e15].map(accepts)).toEqual([true, true]);
    expect([-1, 0.5, 1e16, Infinity, NaN].map(accepts)).toEqual(Array(5).fill(false));
  });
});

/** A panel open in a copy of the file. */
interface Session {
  readonly id: string;
  readonly copy: number;
  /** Given by the relay and not yet in the root. */
  unwritten: number | null;
}
/** One of the files that share an id. `root` reaches the sessions of this file only. */
interface Copy {
  root: number;
  readonly key: string | null;
}

class Scene {
  fence: FileFence | null = null;
  readonly given = new Map<string, number>();
  readonly copies: Copy[];
  readonly sessions: Session[] = [];
  /** Told "behind" since a person last answered: the question is on somebody's screen. */
  questions = 0;
  #numbers = 0;

  constructor(key: string | null) {
    this.copies = [{ root: 0, key }];
  }

  enter(copy: number): void {
    this.sessions.push({ id: `s${(this.#numbers += 1)}`, copy, unwritten: null });
    this.open(this.sessions.length - 1);
  }
  stand(session: Session): FileStand {
    const { root, key } = this.copies[session.copy]!;
    return stand({ generation: root, fileKey: key, session: session.id });
  }
  open(at: number): void {
    const session = this.sessions[at];
    if (!session) return;
    const isKnown = this.given.has(session.id);
    const opening = judgeOpening(this.fence, this.stand(session), isKnown, 0);
    if (!opening.isOpen) {
      this.questions += 1;
      return;
    }
    this.give(session, opening.fence);
  }
  keep(at: number): void {
    const session = this.sessions[at];
    if (session) this.give(session, giveGeneration(this.fence, this.stand(session), 0));
  }
  give(session: Session, next: FileFence): void {
    this.fence = next;
    this.given.set(session.id, next.generation);
    session.unwritten = next.generation;
  }
  write(at: number): void {
    const session = this.sessions[at];
    if (session?.unwritten == null) return;
    this.copies[session.copy]!.root = session.unwritten;
    session.unwritten = null;
  }
  close(at: number): void {
    if (at < this.sessions.length) this.sessions.splice(at, 1);
  }
  duplicate(copy: number): void {
    const { root, key } = this.copies[copy]!;
    this.copies.push({ root, key: key === null ? null : `key-${(this.#numbers += 1)}` });
  }
  /** The copies in which some session may place results. */
  placing(): Set<number> {
    const able = this.sessions.filter(({ id }) => mayPlace(this.fence, this.given.get(id) ?? null));
    return new Set(able.map((session) => session.copy));
  }
}

type Move = (scene: Scene, at: number) => void;
const moves: Readonly<Record<string, Move>> = {
  enter: (scene, at) => scene.enter(at % scene.copies.length),
  open: (scene, at) => scene.open(at % (scene.sessions.length || 1)),
  write: (scene, at) => scene.write(at % (scene.sessions.length || 1)),
  close: (scene, at) => scene.close(at % (scene.sessions.length || 1)),
  keep: (scene, at) => scene.keep(at % (scene.sessions.length || 1)),
  duplicate: (scene, at) => scene.duplicate(at % scene.copies.length),
};
const program = fc.array(
  fc.record({ move: fc.constantFrom(...Object.keys(moves)), at: fc.nat({ max: 9 }) }),
  { minLength: 10, maxLength: 60 },
);

describe("files that share an id, however they are copied, opened and closed", () => {
  test.each([
    ["without keys", null],
    ["with keys", "key-0"],
  ] as const)("%s: results go into one of them only", (_what, key) => {
    const met = { copies: 0, questions: 0 };
    fc.assert(
      fc.property(program, (steps) => {
        const scene = new Scene(key);
        for (const { move, at } of steps) {
          moves[move]!(scene, at);
          expect(scene.placing().size).toBeLessThanOrEqual(1);
        }
        if (scene.copies.length > 1) met.copies += 1;
        if (scene.questions > 0) met.questions += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(met.copies).toBeGreaterThan(1_000);
    expect(met.questions).toBeGreaterThan(300);
  });

  test("two that are open at once do not both stay so without the question", () => {
    fc.assert(
      fc.property(program, (steps) => {
        const scene = new Scene(null);
        for (const { move, at } of steps) moves[move]!(scene, at);
        for (let at = 0; at < scene.sessions.length; at += 1) scene.write(at);
        scene.questions = 0;
        const copies = new Set(scene.sessions.map((session) => session.copy));
        scene.sessions.forEach((_session, at) => {
          scene.open(at);
          scene.write(at);
        });
        scene.sessions.forEach((_session, at) => scene.open(at));
        if (copies.size > 1) expect(scene.questions).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test("one file is never asked about, however many open it, once what they wrote has arrived", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 })), (steps) => {
        const scene = new Scene(null);
        for (const step of steps) {
          if (step < 4) scene.enter(0);
          else if (step < 8) scene.open(step % (scene.sessions.length || 1));
          else scene.close(step % (scene.sessions.length || 1));
          for (let at = 0; at < scene.sessions.length; at += 1) scene.write(at);
        }
        expect(scene.questions).toBe(0);
        scene.sessions.forEach((_session, at) => scene.open(at));
        if (scene.sessions.length > 0) {
          const able = scene.sessions.filter(({ id }) =>
            mayPlace(scene.fence, scene.given.get(id)!),
          );
          expect(able).toHaveLength(scene.sessions.length);
        }
      }),
    );
  });
});
