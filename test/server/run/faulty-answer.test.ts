import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { says, status, type ServiceTrouble } from "../../helpers/faulty-service.ts";
import { lostAnswers } from "../../helpers/lost-answers.ts";
import {
  openRunsOverService,
  troubleAt,
  wentWell,
  type RunsOverService,
} from "../../helpers/runs-over-service.ts";

const always = 1_000_000;

let runs: RunsOverService;
beforeAll(async () => {
  runs = await openRunsOverService();
  // The first call loads much: its answer may come later than the others are waited for.
  await runs.runOver("A", {});
});
afterAll(() => runs.close());

describe("F14, F15, F16: an answer to a question or a result that does not come whole", () => {
  const places = ["poll", "result"] as const;
  const classes = ["A", "B", "C", "D"] as const;
  const cases = Object.entries(lostAnswers).flatMap(([name, trouble]) =>
    places.map((place) => [name, place, trouble] as const),
  );

  test.each(cases)("%s, at %s, is asked for again; the call is not", async (_, place, trouble) => {
    for (const recovery of classes) {
      const { outcome, asked } = await runs.runOver(recovery, troubleAt(place, trouble, 2));
      expect([outcome, asked.submit], recovery).toEqual([wentWell, 1]);
      expect(asked[place], recovery).toBe(3);
    }
  });
});

describe("F17: an answer that is not what it should be", () => {
  const page = "<!doctype html><title>Sorry</title>";
  const odd: [string, ServiceTrouble][] = [
    ["an HTML page with status 200", says(page)],
    ["an HTML page that says it is JSON", says(page, { type: "application/json" })],
    ["nothing with status 200", says("")],
    ["status 204", says("", { code: 204 })],
    ["another object", says('{"error":"no"}', { type: "application/json" })],
    ["bytes that are no text", says(Buffer.from([0xff, 0xfe, 0x00]))],
    ["more than it may be", says(`{"job":"1","more":"${"x".repeat(70_000)}"}`)],
  ];

  test.each(odd)("%s to a submission is not paid by the user", async (_name, trouble) => {
    const lost = { state: "failed", code: "provider-protocol", spent: 0, billed: 0, lost: 5 };
    const untaken = { ...trouble, isTaken: false };
    const { outcome, asked } = await runs.runOver("D", troubleAt("submit", untaken));
    expect([outcome, asked.submit]).toEqual([lost, 1]);
  });

  test("to a question is asked again, and given up at the deadline", async () => {
    const passing = await runs.runOver("D", troubleAt("poll", says(page), 3));
    expect(passing.outcome).toEqual(wentWell);
    const late = { state: "failed", code: "timed-out", spent: 0, billed: 1, lost: 5 };
    expect((await runs.runOver("D", troubleAt("poll", says(page), always))).outcome).toEqual(late);
  });
});

describe("F18: numbers of odd shapes", () => {
  const shapes = fc.oneof(
    fc.constantFrom("NaN", "1e400", "-1e400", "-0", "9007199254740993", '"5"', "[5]", "5.5", "-3"),
    fc.constantFrom('7,"billed":2', '2,"__proto__":{"billed":1}', '{"__proto__":{}}', "true", ""),
    fc.integer({ min: 0, max: 20 }).map(String),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  );

  test("in a bill cost the user the quote or nothing, and the books stay right", async () => {
    const met = { done: 0, failed: 0 };
    await fc.assert(
      fc.asyncProperty(shapes, async (billed) => {
        const { state, spent, lost } = (await runs.runOver("D", { billed })).outcome;
        const number = parse(billed);
        if (state === "done") met.done += 1;
        else met.failed += 1;
        expect([state, spent]).toEqual(number === null ? ["failed", 0] : ["done", 5]);
        expect(lost).toBe(number === null ? 5 : Math.max(0, number - 5));
      }),
      { numRuns: 60, seed: 18 },
    );
    expect(met.done).toBeGreaterThan(3);
    expect(met.failed).toBeGreaterThan(3);
  });

  /** The number that JSON of this shape gives where it is one that can be booked. */
  function parse(text: string): number | null {
    try {
      const { billed } = JSON.parse(`{"billed":${text}}`) as { billed: unknown };
      return Number.isSafeInteger(billed) && Number(billed) >= 0 ? Number(billed) : null;
    } catch {
      return null;
    }
  }
});

describe("F5, F19: a result whose address leads nowhere", () => {
  test.each([404, 403, 410])("with %i for a while is waited for", async (code) => {
    const { outcome, asked } = await runs.runOver("D", troubleAt("result", status(code), 4));
    expect([outcome, asked.submit]).toEqual([wentWell, 1]);
  });

  test("for five minutes is given up: the user does not pay what was billed", async () => {
    const lost = { state: "failed", code: "result-expired", spent: 0, billed: 1, lost: 5 };
    const gone = await runs.runOver("D", troubleAt("result", status(404), always));
    expect(gone.outcome).toEqual(lost);
  });
});

describe("F21: a service that bills more than was quoted", () => {
  test("is paid the quote by the user and the rest by the house", async () => {
    const { outcome } = await runs.runOver("D", { billed: "12" });
    expect(outcome).toEqual({ ...wentWell, lost: 7 });
  });
});
