import { Agent, get, type ClientRequest } from "node:http";
import { createRelayClient } from "#domain/relay-client";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import { layeredGraph } from "./layered-graph.ts";
import type { Load } from "./load.ts";

/** Streams that are opened at the same time. */
const together = 50;

interface Stream {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Opens streams of runs that do not end, one for each team, and keeps them until they are let go. */
export async function holdStreams(load: Extract<Load, { kind: "streams" }>) {
  const { port, teams, count } = load;
  const streams = await streamsOf(port, teams);
  const agent = new Agent({ maxSockets: Infinity });
  const requests: ClientRequest[] = [];
  let next = 0;
  const open = async () => {
    for (let at = next++; at < count; at = next++) {
      const stream = streams[at % streams.length];
      const request = get({ host: "localhost", port, agent, path: "/", ...stream });
      requests.push(request);
      await firstBytes(request);
    }
  };
  await Promise.all(Array.from({ length: together }, open));
  const letGo = () => {
    const closed = requests.map((request) => {
      return new Promise((resolve) => request.once("close", resolve).destroy());
    });
    return Promise.all(closed).then(() => undefined);
  };
  return { open: requests.length, letGo };
}

/** What each device follows, so that streams at hand are spread over all of them. */
async function streamsOf(port: number, teams: readonly (readonly string[])[]): Promise<Stream[]> {
  const streams: Stream[] = [];
  for (const tokens of teams) {
    const [first] = tokens;
    if (first === undefined) continue;
    const path = `/v1/runs/${await startEndless(port, first)}/events`;
    for (const token of tokens)
      streams.push({ path, headers: { authorization: `Bearer ${token}` } });
  }
  return streams;
}

/** Resolves once the stream has said something. Rejects when it is refused. */
function firstBytes(request: ClientRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    request.once("error", reject);
    request.once("response", (response) => {
      if (response.statusCode !== 200) reject(new Error(`Refused: ${response.statusCode}.`));
      response.on("error", () => undefined);
      response.on("data", () => resolve());
    });
  });
}

/** Starts a run whose provider never answers. */
async function startEndless(port: number, token: string): Promise<string> {
  const client = createRelayClient(sendTo(port), token);
  const { graph } = layeredGraph(1, 1, 1, () => 0);
  const request = { file: "endless", graph, target: { mode: "all" as const }, isAgain: false };
  const quote = await client.call("quote", { body: request });
  const headers = { "idempotency-key": "press-of-the-endless-run" };
  const started = await client.call("runStart", { headers, body: { ...request, quote: quote.id } });
  return started.id;
}
