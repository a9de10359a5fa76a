import "./small-new-space.ts";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import * as z from "zod";
import { answerMemory } from "./answer-memory.ts";

// What the relay is measured against, with nothing but the one thing that is measured: Hono that commits
// a request to the disk before it answers, or a server that holds event streams open.

const { FOLDER, PEER } = z
  .object({ FOLDER: z.string(), PEER: z.enum(["accept", "streams"]) })
  .parse(process.env);

answerMemory();
if (PEER === "accept") serveCommits();
else serveStreams();

function serveCommits(): void {
  const database = new DatabaseSync(join(FOLDER, "peer.db"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec("CREATE TABLE request (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  const insert = database.prepare("INSERT INTO request (body) VALUES (?)");
  const app = new Hono();
  app.post("/", async (context) => {
    const body = JSON.stringify(await context.req.json());
    return context.json({ id: Number(insert.run(body).lastInsertRowid) });
  });
  serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
    process.send?.({ port });
  });
}

function serveStreams(): void {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": open\n\n");
  });
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
}
