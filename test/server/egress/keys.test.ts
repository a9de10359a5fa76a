import { afterEach, describe, expect, test, vi } from "vitest";
import { createEgress } from "../../../server/egress.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { standInInternet } from "../../helpers/stand-in-internet.ts";
import { openEgress, openHost, troubleOf, wide } from "./open-test-egress.ts";

const secret = "sk-canary-4711";
afterEach(() => vi.unstubAllEnvs());

describe("a key", () => {
  test("goes to its origin, in place of what a vendor's client put there", async () => {
    const host = await openHost((response) => response.end("{}"));
    const { egress } = openEgress({ ownOrigins: [host.origin] });
    const send = egress.withKey(
      { origins: [host.origin], header: "X-Key", prefix: "", secret },
      wide,
    );
    await send(`${host.origin}/v1`, {
      method: "POST",
      body: "{}",
      headers: { "x-key": "placeholder" },
    });
    expect(host.arrived[0]?.headers["x-key"]).toBe(secret);
  });

  test.each([
    "https://other.example/v1",
    "http://api.example/v1",
    "https://api.example.evil.test/",
  ])("goes nowhere else: %s", async (address) => {
    const host = await openHost((response) => response.end("{}"));
    const names = ["api.example", "other.example", "api.example.evil.test"];
    const answers = Object.fromEntries(names.map((name) => [name, [["1.1.1.1"]]]));
    const wires = standInInternet(host.port, answers);
    const { egress, notes } = openEgress({ wires });
    const send = egress.withKey(
      { origins: ["https://api.example"], header: "authorization", prefix: "Key ", secret },
      wide,
    );
    const trouble = await troubleOf(send(address, { method: "POST" }));
    expect([trouble.code, trouble.isSent]).toEqual(["key-elsewhere", false]);
    expect(wires.connected).toEqual([]);
    expect(notes).toEqual([{ host: new URL(address).hostname, code: "key-elsewhere" }]);
  });

  test.each([301, 302, 303, 307, 308])("does not follow a %i to a recorder", async (status) => {
    const recorder = await openHost((response) => response.end());
    const host = await openHost((response) =>
      response.writeHead(status, { location: `${recorder.origin}/take` }).end(),
    );
    const { egress } = openEgress({ ownOrigins: [host.origin, recorder.origin] });
    const send = egress.withKey(
      { origins: [host.origin], header: "x-key", prefix: "", secret },
      wide,
    );
    const trouble = await troubleOf(send(host.origin, { redirect: "follow" }));
    expect([trouble.code, trouble.isSent]).toEqual(["redirected", true]);
    expect(recorder.arrived).toEqual([]);
  });

  test("does not pass a proxy that the environment names", async () => {
    const proxy = await openHost((response) => response.end("proxied"));
    for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"]) {
      vi.stubEnv(name, proxy.origin);
    }
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    const host = await openHost((response) => response.end("direct"));
    const { egress } = openEgress({ ownOrigins: [host.origin] });
    const send = egress.withKey(
      { origins: [host.origin], header: "x-key", prefix: "", secret },
      wide,
    );
    expect(await (await send(host.origin)).text()).toBe("direct");
    expect(proxy.arrived).toEqual([]);
  });

  test("that a host says back comes out as stars, wherever the pieces of the answer end", async () => {
    const host = await openHost((response, { headers }) => {
      const said = `no such key: ${String(headers["x-key"])}; again: ${String(headers["x-key"])}!`;
      response.setHeader("x-debug", said);
      response.writeHead(401, { "content-length": said.length });
      const cut = said.indexOf("canary");
      response.write(said.slice(0, cut), () => setImmediate(() => response.end(said.slice(cut))));
    });
    const { egress } = openEgress({ ownOrigins: [host.origin] });
    const send = egress.withKey(
      { origins: [host.origin], header: "x-key", prefix: "", secret },
      wide,
    );
    const answer = await send(host.origin);
    const stars = "*".repeat(secret.length);
    expect(await answer.text()).toBe(`no such key: ${stars}; again: ${stars}!`);
    expect(answer.headers.get("x-debug")).not.toContain(secret);
  });

  test("leaves the trouble and the end of an answer as they are", async () => {
    const clock = new VirtualClock();
    const host = await openHost((response, { path }) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("x".repeat(50), () => {
        if (path === "/cut") response.socket?.resetAndDestroy();
      });
    });
    const { egress } = openEgress({ ownOrigins: [host.origin], clock });
    const key = { origins: [host.origin], header: "x-key", prefix: "", secret };
    const send = egress.withKey(key, wide);
    const cut = await troubleOf(send(`${host.origin}/cut`).then((answer) => answer.text()));
    expect([cut.code, cut.isSent]).toEqual(["cut", true]);
    const large = await send(`${host.origin}/silent`);
    const reading = troubleOf(large.text());
    clock.jump(wide.deadlineMs);
    expect((await reading).code).toBe("late");
    await (await send(`${host.origin}/silent`)).body?.cancel();
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.ringNext()).toBe(false);
  });

  test("stays out of every error and note, also when the host says it back", async () => {
    const host = await openHost((response) => response.destroy());
    const { egress, notes } = openEgress({ ownOrigins: [host.origin] });
    const send = egress.withKey(
      { origins: [host.origin], header: "x-key", prefix: "", secret },
      wide,
    );
    const trouble = await troubleOf(send(`${host.origin}/${secret}`));
    expect(trouble.code).toBe("cut");
    const said = [trouble.message, trouble.stack, JSON.stringify(trouble), JSON.stringify(notes)];
    expect(said.join()).not.toContain(secret);
    expect(trouble.cause).toBeUndefined();
  });
});

test.each(["localhost:8188", "http://localhost:8188/", "http://localhost/x", "ftp://a", ""])(
  "an own origin has to be one: %s",
  (origin) => {
    const options = {
      clock: { nowMs: () => 0, sleep: () => Promise.resolve() },
      note: () => undefined,
    };
    expect(() => createEgress({ ...options, ownOrigins: [origin] })).toThrow("An origin is");
  },
);

describe("a key that opens files", () => {
  const key = { origins: ["https://api.example"], header: "x-key", prefix: "", secret };
  const answers = Object.fromEntries(
    ["api.example", "files.example"].map((name) => [name, [["1.1.1.1"]]]),
  );

  test("goes along at its own origin, and to no other that a redirect names", async () => {
    const host = await openHost((response, { headers, path }) => {
      const next = path === "/first" ? "/second" : "https://files.example/third";
      if (headers.host === "files.example") response.end("clip");
      else response.writeHead(302, { location: next }).end();
    });
    const { egress } = openEgress({ wires: standInInternet(host.port, answers) });
    const answer = await egress.download("https://api.example/first", wide, undefined, key);
    expect(await answer.text()).toBe("clip");
    expect(host.arrived.map(({ path, headers }) => [path, headers["x-key"]])).toEqual([
      ["/first", secret],
      ["/second", secret],
      ["/third", undefined],
    ]);
  });

  test("is not given to an address of another host, nor back to the caller", async () => {
    const host = await openHost((response, { headers }) =>
      response.end(`you sent ${String(headers["x-key"])}`),
    );
    const { egress } = openEgress({ wires: standInInternet(host.port, answers) });
    const at = async (address: string) =>
      (await egress.download(address, wide, undefined, key)).text();
    expect(await at("https://files.example/a")).toBe("you sent undefined");
    expect(await at("https://api.example/a")).toBe(`you sent ${"*".repeat(secret.length)}`);
  });
});
