import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Graph } from "#domain/graph";
import { free } from "#domain/price";
import { createEgress } from "../../server/egress.ts";
import {
  CallFailure,
  type ProviderCall,
  type ProviderResult,
} from "../../server/providers/provider.ts";
import { submitFailure } from "../../server/providers/send-failures.ts";
import { submitOnce } from "../../server/providers/submit-once.ts";
import { systemClock } from "../../server/clock.ts";
import { createFakeProvider, fakeModel } from "../helpers/fake-provider.ts";
import { openFaultServer, type Behaviour, type FaultServer } from "../helpers/fault-server.ts";
import { copyFolder, rowsOf } from "../helpers/copy-places.ts";
import { filesOf, findSecrets, refuseSecrets } from "../helpers/find-secrets.ts";
import { openKeyRelay, type KeyRelay } from "../helpers/open-key-relay.ts";
import { createTestDatabase, hasPostgres } from "../helpers/postgres.ts";

const secret = "sk-canary-set-4f9d1c7be2a80365";
const given = "xai-canary-given-77aa01bc94de52";

/** Hosts that say the key back in every way there is. */
const faults: Readonly<Record<string, Behaviour>> = {
  made: (response, { headers }) => response.end(`made with ${headers.authorization ?? ""}`),
  refused: (response, { headers }) => response.writeHead(400).end(JSON.stringify(headers)),
  forbidden: (response, { headers }) => response.writeHead(401).end(JSON.stringify(headers)),
  limited: (response, { headers }) =>
    response.writeHead(422, { "x-debug": headers.authorization ?? "" }).end("limited"),
  broken: (response, { headers }) => response.writeHead(500).end(JSON.stringify(headers)),
  elsewhere: (response, { headers }) =>
    response.writeHead(302, { location: `/?key=${headers.authorization ?? ""}` }).end(),
  reset: (response) => response.socket?.resetAndDestroy(),
};

/** A provider that passes on every word that its host says, and names its key in its own mistakes. */
function carelessProvider(host: FaultServer) {
  const egress = createEgress({
    clock: systemClock,
    ownOrigins: [host.origin],
    note: () => undefined,
  });
  onTestFinished(() => egress.close());
  const key = { origins: [host.origin], header: "authorization", prefix: "Bearer ", secret };
  const answer = async ({ request }: ProviderCall): Promise<ProviderResult> => {
    const what = request.task === "text" ? request.instruction : "";
    if (what === "mistaken") throw new Error(`TypeError in ${secret}`, { cause: secret });
    const send = egress.withKey(key, { deadlineMs: 10_000, maxBytes: 100_000 });
    const submit = submitOnce({ send, nowMs: Date.now });
    const reply = await submit.fetch(`${host.origin}/${what}`, { method: "POST", body: what });
    const text = `${await reply.text()} ${JSON.stringify([...reply.headers])}`;
    if (reply.ok) return { outputs: [{ kind: "text", text }], billedCredits: null, notes: [text] };
    const { failure, outcome } = submitFailure({ id: "fake", title: "Fake" }, submit.outcome());
    throw new CallFailure({ ...failure, message: text, isRetryable: false }, outcome);
  };
  return createFakeProvider({ models: [fakeModel("text", { price: free })], answer });
}

const whats = [...Object.keys(faults), "mistaken"];
const graph: Graph = {
  nodes: whats.map((what) => ({
    id: what,
    type: "assistant" as const,
    title: what,
    model: "fake:text",
    settings: { instruction: what },
    isLocked: false,
  })),
  connections: [],
};

/** Sets the key, runs every fault to its end, asks every route; answers all that was said. */
async function useEverything(relay: KeyRelay): Promise<[string, string][]> {
  const { client, commands } = relay;
  await commands.command("keySet", {
    path: { provider: "openai" },
    body: { key: "sk-old-0123456789abcdef" },
  });
  await commands.command("keySet", { path: { provider: "openai" }, body: { key: secret } });
  await commands.command("keysReseal", { body: {} });
  await commands.command("keyTry", { path: { provider: "xai" }, body: {} });
  const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
  const quote = await client.call("quote", { body: request });
  const headers = { "idempotency-key": "press-1-2345" };
  const run = await client.call("runStart", { headers, body: { ...request, quote: quote.id } });
  const said: [string, string][] = [];
  const paths = [
    `/v1/runs/${run.id}/events`,
    `/v1/runs/${run.id}`,
    "/v1/runs?file=file-1",
    "/v1/versions?file=file-1&node=made",
    "/v1/keys",
    "/v1/models",
    "/v1/status",
    "/v1/openapi.json",
  ];
  for (const path of paths) said.push([path, await (await relay.ask(path)).text()]);
  const init = { headers: { "content-type": "application/json" } };
  const wrong: [string, string][] = [
    ["/v1/keys/openai", JSON.stringify({ key: `${secret} and more` })],
    ["/v1/keys/openai", JSON.stringify({ key: [secret] })],
    ["/v1/keys/openai", `{"key":"${secret}`],
    ["/v1/keys/nobody", JSON.stringify({ key: secret })],
  ];
  for (const [path, body] of wrong) {
    const answer = await relay.ask(path, { ...init, method: "PUT", body });
    expect(answer.ok).toBe(false);
    said.push([`PUT ${path}`, await answer.text()]);
  }
  const events = said[0]?.[1] ?? "";
  for (const what of whats) expect(events).toContain(`"node":"${what}"`);
  expect(events).toContain("run-end");
  expect(events).toContain("*".repeat(secret.length));

  return said;
}

async function tryCanary(databaseUrl: string | null): Promise<void> {
  const host = await openFaultServer((response, arrived) =>
    faults[arrived.path.slice(1)]?.(response, arrived),
  );
  onTestFinished(() => host.close());
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, "write").mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  const relay = await openKeyRelay({
    databaseUrl,
    environment: new Map([["xai", given]]),
    providers: [carelessProvider(host)],
  });
  onTestFinished(() => relay.remove());
  const said = await useEverything(relay);
  const dataKeys = await readFile(join(relay.settings, "data-key"), "utf8");
  const canaries = [
    secret,
    given,
    relay.token,
    ...dataKeys
      .trim()
      .split(/\n?\d+:/)
      .filter(Boolean),
  ];
  expect(canaries).toHaveLength(5);
  const places = async () => [
    ...said,
    ["log", relay.log.join("")] as const,
    ["output", written.join("")] as const,
    ...(await filesOf(await copyFolder(relay.data))),
    ...(databaseUrl === null ? [] : await rowsOf(databaseUrl)),
  ];
  expect(findSecrets(canaries, await places())).toEqual([]);
  await relay.stop();
  const after = await places();
  expect(findSecrets(canaries, after)).toEqual([]);
  // The search itself works: the host had the key, and all that was made is in what was searched.
  expect(findSecrets([secret], [["host", JSON.stringify(host.arrived)]])).toEqual(["host"]);
  expect(findSecrets(["made with Bearer"], after)).not.toEqual([]);
}

const isWithPostgres = await hasPostgres();

test("every relay that a test opens is refused its end where a secret of it stands", async () => {
  const folder = await mkdtemp(join(tmpdir(), "spaces-canary-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "relay.db"), `row of ${Buffer.from(secret).toString("hex")}`);
  const clean = { folder, log: ["a line"] };
  await expect(refuseSecrets([secret], clean)).rejects.toThrow("relay.db");
  await expect(refuseSecrets([given], { folder, log: [`key ${given}`] })).rejects.toThrow(
    "the log",
  );
  await expect(refuseSecrets([given, ""], clean)).resolves.toBeUndefined();
});

describe("planted secrets are nowhere, whatever goes wrong", () => {
  test("with SQLite", () => tryCanary(null));

  test.skipIf(!isWithPostgres)("with PostgreSQL", async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    await tryCanary(database.url);
  });
});
