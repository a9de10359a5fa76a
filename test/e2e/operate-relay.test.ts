import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRelayClient } from "#domain/relay-client";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import { runCommandLine } from "../helpers/command-line.ts";
import { awaitEnd, graphOfOne, pressNodes } from "../helpers/press-nodes.ts";
import { startRelayProcess, type RelayProcess } from "../helpers/relay-process.ts";

let root: string;
const processes: RelayProcess[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "spaces-operate-"));
});
afterAll(async () => {
  for (const { child } of processes) child.kill("SIGKILL");
  await rm(root, { recursive: true, force: true });
});

const start = async (folder: string, variables: Readonly<Record<string, string>> = {}) => {
  const started = await startRelayProcess(join(root, folder), variables);
  processes.push(started);
  return started;
};
const spaces = (folder: string, ...words: string[]) =>
  runCommandLine(words, { SPACES_DATA: join(root, folder) });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

test("an operator invites somebody, saves the relay at work, and restores it elsewhere", async () => {
  const adminPort = await freePort();
  const relay = await start("data", { SPACES_ADMIN_PORT: String(adminPort) });

  const invited = await spaces("data", "pair", "Ana");
  const code = /Pairing code {2}(\S+)/.exec(invited.output)?.[1] ?? "";
  const stranger = createRelayClient(sendTo(relay.port), null);
  const { token } = await stranger.call("pair", { body: { code, device: "laptop" } });
  const ana = createRelayClient(sendTo(relay.port), token);
  const run = await pressNodes(
    ana,
    "press-1-2345",
    graphOfOne("assistant", "local:assistant", "Hi"),
  );
  expect(await awaitEnd(ana, run.id)).toMatchObject({ state: "done", startedBy: "Ana" });
  const listed = await spaces("data", "members");
  expect(listed.output).toMatch(/^Ana +member 1 device, last used \d{4}-\d\d-\d\d$/m);
  const figures = await fetch(`http://localhost:${adminPort}/metrics`);
  expect(await figures.text()).toContain('spaces_runs{state="done"} 1\n');

  const saved = await spaces("data", "backup", join(root, "backup"));
  expect([saved.code, saved.errors]).toEqual([0, ""]);
  expect(saved.output).toContain("Saved 0 files");
  relay.child.kill("SIGTERM");
  expect((await relay.ended).code).toBe(0);

  const restored = await spaces("elsewhere", "restore", join(root, "backup"));
  expect([restored.code, restored.errors]).toEqual([0, ""]);
  const refused = await spaces("elsewhere", "restore", join(root, "backup"));
  expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining("is not empty")]);

  const again = await start("elsewhere");
  const anaThere = createRelayClient(sendTo(again.port), token);
  const { runs } = await anaThere.call("runList", { query: { file: "file-1" }, body: undefined });
  expect(runs.map(({ id }) => id)).toEqual([run.id]);
  const out = await spaces("elsewhere", "members", "remove", "Ana");
  expect(out.output).toContain("Ana is out");
  const gone = { code: "token-invalid" };
  await expect(anaThere.call("status", { body: undefined })).rejects.toMatchObject(gone);

  const examined = await spaces("elsewhere", "doctor");
  for (const what of ["Database", "Storage", "Address", "Admin port"]) {
    expect(examined.output).toMatch(new RegExp(`^ok {3}${what}`, "m"));
  }
  expect(examined.code).toBe(0);
}, 120_000);
