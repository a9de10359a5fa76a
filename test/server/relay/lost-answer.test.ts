import { request } from "node:http";
import { expect, test } from "vitest";
import { free } from "#domain/price";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openTestRelay } from "../../helpers/open-test-relay.ts";
import { openTcpProxy } from "../../helpers/tcp-proxy.ts";

const graph = buildGraph()
  .node("a", "assistant", { model: "fake:text", settings: { instruction: "a" } })
  .done();
const body = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
const key = "the-only-press";

test("F59: a press whose answer is lost before us is sent again and is one run, called once", async () => {
  const provider = createFakeProvider({ models: [fakeModel("text", { price: free })] });
  const opened = await openTestRelay([provider]);
  const { relay, client, token } = opened;
  const proxy = await openTcpProxy(`http://127.0.0.1:${relay.port}`);
  const quote = await client.call("quote", { body });
  const text = JSON.stringify({ ...body, quote: quote.id });
  const press = () =>
    new Promise<string | null>((resolve) => {
      const headers = {
        host: `localhost:${relay.port}`,
        authorization: `Bearer ${token}`,
        "idempotency-key": key,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      };
      const asked = request(`${proxy.url}v1/runs`, { method: "POST", headers, agent: false });
      asked.once("error", () => resolve(null));
      asked.once("response", (response) => {
        let answer = "";
        response.on("data", (piece: Buffer) => (answer += piece.toString()));
        response.once("end", () => resolve(answer));
      });
      asked.end(text);
    });
  // The whole request arrives; what the relay answers reaches nobody.
  for (let times = 0; times < 3; times += 1) {
    proxy.cutAfter(quote.id);
    expect(await press()).toBeNull();
    await proxy.mend();
  }
  const listing = { body: undefined, query: { file: body.file } };
  // The handler runs on behind a connection that is gone.
  let { runs } = await client.call("runList", listing);
  while (runs.length === 0) ({ runs } = await client.call("runList", listing));
  const answer = JSON.parse((await press()) ?? "null") as { id: string };
  expect(runs.map(({ id }) => id)).toEqual([answer.id]);
  for await (const { event } of client.events(answer.id, 0)) {
    if (event.type === "run-end") expect(event.state).toBe("done");
  }
  expect([...provider.submits.values()]).toEqual([1]);
  proxy.close();
  await opened.close();
});
