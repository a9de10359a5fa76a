import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fairOrder, whoEnters, type WaitingCall } from "#domain/fair-line";

const seed = 20_261_121;
const members = ["ana", "bo", "cy", "di"];

/** What happens before a provider: calls of a member come, or places come free. */
type Step =
  | {
      readonly do: "come";
      readonly member: string;
      readonly calls: number;
      readonly starts: boolean;
    }
  | { readonly do: "free"; readonly places: number; readonly starts: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("come" as const),
      member: fc.constantFrom(...members),
      calls: fc.integer({ min: 1, max: 12 }),
      starts: fc.boolean(),
    }),
    fc.record({
      do: fc.constant("free" as const),
      places: fc.integer({ min: 1, max: 3 }),
      starts: fc.constantFrom(0, 1, 2, 99),
    }),
  ),
  { minLength: 1, maxLength: 60 },
);

/** A line in memory that knows who was let in, in order. */
class Line {
  waiting: WaitingCall[] = [];
  readonly entered: WaitingCall[] = [];
  readonly served = new Map<string, number>();

  come(member: string, startsCall = true): WaitingCall {
    const arrived = this.waiting.length + this.entered.length + 1;
    const call = { id: `${member}-${arrived}`, member, arrived, startsCall };
    this.waiting.push(call);
    return call;
  }

  letIn(places: number, starts = Infinity): WaitingCall[] {
    const entering = whoEnters(this.waiting, this.served, { places, starts });
    for (const call of entering) {
      this.entered.push(call);
      this.served.set(call.member, this.entered.length);
    }
    this.waiting = this.waiting.filter((call) => !entering.includes(call));
    return entering;
  }
}

/** Plays the steps and looks at the line at each free place, before and after. */
function play(
  all: readonly Step[],
  look: (
    before: readonly WaitingCall[],
    entering: readonly WaitingCall[],
    step: Step & { do: "free" },
    line: Line,
  ) => void,
): Line {
  const line = new Line();
  for (const step of all) {
    if (step.do === "come") {
      for (let at = 0; at < step.calls; at += 1) line.come(step.member, step.starts);
    } else {
      const before = line.waiting;
      look(before, line.letIn(step.places, step.starts), step, line);
    }
  }
  return line;
}

describe("the line before a provider", () => {
  test("lets a member with one call in next or the one after, before another's five hundred", () => {
    const property = fc.property(fc.integer({ min: 0, max: 400 }), (before) => {
      const line = new Line();
      for (let at = 0; at < 500; at += 1) line.come("ana");
      for (let at = 0; at < before; at += 1) line.letIn(1);
      const one = line.come("bo");
      expect([...line.letIn(1), ...line.letIn(1)]).toContain(one);
    });
    fc.assert(property, { numRuns: 60, seed });
  });

  test("makes nobody wait for more than one call of each other member", () => {
    const property = fc.property(steps, (all) => {
      const line = play(all, () => undefined);
      // From here on one place at a time comes free, and whoever was let in has a further call at once.
      const firsts = new Map<string, WaitingCall>();
      for (const call of fairOrder(line.waiting, line.served)) {
        if (!firsts.has(call.member)) firsts.set(call.member, call);
      }
      for (let turn = 0; turn < firsts.size; turn += 1) {
        for (const call of line.letIn(1)) line.come(call.member);
      }
      for (const call of firsts.values()) expect(line.entered).toContain(call);
    });
    fc.assert(property, { numRuns: 300, seed });
  });

  test("keeps the order of arrival of a member's calls, of those that start one and those that do not", () => {
    const property = fc.property(steps, (all) => {
      const { entered } = play(all, () => undefined);
      for (const member of members) {
        for (const starts of [true, false]) {
          const own = entered.filter(
            (call) => call.member === member && call.startsCall === starts,
          );
          const arrivals = own.map(({ arrived }) => arrived);
          expect(arrivals).toEqual([...arrivals].sort((one, other) => one - other));
        }
      }
    });
    fc.assert(property, { numRuns: 300, seed });
  });

  test("leaves no place free that somebody may take, and lets nobody start beyond the rate", () => {
    const property = fc.property(steps, (all) => {
      play(all, (before, entering, { places, starts }) => {
        const may = before.filter(({ startsCall }) => !startsCall).length;
        const wait = before.length - may;
        expect(entering).toHaveLength(Math.min(places, may + Math.min(wait, starts)));
        const started = entering.filter(({ startsCall }) => startsCall).length;
        expect(started).toBeLessThanOrEqual(starts);
      });
    });
    fc.assert(property, { numRuns: 300, seed });
  });

  test("serves in the order that it tells", () => {
    const property = fc.property(steps, (all) => {
      const line = play(all, () => undefined);
      const told = fairOrder(line.waiting, line.served);
      const came: WaitingCall[] = [];
      while (line.waiting.length > 0) came.push(...line.letIn(1));
      expect(came).toEqual(told);
    });
    fc.assert(property, { numRuns: 300, seed });
  });
});
