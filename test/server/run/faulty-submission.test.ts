import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RecoveryClass } from "../../../server/providers/provider.ts";
import { createFaultyProvider, withinMs } from "../../helpers/faulty-provider.ts";
import { openFaultyService, status } from "../../helpers/faulty-service.ts";
import { lostAnswers } from "../../helpers/lost-answers.ts";
import {
  openRunsOverService,
  troubleAt,
  wentWell,
  type HookTime,
  type RunsOverService,
} from "../../helpers/runs-over-service.ts";

const classes = ["A", "B", "C", "D"] as const satisfies readonly RecoveryClass[];
const hookTimes = ["before the answer", "after the answer"] as const satisfies readonly HookTime[];

let runs: RunsOverService;
beforeAll(async () => {
  runs = await openRunsOverService();
  // The first call loads much: its answer may come later than the others are waited for.
  await runs.runOver("A", {});
});
afterAll(() => runs.close());

describe("F11: a service that breaks before it takes a call", () => {
  test.each([500, 502, 503])("with %i: asked again in class A, looked for in B", async (code) => {
    const a = await runs.runOver("A", troubleAt("submit", status(code), 3));
    expect(a.outcome).toEqual(wentWell);
    expect(a.asked.submit).toBe(4);
    const b = await runs.runOver("B", troubleAt("submit", status(code)));
    expect(b.outcome).toEqual(wentWell);
    expect(b.asked).toMatchObject({ submit: 2, "look-up": 1 });
  });

  test.each([500, 502, 503])(
    "with %i: asked once in class C, which waits for a webhook until the deadline",
    async (code) => {
      const lost = { state: "failed", code: "outcome-unknown", spent: 0, billed: 0, lost: 5 };
      const c = await runs.runOver("C", troubleAt("submit", status(code)));
      expect([c.outcome, c.asked.submit]).toEqual([lost, 1]);
    },
  );

  test.each(hookTimes)(
    "though it took the call, and its webhook comes %s: found in class C",
    async (hookTime) => {
      const c = await runs.runOver("C", troubleAt("submit", status(500, true)), hookTime);
      expect([c.outcome, c.asked.submit]).toEqual([wentWell, 1]);
    },
  );

  test("is not asked again in class D, unless it says that nothing was taken", async () => {
    const lost = { state: "failed", code: "provider-unavailable", spent: 0, billed: 0, lost: 5 };
    const d = await runs.runOver("D", troubleAt("submit", status(503)));
    expect([d.outcome, d.asked.submit]).toEqual([lost, 1]);
    const troubles = troubleAt("submit", status(503), 2);
    const service = await openFaultyService({ ...troubles, isIdempotent: false });
    const provider = createFaultyProvider(service.url, "D", { refusals: [503] });
    expect(await runs.runWith(service, provider)).toEqual(wentWell);
    expect(service.asked.submit).toBe(3);
    await service.close();
  });

  test.each([429, 404, 422])(
    "and then says %i to the repetition: that is no word on the first one",
    async (code) => {
      const troubles = {
        submit: { trouble: [status(500, true), status(code)], times: 2 },
      };
      const { outcome, asked } = await runs.runOver("A", { troubles });
      if (code === 429) expect([outcome, asked.submit]).toEqual([wentWell, 3]);
      else expect(outcome).toMatchObject({ state: "failed", spent: 0, billed: 1, lost: 5 });
    },
  );
});

describe("F12: a service that cannot be reached", () => {
  const refusing = {
    state: "failed",
    code: "provider-unavailable",
    spent: 0,
    billed: 0,
    lost: 0,
  };

  test("at a closed port costs nothing, in three tries that were never sent", async () => {
    const service = await openFaultyService({ isIdempotent: false });
    await service.close();
    let tries = 0;
    const counting = (url: string, init: RequestInit) => {
      tries += 1;
      return fetch(url, init);
    };
    const provider = createFaultyProvider(service.url, "D", { fetch: counting });
    expect([await runs.runWith(service, provider), tries]).toEqual([refusing, 3]);
  });

  test("over TLS that it does not speak costs nothing", async () => {
    const service = await openFaultyService({ isIdempotent: false });
    const provider = createFaultyProvider(service.url.replace("http:", "https:"), "D");
    expect(await runs.runWith(service, provider)).toEqual(refusing);
    expect(service.asked.submit).toBe(0);
    await service.close();
  });

  test.each(["ENOTFOUND", "DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_HAS_EXPIRED"])(
    "for %s is asked again, and then takes the call once",
    async (code) => {
      const service = await openFaultyService({ isIdempotent: false });
      let tries = 0;
      const failingOnce = (url: string, init: RequestInit) => {
        tries += 1;
        if (tries > 1) return fetch(url, init);
        const syscall = code === "ENOTFOUND" ? { syscall: "getaddrinfo" } : {};
        const cause = Object.assign(new Error(code), { code, ...syscall });
        return Promise.reject(new TypeError("fetch failed", { cause }));
      };
      const provider = createFaultyProvider(service.url, "D", { fetch: failingOnce });
      expect(await runs.runWith(service, provider)).toEqual(wentWell);
      await service.close();
    },
  );
});

describe("F13, F14, F15, F16: a submission that is taken, with an answer that is lost", () => {
  test.each(Object.entries(lostAnswers))(
    "%s: billed once in every class",
    async (name, trouble) => {
      for (const recovery of classes) {
        const startedMs = performance.now();
        const { outcome, asked } = await runs.runOver(recovery, troubleAt("submit", trouble));
        expect(performance.now() - startedMs).toBeLessThan(withinMs + 1_000);
        // What is whole and makes no sense is not sent again: nobody knows what it was.
        const isProtocol = name.startsWith("F16");
        const code = isProtocol ? "provider-protocol" : "provider-unavailable";
        const lost = { state: "failed", code, spent: 0, billed: 1, lost: 5 };
        const isLost = recovery === "D" || (isProtocol && recovery !== "C");
        expect(outcome, recovery).toEqual(isLost ? lost : wentWell);
        if (recovery !== "A") expect(asked.submit).toBe(1);
      }
    },
  );

  test.each(Object.entries(lostAnswers))(
    "%s: in class C a webhook that comes later brings the call, none is the house's loss",
    async (name, trouble) => {
      const isProtocol = name.startsWith("F16");
      const late = await runs.runOver("C", troubleAt("submit", trouble), "after the answer");
      const never = await runs.runOver("C", troubleAt("submit", trouble), "never");
      const lost = { state: "failed", spent: 0, billed: 1, lost: 5 };
      const protocol = { ...lost, code: "provider-protocol" };
      expect(late.outcome).toEqual(isProtocol ? protocol : wentWell);
      const unknown = { ...lost, code: "outcome-unknown" };
      expect(never.outcome).toEqual(isProtocol ? protocol : unknown);
      expect([late.asked.submit, never.asked.submit]).toEqual([1, 1]);
    },
  );
});
