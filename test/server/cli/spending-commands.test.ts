import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCommandClient, type CommandClient } from "#domain/command-client";
import { sendTo } from "../../../server/cli/send-to-relay.ts";
import {
  setCap,
  showCaps,
  setConfirmAbove,
  showUsage,
} from "../../../server/cli/spending-commands.ts";
import { runBoard } from "../../../server/cli/run-command.ts";
import { grant } from "../../../server/store/ledger.ts";
import { createDevice } from "../../../server/store/members.ts";
import { openStore } from "../../../server/store/open-store.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { rowOfShapes } from "../../helpers/command-line.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";
import { writeFile } from "node:fs/promises";

const month = new Date().toISOString().slice(0, 7);
let folder: string;
let relay: TestRelay;
let owner: CommandClient;
let member: CommandClient;
let lines: string[];
let written: string;
const output = {
  print: (line: string) => void lines.push(line),
  write: (text: string) => void (written += text),
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-spending-"));
  [lines, written] = [[], ""];
  const store = await openStore({ folder, nowMs: Date.now });
  const token = await store.transaction(async (transaction) => {
    const random = (bytes: number) => new Uint8Array(bytes).fill(7);
    const values = { name: "laptop", nowMs: Date.now(), random };
    await grant(transaction, "local", { id: "first", credits: 1_000, nowMs: 0 });
    // The first member of a team is its owner.
    const one = { ...values, member: "you", random: (bytes: number) => random(bytes).fill(8) };
    await createDevice(transaction, "local", one);
    return (await createDevice(transaction, "local", { ...values, member: "=eve" })).token;
  });
  await store.close();
  relay = await openTestRelay([createFakeProvider()], folder);
  const send = sendTo(relay.relay.port);
  owner = createCommandClient(send, relay.token);
  member = createCommandClient(send, token);
});
afterEach(async () => {
  await relay.close(true);
  await rm(folder, { recursive: true, force: true });
});

async function runOnce(file: string): Promise<void> {
  const graph = buildGraph()
    .node("a", "assistant", { model: "fake:text", settings: { instruction: file } })
    .done();
  const request = { file, graph, target: { mode: "all" as const }, isAgain: false };
  const quote = await relay.client.call("quote", { body: request });
  const headers = { "idempotency-key": `press-of-${file}` };
  const run = await relay.client.call("runStart", {
    headers,
    body: { ...request, quote: quote.id },
  });
  for await (const event of relay.client.events(run.id, 0)) if (!event.number) break;
}

describe("spaces usage", () => {
  test("prints what was spent and its total, or CSV of the same", async () => {
    expect(await showUsage([], owner, output)).toBe(0);
    expect(lines.splice(0)).toEqual(["Nothing was spent in that time."]);
    await runOnce("file-1");
    await runOnce("file-2");
    await showUsage([], owner, output);
    expect(lines[0]).toMatch(
      /^Month +Member +File +File name +Model +Runs +Calls +Credits +Dollars +Refunded +House loss$/,
    );
    expect(lines[1]).toMatch(new RegExp(`^${month} +you +file-1 +fake:text +1 +1 +5 +0 +0 +0$`));
    expect(lines[3]).toMatch(/^Total +2 +10 +0 +0 +0$/);
    await showUsage(["--csv", "--from", `${month}-01`], owner, output);
    expect(written.split("\r\n")).toEqual([
      "month,member,file,file name,model,runs,calls,credits,dollars,refunded,house loss",
      `${month},you,file-1,,fake:text,1,1,5,0,0,0`,
      `${month},you,file-2,,fake:text,1,1,5,0,0,0`,
      "",
    ]);
  });

  test("shows a member their own, and nobody else's house loss", async () => {
    await runOnce("file-1");
    expect(await member.command("usage", { body: undefined })).toEqual({ rows: [] });
    const { rows } = await owner.command("usage", { body: undefined });
    expect(rows).toMatchObject([{ member: "you", credits: 5, houseLoss: 0 }]);
  });

  test.each([
    [["--from", "2026-02-30"], "2026-02-30 is no day of the calendar"],
    [["--from", "yesterday"], "The address is not right"],
    [["--from", "2026-03-02", "--to", "2026-02-01"], "ends before it begins"],
    [["--from", "0001-01-01", "--to", "9999-12-31"], "at most 120 months"],
    [["--since", "2026"], "usage takes --from"],
  ])("refuses %s", async (words, sentence) => {
    await expect(showUsage(words, owner, output)).rejects.toThrow(sentence);
  });
});

describe("spaces cap, caps and confirm-above", () => {
  test("set, show and end what may be spent", async () => {
    await runOnce("file-1");
    await setCap(["team", "100"], owner, output);
    await setCap(["member", "=eve", "20"], owner, output);
    await setCap(["file", "file-1", "2"], owner, output);
    await setConfirmAbove(["30"], owner, output);
    lines = [];
    await showCaps(owner, output);
    expect(lines).toEqual([
      "Cap              A month  Paid and held  Left",
      "The team         100      5              95",
      "The member =eve  20       0              20",
      "The file file-1  2        5              0",
      "A run that may cost more than 30 credits or $5.00 is confirmed twice.",
    ]);
    for (const words of [["team"], ["member", "=eve"], ["file", "file-1"]]) {
      await setCap([...words, "none"], owner, output);
    }
    lines = [];
    await showCaps(owner, output);
    expect(lines[0]).toBe("There are no caps.");
  });

  test.each([
    [["member", "evee", "5"], 'The team has no member "evee"'],
    [["file", "file-9", "5"], 'No file "file-9" was opened or run here'],
    [["team", "-5"], '"-5" is no whole number'],
    [["team", "1e3"], '"1e3" is no whole number'],
    [["team", "5", "6"], "Say whom to cap"],
    [["room", "x", "6"], "Say whom to cap"],
    [["member", "you"], "Say whom to cap"],
  ])("refuse %s", async (words, sentence) => {
    await expect(setCap(words, owner, output)).rejects.toThrow(sentence);
    expect((await owner.command("caps", { body: undefined })).caps).toEqual([]);
  });

  test("are the owner's alone; a member sees the team's caps and their own", async () => {
    await expect(setCap(["team", "5"], member, output)).rejects.toThrow("Only the owner");
    await expect(setConfirmAbove(["5"], member, output)).rejects.toThrow("Only the owner");
    await setCap(["team", "50"], owner, output);
    await setCap(["member", "you", "40"], owner, output);
    await setCap(["member", "=eve", "20"], owner, output);
    const { caps } = await member.command("caps", { body: undefined });
    expect(caps.map(({ most }) => most)).toEqual([50, 20]);
  });
});

describe("spaces run of a price that is large for the team", () => {
  const press = async (...words: string[]) => {
    const file = join(folder, "board.json");
    await writeFile(file, JSON.stringify(rowOfShapes(["A calm sea", "Say it"])));
    const uses = ["--use", "1:0=text", "--use", "1:1=assistant", "--from", "1:1"];
    const model = ["--set", "1:1.model=fake:text"];
    const terminal = {
      ...output,
      confirm: null,
      readSecret: () => Promise.reject(new Error("Nobody is asked.")),
    };
    return runBoard([file, ...uses, ...model, ...words], relay.client, terminal);
  };

  test("takes its figure beside --yes, and nothing is spent without", async () => {
    await setConfirmAbove(["4"], owner, output);
    for (const words of [["--yes"], ["--yes", "--confirm", "4"], ["--yes", "--confirm", "50"]]) {
      lines = [];
      expect(await press(...words)).toBe(1);
      expect(lines.at(-1)).toContain("add --confirm 5 to agree to it a second time");
    }
    expect(await press("--confirm", "5")).toBe(1);
    expect((await relay.client.call("status", { body: undefined })).balance).toBe(1_000);
    expect(await press("--yes", "--confirm", "5")).toBe(0);
    expect((await relay.client.call("status", { body: undefined })).balance).toBe(995);
  });

  test("says with the plan that a cap is reached", async () => {
    await setCap(["team", "4"], owner, output);
    expect(await press("--yes")).toBe(1);
    expect(lines.join("\n")).toMatch(
      /It costs at most 5 credits.*\n.*Nothing was spent.*\n.*The team may spend 4/,
    );
  });
});
