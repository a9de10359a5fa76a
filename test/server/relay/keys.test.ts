import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeApp, goodToken, usualHost } from "../../helpers/fake-app.ts";
import { openKeyRelay, type KeyRelay } from "../../helpers/open-key-relay.ts";

const secret = "sk-canary-0123456789abcdef";
let relay: KeyRelay;
beforeEach(async () => {
  relay = await openKeyRelay({ environment: new Map([["xai", "xai-0123456789abcdef"]]) });
});
afterEach(async () => {
  await relay.stop();
  await relay.remove();
});
const set = (provider: string, key: string) =>
  relay.commands.command("keySet", { path: { provider }, body: { key } });
const list = async (provider: string) => {
  const { keys } = await relay.commands.command("keys", { body: undefined });
  return keys.find((each) => each.provider === provider);
};

describe("the routes of keys", () => {
  test("take a key and tell its last four characters and when it was set, no more", async () => {
    expect(await list("openai")).toMatchObject({ from: null, variable: "OPENAI_API_KEY" });
    expect(await set("openai", ` ${secret}\n`)).toMatchObject({ from: "set", lastFour: "cdef" });
    expect(await list("openai")).toMatchObject({ from: "set", lastFour: "cdef" });
    const text = await (await relay.ask("/v1/keys")).text();
    expect(text).not.toContain(secret.slice(0, 8));
    expect(await list("xai")).toMatchObject({
      from: "environment",
      lastFour: "cdef",
      setAtMs: null,
    });
  });

  test("take it away again, once", async () => {
    await set("openai", secret);
    const remove = () =>
      relay.commands.command("keyRemove", { path: { provider: "openai" }, body: {} });
    expect(await remove()).toMatchObject({ from: null, lastFour: null });
    await expect(remove()).rejects.toMatchObject({ code: "not-found" });
  });

  test.each(["", "short", "two words, which no key has", `${secret}\u00e9`, "x".repeat(4_001)])(
    "refuse what is no key, without saying it back: %s",
    async (key) => {
      const refusal = await set("openai", key).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: "request-invalid" });
      if (key !== "") expect(String(refusal)).not.toContain(key);
    },
  );

  test("refuse a provider that there is not, and a trial without a key", async () => {
    await expect(set("nobody", secret)).rejects.toMatchObject({ code: "not-found" });
    const path = { provider: "openai" };
    const trial = relay.commands.command("keyTry", { path, body: {} });
    await expect(trial).rejects.toMatchObject({ code: "not-found" });
  });

  test("seal everything anew, and say when the data key was changed under them", async () => {
    await set("openai", secret);
    const reseal = () => relay.commands.command("keysReseal", { body: {} });
    expect(await reseal()).toEqual({ version: 2, sealedAnew: 1, unreadable: 0 });
    const file = join(relay.settings, "data-key");
    await writeFile(file, `9:${Buffer.alloc(32, 1).toString("base64")}\n`);
    const trial = relay.commands.command("keyTry", { path: { provider: "openai" }, body: {} });
    await expect(trial).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("sealed under another data key") as string,
    });
    await writeFile(file, "nonsense");
    await expect(set("openai", secret)).rejects.toMatchObject({ code: "unavailable" });
    expect(await readFile(file, "utf8")).toBe("nonsense");
  });

  test("are the owner's alone", async () => {
    const ask = async (role: "owner" | "member", path: string, method: string) => {
      const { app, reached } = createFakeApp({}, role);
      const headers = { host: usualHost, authorization: `Bearer ${goodToken}` };
      const body = method === "GET" ? null : JSON.stringify({ key: secret });
      const type = { "content-type": "application/json" };
      const init = { method, body, headers: { ...headers, ...(body !== null && type) } };
      return [(await app.request(path, init)).status, reached];
    };
    for (const [path, method] of [
      ["/v1/keys", "GET"],
      ["/v1/keys/openai", "PUT"],
      ["/v1/keys/openai/remove", "POST"],
      ["/v1/keys/openai/try", "POST"],
      ["/v1/keys/reseal", "POST"],
    ] as const) {
      expect(await ask("member", path, method)).toEqual([403, []]);
      expect((await ask("owner", path, method))[0]).not.toBe(403);
    }
    expect((await ask("member", "/v1/models", "GET"))[0]).not.toBe(403);
  });
});
