import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dollars } from "#domain/price";
import { createCommandClient, type CommandClient } from "#domain/command-client";
import { runBoard } from "../../../server/cli/run-command.ts";
import { sendTo } from "../../../server/cli/send-to-relay.ts";
import {
  setCap,
  setConfirmAbove,
  showCaps,
  showUsage,
} from "../../../server/cli/spending-commands.ts";
import { rowOfShapes } from "../../helpers/command-line.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";

let folder: string;
let relay: TestRelay;
let owner: CommandClient;
let lines: string[];
let written: string;
const output = {
  print: (line: string) => void lines.push(line),
  write: (text: string) => void (written += text),
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-money-"));
  [lines, written] = [[], ""];
  const unknown = { id: "fake:secret", price: dollars(0), priceBasis: "unknown" } as const;
  const models = [fakeModel("text", { price: dollars(0.04) }), fakeModel("text", unknown)];
  relay = await openTestRelay([createFakeProvider({ models })], folder);
  owner = createCommandClient(sendTo(relay.relay.port), relay.token);
});
afterEach(async () => {
  await relay.close(true);
  await rm(folder, { recursive: true, force: true });
});

async function press(model: string, ...words: string[]): Promise<number> {
  const file = join(folder, "board.json");
  await writeFile(file, JSON.stringify(rowOfShapes(["A calm sea", "Say it"])));
  const uses = ["--use", "1:0=text", "--use", "1:1=assistant", "--from", "1:1"];
  const terminal = {
    ...output,
    confirm: null,
    readSecret: () => Promise.reject(new Error("Nobody is asked.")),
  };
  const using = ["--set", `1:1.model=${model}`];
  return runBoard([file, ...uses, ...using, ...words], relay.client, terminal);
}

describe("spaces cap, caps and confirm-above --dollars", () => {
  test("set, show and end what may be taken in dollars, beside credits", async () => {
    await setCap(["team", "--dollars", "20"], owner, output);
    await setCap(["team", "500"], owner, output);
    await setCap(["member", "you", "0.5", "--dollars"], owner, output);
    await setConfirmAbove(["--dollars", "1.25"], owner, output);
    expect(lines).toEqual([
      "The team: at most $20.00 a month (UTC).",
      "The team: at most 500 credits a month (UTC).",
      "The member you: at most $0.50 a month (UTC).",
      "A run that may cost more than $1.25 is confirmed twice from now on.",
    ]);
    lines = [];
    await showCaps(owner, output);
    expect(lines).toEqual([
      "Cap             A month  Paid and held  Left",
      "The team        500      0              500",
      "The team        $20.00   $0.00          $20.00",
      "The member you  $0.50    $0.00          $0.50",
      "A run that may cost more than 500 credits or $1.25 is confirmed twice.",
    ]);
    await setCap(["team", "none", "--dollars"], owner, output);
    expect(lines.at(-1)).toBe("The team: no cap in dollars.");
    const { caps } = await owner.command("caps", { body: undefined });
    expect(caps.map(({ kind, unit }) => `${kind} ${unit}`)).toEqual([
      "team credits",
      "member microDollars",
    ]);
  });

  test.each(["-5", "1e3", "0.1234567", "20€"])("refuse %s", async (amount) => {
    const cap = setCap(["team", amount, "--dollars"], owner, output);
    await expect(cap).rejects.toThrow("is no amount of dollars, such as 20 or 0.50");
  });
});

describe("spaces run for dollars", () => {
  test("shows them in the plan, at the end, and in the usage", async () => {
    expect(await press("fake:text", "--yes")).toBe(0);
    const told = lines.join("\n");
    expect(told).toMatch(/run +Say it +Fake text +\$0\.04/);
    expect(told).toContain("It costs at most $0.04.");
    expect(lines.at(-1)).toBe("Done. It cost $0.04.");
    lines = [];
    await showUsage([], owner, output);
    expect(lines[1]).toMatch(/fake:text +1 +1 +0 +0\.04 +0 +0$/);
    expect(lines.at(-1)).toMatch(/^Total +1 +0 +0\.04 +0 +0$/);
    await showUsage(["--csv"], owner, output);
    expect(written.split("\r\n")[1]).toMatch(/,fake:text,1,1,0,0\.04,0,0$/);
  });

  test("asks for the figure of a large price a second time", async () => {
    await setConfirmAbove(["0.03", "--dollars"], owner, output);
    expect(await press("fake:text", "--yes")).toBe(1);
    expect(lines.at(-1)).toContain("add --confirm 0.04usd to agree to it a second time");
    expect(await press("fake:text", "--yes", "--confirm", "0.04usd")).toBe(0);
  });

  test("says that a price is not known, and asks for that word", async () => {
    expect(await press("fake:secret", "--yes")).toBe(1);
    expect(lines).toContain("What it costs is not known.");
    expect(lines).toContain("Note: Nobody knows what Fake text will cost before it runs.");
    expect(lines.at(-1)).toContain("Its price is not known; add --confirm unknown to agree");
    expect(await press("fake:secret", "--yes", "--confirm", "unknown")).toBe(0);
    expect(lines.at(-1)).toBe("Done. What it cost is not known.");
  });
});
