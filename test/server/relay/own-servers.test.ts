import { describe, expect, onTestFinished, test } from "vitest";
import type { Graph } from "#domain/graph";
import { compatible } from "../../../server/providers/compatible/index.ts";
import { ollama } from "../../../server/providers/ollama/index.ts";
import { openFaultServer, type Behaviour } from "../../helpers/fault-server.ts";
import { openKeyRelay } from "../../helpers/open-key-relay.ts";

const secret = "sk-canary-0123456789abcdef";
const written = {
  id: "chat-1",
  created: 1,
  model: "m",
  choices: [
    { index: 0, message: { role: "assistant", content: "A red apple." }, finish_reason: "stop" },
  ],
};
const answer: Behaviour = (response, { path }) => {
  response.setHeader("content-type", "application/json");
  const said = () => {
    if (path === "/api/tags") return { models: [{ name: "llama4:8b", digest: "sha256:01" }] };
    if (path === "/api/show") return { capabilities: ["completion"] };
    return path === "/v1/models" ? { data: [{ id: "llama" }] } : written;
  };
  response.end(JSON.stringify(said()));
};

async function open(ids: readonly string[]) {
  const server = await openFaultServer(answer);
  const relay = await openKeyRelay({
    declarations: [ollama, compatible],
    ownServers: new Map(ids.map((id) => [id, server.origin])),
  });
  onTestFinished(async () => {
    await relay.stop();
    await relay.remove();
    await server.close();
  });
  const models = async () => {
    const told = await relay.client.call("models", { body: undefined });
    return told.models.filter(({ provider }) => provider !== "local");
  };
  const run = async (model: string) => {
    const settings = { instruction: "Describe an apple", output: "text" };
    const node = { id: "a", type: "assistant" as const, title: "A", model, settings };
    const graph: Graph = { nodes: [{ ...node, isLocked: false }], connections: [] };
    const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
    const quote = await relay.client.call("quote", { body: request });
    expect(quote.issues).toEqual([]);
    const headers = { "idempotency-key": "press-1-2345" };
    const body = { ...request, quote: quote.id };
    const { id } = await relay.client.call("runStart", { headers, body });
    return (await relay.ask(`/v1/runs/${id}/events`)).text();
  };
  return { relay, server, models, run };
}

describe("a server of the owner's own", () => {
  test("that nobody named has no models", async () => {
    expect(await (await open([])).models()).toEqual([]);
  });

  test("offers its models without a key, and one of them writes", async () => {
    const { models, run } = await open(["ollama"]);
    expect(await models()).toMatchObject([{ id: "ollama:llama4:8b", unavailable: null }]);
    expect(await run("ollama:llama4:8b")).toContain("A red apple.");
  });

  test("gets a key only when there is one, and may charge for it then", async () => {
    const { relay, server, models, run } = await open(["compatible"]);
    const free = { id: "compatible:llama", unavailable: null, priceBasis: "list" };
    expect(await models()).toMatchObject([free]);
    expect(await run("compatible:llama")).toContain("A red apple.");
    const path = { provider: "compatible" };
    await relay.commands.command("keySet", { path, body: { key: secret } });
    const trial = await relay.commands.command("keyTry", { path, body: {} });
    expect(trial.outcome).toBe("good");
    expect(await models()).toMatchObject([{ ...free, priceBasis: "unknown" }]);
    expect(server.arrived.map(({ path: at, headers }) => [at, headers.authorization])).toEqual([
      ["/v1/models", undefined],
      ["/v1/chat/completions", undefined],
      ["/v1/models", `Bearer ${secret}`],
      ["/v1/models", `Bearer ${secret}`],
    ]);
    expect(relay.log.join("")).not.toContain(secret);
  });

  test("that nobody named cannot be tried, which is said", async () => {
    const { relay } = await open([]);
    const path = { provider: "compatible" };
    await relay.commands.command("keySet", { path, body: { key: secret } });
    const trial = await relay.commands.command("keyTry", { path, body: {} });
    expect(trial).toMatchObject({ outcome: "unclear" });
    expect(trial.sentence).toMatch(/has no address yet/);
  });
});
