import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dollars } from "#domain/price";
import { compatible } from "../../server/providers/compatible/index.ts";
import { createFakeProvider, fakeModel } from "../helpers/fake-provider.ts";
import { openFaultServer, type FaultServer } from "../helpers/fault-server.ts";
import { filesOf, findSecrets } from "../helpers/find-secrets.ts";
import { ideaFlow } from "../helpers/idea-flow.ts";
import {
  openTestConsole,
  type OpenedConsole,
  type TestConsole,
} from "../helpers/open-test-console.ts";

const goodKey = "sk-canary-good-0123456789abcdef";
const wrongKey = "sk-canary-wrong-0123456789WXYZ";
const given = "xai-canary-given-0123456789abcd";

let vendor: FaultServer;
let console: TestConsole;
beforeAll(async () => {
  vendor = await openFaultServer((response, { headers }) => {
    response.statusCode = headers.authorization === `Bearer ${wrongKey}` ? 401 : 200;
    response.setHeader("content-type", "application/json").end('{"data":[{"id":"llama"}]}');
  });
  const models = [fakeModel("text", { price: dollars(0.04) })];
  console = await openTestConsole({
    providers: [createFakeProvider({ models })],
    declarations: [compatible],
    ownServers: new Map([["compatible", vendor.origin]]),
    environment: new Map([["xai", given]]),
  });
}, 120_000);
afterAll(async () => {
  await console.close();
  await vendor.close();
});

/** Everything that the page holds and shows. */
const holdings = ({ page }: OpenedConsole) =>
  page.evaluate<string>(`JSON.stringify([
    document.documentElement.outerHTML, document.body.innerText, location.href, document.title,
    Object.entries(sessionStorage), Object.entries(localStorage), document.cookie,
    [...document.querySelectorAll("input")].map((input) => input.value),
  ])`);

describe("signing in", () => {
  test("by the address that is printed: its code is gone from it, the token ends with the tab", async () => {
    const opened = await console.signIn();
    const { page, troubles } = opened;
    await page.getByRole("heading", { name: "No runs yet" }).waitFor();
    expect(page.url()).toBe(console.address);
    expect(await page.evaluate("[localStorage.length, document.cookie]")).toEqual([0, ""]);
    await page.reload();
    await page.getByRole("heading", { name: "No runs yet" }).waitFor();
    const devices = async () => {
      const { members } = await console.commands.command("members", { body: undefined });
      return members.find(({ name }) => name === "you")?.devices;
    };
    const before = (await devices()) ?? 0;
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Pairing code").waitFor();
    await expect.poll(devices).toBe(before - 1);
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    expect(await page.title()).toBe("Spaces relay");
    await page.getByLabel("Pairing code").and(page.locator(":focus")).waitFor();
    // The same address pasted into this tab changes no more than what stands behind its "#".
    const { relay } = console;
    const paste = async () => page.evaluate(`location.hash = "code=${await relay.newCode(true)}"`);
    await paste();
    await page.getByRole("heading", { name: "No runs yet" }).waitFor();
    expect(page.url()).toBe(console.address);
    await paste();
    await expect.poll(() => page.url()).toBe(console.address);
    await expect.poll(devices).toBe(before);
    expect(troubles).toEqual([]);
  });

  test("by a code that is typed; a wrong one is told so; a member is told what is the owners'", async () => {
    const body = { name: "Ana", role: "member" } as const;
    const { page } = await console.signIn("WRONGONE");
    await page.getByRole("alert").getByText("That code does not work:").waitFor();
    const { code } = await console.commands.command("memberInvite", { body });
    await page.getByLabel("Pairing code").fill(code.toLowerCase());
    await page.keyboard.press("Enter");
    await page.getByText("You are signed in as Ana.").waitFor();
    await page.getByText("Nobody is capped.").waitFor();
    expect(await page.getByRole("button", { name: /cap|Change/ }).count()).toBe(0);
    expect(await page.getByRole("navigation").getByRole("link").allTextContents()).toEqual([
      "Spending",
    ]);
    await console.commands.command("memberRemove", { path: { name: "Ana" }, body: {} });
    await page.getByRole("button", { name: "The month before" }).click();
    await page.getByText("This page is signed out. Sign in with a new code.").waitFor();
  });
});

describe("a key", () => {
  test("goes in, is tried, replaced and taken away, and is nowhere in the page", async () => {
    const opened = await console.signIn();
    const { page, troubles } = opened;
    await opened.go("Keys");
    const row = page.getByRole("listitem").filter({ hasText: "Your OpenAI-compatible server" });
    await row.getByText("No key.").waitFor();
    const xai = page.getByRole("listitem").filter({ hasText: "xAI" });
    await xai.getByText("from the relay’s environment (XAI_API_KEY)").waitFor();
    expect(await xai.getByRole("button").allTextContents()).toEqual(["Try"]);

    const field = row.getByRole("textbox", { name: "Key of" });
    const keep = async (button: string, key: string): Promise<void> => {
      await row.getByRole("button", { name: button }).click();
      await field.fill(key);
      await page.keyboard.press("Enter");
    };
    await keep("Set a key of", "too short");
    await row.getByText("A key is 16 to 4000 letters").waitFor();
    expect(await field.inputValue()).toBe("");
    await field.fill(wrongKey);
    await page.keyboard.press("Enter");
    await row.getByText("Ends in WXYZ, set").waitFor();
    await row.getByRole("button", { name: "Try the key of" }).click();
    await row.getByText("does not take the key. Set another one.").waitFor();
    await keep("Replace the key of", goodKey);
    await row.getByText("Ends in cdef, set").waitFor();
    await row.getByRole("button", { name: "Try the key of" }).click();
    await row.getByText("takes the key.").waitFor();
    await row.getByText("1 model").waitFor();
    expect(await field.count()).toBe(0);
    const places = [
      ["page", await holdings(opened)] as const,
      ["log", console.log.join("\n")] as const,
      ...(await filesOf(console.folder)),
    ];
    expect(findSecrets([goodKey, wrongKey, given], places)).toEqual([]);

    await row.getByRole("button", { name: "Remove the key of" }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await row.getByText("Ends in cdef, set").waitFor();
    // The focus is back where it was: the same button by the keyboard.
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Remove key", exact: true }).click();
    await row.getByText("No key.").waitFor();
    await row.locator("button:focus").getByText("Set key").waitFor();
    // The browser itself notes that what was no key was refused.
    expect(troubles).toEqual([expect.stringContaining("status of 400")]);
  });
});

describe("a run", () => {
  test("is followed while it goes on, and seen with its bars, its result and its cost", async () => {
    const opened = await console.signIn();
    const { page, troubles } = opened;
    await page.getByRole("heading", { name: "No runs yet" }).waitFor();
    await console.run("file-free", ideaFlow("Snowy fox", "local:draft", { size: "512" }));
    await page.getByRole("button", { name: "Refresh" }).click();
    const free = page.getByRole("listitem").filter({ hasText: "file-free" });
    await free.getByText("Snowy fox").waitFor();
    await free.getByText("Done").waitFor();
    await free.getByRole("img", { name: "A result of Snowy fox" }).waitFor();
    await free.locator(".timeline-bar[data-phase=running]").waitFor();
    await free.getByText(/^ran /).waitFor();

    await console.run("file-paid", ideaFlow("Words", "fake:text", { instruction: "Describe it" }));
    await page.getByRole("button", { name: "Refresh" }).click();
    const paid = page.getByRole("listitem").filter({ hasText: "file-paid" });
    await paid.getByText("Done").waitFor();
    await paid.locator(".run-cost").getByText("$0.04").waitFor();

    await opened.go("Assets");
    await page.getByRole("img", { name: "A result of A fox in snow" }).waitFor();
    await page.getByText(/fake:text$/).waitFor();

    await opened.go("Spending");
    await page.getByText("$0.04").first().waitFor();
    await page.getByRole("img", { name: "Dollars by day and member" }).waitFor();
    const row = page.getByRole("row").filter({ hasText: "file-paid" });
    expect(await row.getByRole("cell").allTextContents()).toEqual([
      ...["you", "file-paid", "fake:text", "1", "$0.04"],
    ]);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^spending-\d{4}-\d{2}\.csv$/);
    const chunks = await (await saved.createReadStream()).toArray();
    expect(Buffer.concat(chunks as Buffer[]).toString()).toContain(
      ",you,file-paid,,fake:text,1,1,0,0.04,",
    );
    expect(troubles).toEqual([]);
  });
});

describe("members", () => {
  test("are taken in with a code that works, and out again; the only owner stays", async () => {
    const opened = await console.signIn();
    const { page } = opened;
    await opened.go("Members");
    await page.getByRole("textbox", { name: "Add somebody" }).fill("Ben");
    await page.getByRole("button", { name: "Make a code" }).click();
    const code = await page.locator(".invitation-code").textContent();
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    const body = { code: code ?? "", device: "laptop" };
    expect(await console.client.call("pair", { body })).toMatchObject({ member: "Ben" });
    const out = async (name: string): Promise<void> => {
      await page.getByRole("button", { name: `Take ${name} out` }).click();
      await page.getByRole("button", { name: "Take out", exact: true }).last().click();
    };
    await out("Ben");
    await expect.poll(() => page.getByRole("button", { name: "Take Ben out" }).count()).toBe(0);
    await page.locator("h1:focus").getByText("Members").waitFor();
    expect(await page.locator(".invitation-code").count()).toBe(0);
    await out("you");
    await page.getByRole("dialog").getByText("That is the only owner.").waitFor();
  });
});
