import { request } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CallFailure } from "../../../server/providers/provider.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { readFigures } from "../../../server/store/figures.ts";
import { grant } from "../../../server/store/ledger.ts";
import { openStore } from "../../../server/store/open-store.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";
import { parseExposition, type Exposition } from "../../helpers/parse-exposition.ts";
import { awaitEnd, graphOfOne, pressNodes } from "../../helpers/press-nodes.ts";

const planted = "planted-canary";
const gate = Promise.withResolvers<undefined>();
const provider = createFakeProvider({
  models: [fakeModel("text")],
  answer: async ({ request: asked }) => {
    const prompt = asked.task === "text" ? asked.instruction : "";
    if (prompt.includes("unknown")) {
      const message = `lost ${planted}`;
      throw new CallFailure({ code: "outcome-unknown", message, isRetryable: false }, "unknown");
    }
    if (prompt.includes("limited")) {
      const message = `slow ${planted}`;
      throw new CallFailure({ code: "provider-limited", message, isRetryable: true }, "not-billed");
    }
    if (prompt.includes("broken")) throw new TypeError(planted);
    if (prompt.includes("wait")) await gate.promise;
    return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
  },
});

let folder: string;
let opened: TestRelay;
let text: string;
let shown: Exposition;

/** Asks the admin port under a Host of one's own. */
function ask(port: number, path: string, host: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path, headers: { host } }, (response) => {
      let body = "";
      response.on("data", (piece: Buffer) => (body += piece.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}
const adminHost = () => `localhost:${opened.relay.adminPort}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-metrics-"));
  const store = await openStore({ folder, nowMs: Date.now });
  await store.transaction((transaction) =>
    grant(transaction, "local", { id: "first", credits: 100, nowMs: 0 }),
  );
  await store.close();
  opened = await openTestRelay([provider], folder, null, 0, { adminPort: 0 });
  const press = (kind: string) => {
    const graph = graphOfOne("assistant", "fake:text", `${kind} ${planted}`);
    return pressNodes(opened.client, `press-${kind}`, graph);
  };
  for (const kind of ["good", "unknown", "limited", "broken"]) {
    await awaitEnd(opened.client, (await press(kind)).id);
  }
  const open = await press("wait");
  for await (const { event } of opened.client.events(open.id, 0)) {
    if (event.type === "node-start") break;
  }
  await fetch(`http://localhost:${opened.relay.port}/v1/status`);
  ({ text } = await ask(opened.relay.adminPort!, "/metrics", adminHost()));
  shown = parseExposition(text);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("the figures of a relay", () => {
  test("are what happened", () => {
    expect(shown.value("spaces_runs", { state: "done" })).toBe(1);
    expect(shown.value("spaces_runs", { state: "failed" })).toBe(3);
    expect(shown.value("spaces_runs", { state: "running" })).toBe(1);
    expect(shown.value("spaces_provider_failures_total", { code: "provider-limited" })).toBe(3);
    expect(shown.value("spaces_provider_failures_total", { code: "broken" })).toBe(1);
    expect(shown.value("spaces_retries_total", {})).toBe(2);
    expect(shown.value("spaces_refusals_total", { code: "token-missing", route: "status" })).toBe(
      1,
    );
    expect(shown.value("spaces_streams_total", {})).toBe(5);
    expect(shown.value("spaces_store_up", {})).toBe(1);
    expect(shown.value("spaces_resident_memory_bytes", {})).toBeGreaterThan(1e7);
    expect(shown.value("spaces_disk_free_bytes", {})).toBeGreaterThan(0);
    expect(shown.value("spaces_event_loop_delay_seconds", { quantile: "0.99" })).toBeLessThan(60);
  });

  test("have labels from lists of ours alone, and nothing that was planted", () => {
    const known =
      /^(running|done|failed|cancelled|reserved|submitting|submitted|stored|settled|unknown|not-called|fake|broken|none|status|0\.5|0\.99|1|[a-z]+-[a-z]+)$/;
    expect(shown.labelValues().filter((value) => !known.test(value))).toEqual([]);
    expect(text).not.toContain(planted);
  });

  test("are shown to the names of this machine alone; the probes to everybody who reaches it", async () => {
    const port = opened.relay.adminPort!;
    for (const host of ["evil.test", `evil.test:${port}`, "localhost", "127.0.0.1:1"]) {
      expect((await ask(port, "/metrics", host)).status).toBe(421);
      expect((await ask(port, "/healthz", host)).status).toBe(200);
      expect((await ask(port, "/readyz", host)).status).toBe(200);
      expect((await ask(opened.relay.port, "/healthz", host)).status).toBe(421);
    }
    const ready = await ask(port, "/readyz", "10.0.0.7:80");
    expect(JSON.parse(ready.text)).toEqual({
      ok: true,
      parts: { store: true, storage: true, engine: true, process: true },
    });
    expect((await ask(port, "/v1/status", adminHost())).status).toBe(404);
    const own = await fetch(`http://localhost:${opened.relay.port}/readyz`);
    expect([own.status, await own.text()]).toEqual([200, '{"ok":true}']);
  });

  test("equal the ledger, and neither they nor the log hold a word of a prompt", async () => {
    gate.resolve(undefined);
    await opened.close(true);
    expect(opened.log.join("")).not.toContain(planted);
    expect(opened.log).toHaveLength(1);
    const store = await openStore({ folder, nowMs: Date.now });
    expect(await checkLedger(store.database)).toEqual([]);
    const figures = await readFigures(store.database, 0);
    const sums = await store.database
      .selectFrom("account")
      .select(["name", "credits"])
      .where("name", "=", "house:loss")
      .executeTakeFirst();
    const voids = await store.database
      .selectFrom("transfer")
      .select("id")
      .where("kind", "=", "void")
      .execute();
    await store.close();
    expect(shown.value("spaces_house_loss_credits", {})).toBe(sums?.credits);
    expect(figures.houseLossCredits).toBe(sums?.credits);
    expect(shown.value("spaces_unknown_outcomes", {})).toBe(figures.attempts["unknown"]);
    // Then one call was reserved, which was paid since.
    expect(shown.value("spaces_open_holds", {})).toBe(1);
    expect(shown.value("spaces_held_credits", {})).toBe(5);
    expect(shown.value("spaces_held_dollars", {})).toBe(0);
    expect(figures).toMatchObject({ openHolds: 0, heldCredits: 0, oldestOpenRunMs: null });
    const refunds = ["failed", "cancelled", "unknown", "not-called"].map((reason) =>
      shown.value("spaces_refunds_last_day", { reason }),
    );
    expect(refunds.reduce((sum, each) => sum + each, 0)).toBe(voids.length);
  });
});
