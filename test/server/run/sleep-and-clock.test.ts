import { afterEach, describe, expect, test } from "vitest";
import { CallFailure, type Standing } from "../../../server/providers/provider.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import { quickClock } from "../../helpers/quick-clock.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const hourMs = 3_600_000;
const graph = buildGraph()
  .node("a", "assistant", { settings: { instruction: "a" } })
  .done();
const running: Standing = { kind: "running", done: null };
const done: Standing = {
  kind: "done",
  result: { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] },
};

let time: ReturnType<typeof quickClock>;
let harness: Harness;
afterEach(() => harness.close());

/** Starts one call; each question how it stands is answered by the test, one after the other. */
async function startCall() {
  time = quickClock();
  const questions: ((answer: Standing | Error) => void)[] = [];
  const news: (() => void)[] = [];
  const provider = {
    ...createFakeProvider({ pollsUntilDone: 1 }),
    poll: () =>
      new Promise<Standing>((resolve, reject) => {
        questions.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
        news.shift()?.();
      }),
  };
  harness = await openHarness({ providers: [provider], parts: { clock: time.clock } });
  const { id } = await pressRun(harness.host, graph, { mode: "all" });
  /** The question that is open. */
  const question = async () => {
    const asked = new Promise<void>((resolve) => {
      if (questions.length > 0) resolve();
      else news.push(resolve);
    });
    await asked;
    return questions.shift()!;
  };
  const end = () => waitForEnd(harness, id);
  return { question, end };
}

const unreachable = () =>
  new CallFailure(
    { code: "provider-unavailable", message: "No network.", isRetryable: true },
    "not-billed",
  );
const balance = () => balanceOf(harness.store.database, caller.team);

describe("F34: a laptop that sleeps for eight hours", () => {
  test("with a question on its way asks again before it judges, and keeps what was made", async () => {
    const { question, end } = await startCall();
    const answer = await question();
    time.jump(8 * hourMs);
    answer(running);
    (await question())(done);
    expect((await end()).run.state).toBe("done");
    expect((await balance()).spent).toBe(5);
  });

  test("without a network when it wakes up asks for a minute before it judges", async () => {
    const { question, end } = await startCall();
    (await question())(running);
    time.jump(8 * hourMs);
    for (let tries = 0; tries < 4; tries += 1) (await question())(unreachable());
    (await question())(done);
    expect((await end()).run.state).toBe("done");
  });

  test("gives up what is still not made, at once, and what it cannot ask for, soon", async () => {
    const first = await startCall();
    (await first.question())(running);
    time.jump(8 * hourMs);
    (await first.question())(running);
    const { run } = await first.end();
    expect([run.state, run.steps["a"]?.failure?.code]).toEqual(["failed", "timed-out"]);
    await harness.close();
    const second = await startCall();
    const startedAtMs = time.clock.nowMs();
    const ended = second.end();
    for (;;) {
      const answer = await Promise.race([second.question(), ended.then(() => null)]);
      if (!answer) break;
      answer(unreachable());
    }
    expect((await ended).run.state).toBe("failed");
    expect(time.clock.nowMs() - startedAtMs).toBeLessThan(10 * 60_000);
    expect(await balance()).toMatchObject({ held: 0, spent: 0 });
  });
});

describe("F33: a clock that jumps", () => {
  test.each([5, -5])(
    "by %i hours while a call is made: it ends as it should, paid once",
    async (hours) => {
      const { question, end } = await startCall();
      const answer = await question();
      time.jump(hours * hourMs);
      answer(running);
      (await question())(done);
      const { run } = await end();
      expect(run.state).toBe("done");
      expect(await balance()).toMatchObject({ held: 0, spent: 5 });
    },
  );
});
