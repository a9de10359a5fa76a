import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCommandClient } from "#domain/command-client";
import type { Graph } from "#domain/graph";
import { createRelayClient } from "#domain/relay-client";
import { dollars } from "#domain/price";
import { sendTo } from "../../../server/cli/send-to-relay.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";

let opened: TestRelay;
beforeAll(async () => {
  const models = [fakeModel("text", { price: dollars(0.04) })];
  opened = await openTestRelay([createFakeProvider({ models })]);
});
afterAll(() => opened.close());

const graph: Graph = {
  nodes: ["Idea", "Answer"].map((title, at) => ({
    ...{ id: `1:${at}`, type: "assistant" as const, title, model: "fake:text" },
    ...{ settings: { instruction: title }, isLocked: false },
  })),
  connections: [],
};

function clientsOf(token: string) {
  const send = sendTo(opened.relay.port);
  return { ...createRelayClient(send, token), ...createCommandClient(send, token) };
}

async function join(name: string) {
  const body = { name, role: "member" } as const;
  const { code } = await clientsOf(opened.token).command("memberInvite", { body });
  const pair = { body: { code, device: "Console" } };
  return clientsOf(
    (await createRelayClient(sendTo(opened.relay.port), null).call("pair", pair)).token,
  );
}

/** A run of both nodes, at its end. */
async function run(client: ReturnType<typeof clientsOf>, file: string): Promise<string> {
  const request = { file, graph, target: { mode: "all" as const }, isAgain: false };
  const { id: quote } = await client.call("quote", { body: request });
  const headers = { "idempotency-key": `press of ${file}` };
  const { id } = await client.call("runStart", { headers, body: { ...request, quote } });
  for await (const { event } of client.events(id, 0)) if (event.type === "run-end") break;
  return id;
}

describe("what the console asks", () => {
  test("all runs, newest first, of every file and member; to the owner alone", async () => {
    const [you, ana] = [clientsOf(opened.token), await join("Ana")];
    const [first, second] = [await run(you, "file-1"), await run(ana, "file-2")];
    const { runs } = await you.command("allRuns", { body: undefined });
    expect(runs.map(({ id, startedBy }) => [id, startedBy])).toEqual([
      [second, "Ana"],
      [first, "you"],
    ]);
    expect(runs[0]).toMatchObject({
      ...{ file: "file-2", fileName: null, state: "done", nodes: 2, reused: 0 },
      ...{ credits: 0, microDollars: 80_000, atMost: { credits: 0, microDollars: 80_000 } },
      models: ["fake:text"],
    });
    const refused = ana.command("allRuns", { body: undefined });
    await expect(refused).rejects.toMatchObject({ code: "not-allowed" });
    const { versions } = await you.command("allResults", { body: undefined });
    expect(versions.map((version) => [version.run, version.node])).toEqual([
      ...[second, second, first, first].map((of, at) => [of, `1:${at % 2}`]),
    ]);
    const { nodes } = await ana.command("runNodes", { path: { run: first }, body: undefined });
    expect(nodes).toEqual([
      { id: "1:0", type: "assistant", title: "Idea" },
      { id: "1:1", type: "assistant", title: "Answer" },
    ]);
    const unknown = you.command("runNodes", { path: { run: "no-run" }, body: undefined });
    await expect(unknown).rejects.toMatchObject({ code: "not-found" });
  });

  test("the days of a month: everybody's to the owner, to a member their own", async () => {
    const [you, ben] = [clientsOf(opened.token), await join("Ben")];
    await run(ben, "file-3");
    const query = { from: "2025-01-01" };
    const { rows } = await you.command("usage", { query, body: undefined });
    const month = rows.find(({ member }) => member === "Ben")?.month ?? "";
    const asked = { query: { month }, body: undefined };
    const { days } = await ben.command("usageDays", asked);
    expect(days).toMatchObject([{ member: "Ben", calls: 2, credits: 0, microDollars: 80_000 }]);
    const all = (await you.command("usageDays", asked)).days;
    expect(all).toContainEqual(days[0]);
    const sum = (each: readonly { microDollars: number }[]) =>
      each.reduce((total, { microDollars }) => total + microDollars, 0);
    expect(sum(all)).toBe(sum(rows.filter((row) => row.month === month)));
    for (const wrong of ["2026-13", "2026-1", "2026-11-01", ""]) {
      const refused = you.command("usageDays", { query: { month: wrong }, body: undefined });
      await expect(refused).rejects.toMatchObject({ code: "request-invalid" });
    }
  });

  test("to be let go: its own token gets in no more, every other one does", async () => {
    const [one, other] = [await join("Cleo"), await join("Cleo")];
    await one.command("unpair", { body: {} });
    const refused = one.call("status", { body: undefined });
    await expect(refused).rejects.toMatchObject({ code: "token-invalid" });
    expect(await other.call("status", { body: undefined })).toMatchObject({ member: "Cleo" });
  });
});
