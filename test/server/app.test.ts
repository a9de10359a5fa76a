import { describe, expect, test } from "vitest";
import { relayErrorSchema } from "#domain/relay-error";
import type { RouteName } from "../../server/declared-routes.ts";
import { StoreBusy, StoreGone } from "../../server/store/store-error.ts";
import { servedRoutes as routes } from "../../server/served-routes.ts";
import { createFakeApp, goodToken, usualHost } from "../helpers/fake-app.ts";

const names = Object.keys(routes) as RouteName[];
const routeOf = (name: RouteName) => routes[name];
const pathOf = (name: RouteName) => routeOf(name).path.replace(/:\w+/g, "a".repeat(64));

function ask(name: RouteName, headers: Record<string, string>, query = "") {
  const { app, reached } = createFakeApp();
  const { method, body } = routeOf(name);
  const init: RequestInit = { method, headers: { host: usualHost, ...headers } };
  if (body !== null) {
    init.body = "{}";
    Object.assign(init.headers!, { "content-type": "application/json", "content-length": "2" });
  }
  return { response: app.request(pathOf(name) + query, init), reached };
}

describe("auth-matrix: every route that a member may ask", () => {
  const members = names.filter((name) => routeOf(name).access !== "anyone");
  const wrong: Record<string, { headers: Record<string, string>; query?: string }> = {
    "no token": { headers: {} },
    "a wrong token": { headers: { authorization: "Bearer rly_wrong" } },
    "a token in the query": { headers: {}, query: `?token=${goodToken}` },
    "a token in a cookie": { headers: { cookie: `token=${goodToken}` } },
    "another scheme": { headers: { authorization: `Basic ${goodToken}` } },
    "a hostile header": { headers: { authorization: "Bearer ' OR 1=1 --" } },
  };
  const origins = { none: {}, null: { origin: "null" } };
  for (const name of members) {
    for (const [what, { headers, query }] of Object.entries(wrong)) {
      for (const [origin, extra] of Object.entries(origins)) {
        test(`${name} refuses ${what} (origin ${origin})`, async () => {
          const { response, reached } = ask(name, { ...headers, ...extra }, query);
          expect((await response).status).toBe(401);
          expect(relayErrorSchema.parse(await (await response).json()).error.request).toBe(
            "request-1",
          );
          expect(reached).toEqual([]);
        });
      }
    }
    test(`${name} refuses pages of a foreign origin even with the token`, async () => {
      const headers = { authorization: `Bearer ${goodToken}`, origin: "https://evil.test" };
      const { response, reached } = ask(name, headers);
      expect([(await response).status, reached]).toEqual([403, []]);
      expect((await response).headers.get("access-control-allow-origin")).toBeNull();
    });
  }

  const owners = names.filter((name) => routeOf(name).access === "owner");
  test.each(owners)("%s refuses a member who is no owner", async (name) => {
    const { app, reached } = createFakeApp({}, "member");
    const headers = { host: usualHost, authorization: `Bearer ${goodToken}` };
    const response = await app.request(pathOf(name), { method: routeOf(name).method, headers });
    expect([response.status, reached]).toEqual([403, []]);
  });

  test("only pairing, its proof, the probes and what an address opens that is itself a secret are open to anyone", () => {
    const open = names.filter((name) => routeOf(name).access === "anyone");
    expect(open).toEqual([
      "hello",
      "pair",
      "sharePage",
      "shareFile",
      "shareEmbed",
      "hook",
      "healthz",
      "readyz",
    ]);
  });
});

describe("the Host header", () => {
  const bad = [
    "evil.test",
    "evil.test:4517",
    "localhost",
    "localhost:4518",
    "127.0.0.1.evil.test:4517",
    "LOCALHOST:4517",
    "localhost.:4517",
    "user@localhost:4517",
    "[::1%lo]:4517",
    "0.0.0.0:4517",
    "",
  ];
  test.each(bad)("refuses %j", async (host) => {
    const { app, reached } = createFakeApp();
    const response = await app.request("/v1/hello", { method: "POST", headers: { host } });
    expect([response.status, reached]).toEqual([421, []]);
  });

  test.each(["localhost:4517", "127.0.0.1:4517", "[::1]:4517"])("lets %s in", async (host) => {
    const { app } = createFakeApp();
    const headers = { host, authorization: `Bearer ${goodToken}` };
    expect((await app.request("/v1/status", { headers })).status).toBe(200);
  });
});

describe("the panel of a Figma plugin, whose origin is null", () => {
  test("gets its preflight answered without credentials", async () => {
    const { app } = createFakeApp();
    const response = await app.request("/v1/runs", {
      method: "OPTIONS",
      headers: { host: usualHost, origin: "null", "access-control-request-method": "POST" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("null");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(response.headers.get("access-control-allow-headers")).toContain("authorization");
  });
});

describe("a body", () => {
  const post = (headers: Record<string, string>, body: string) => {
    const { app, reached } = createFakeApp();
    const response = app.request("/v1/pair", {
      method: "POST",
      headers: { host: usualHost, ...headers },
      body,
    });
    return { response, reached };
  };
  const json = { "content-type": "application/json" };

  test.each([
    ["text/plain", { "content-type": "text/plain", "content-length": "2" }, "{}", 415],
    [
      "a form",
      { "content-type": "application/x-www-form-urlencoded", "content-length": "2" },
      "{}",
      415,
    ],
    ["no length", json, "{}", 411],
    ["a length that lies upward", { ...json, "content-length": "99999999" }, "{}", 413],
    ["a length that is no number", { ...json, "content-length": "-1" }, "{}", 413],
    ["no JSON", { ...json, "content-length": "1" }, "{", 400],
    ["another shape", { ...json, "content-length": "2" }, "[]", 400],
    [
      "lists within lists",
      { ...json, "content-length": "16000" },
      "[".repeat(8_000) + "]".repeat(8_000),
      400,
    ],
    [
      "objects within objects",
      { ...json, "content-length": "15000" },
      '{"a":'.repeat(2_500) + "1" + "}".repeat(2_500),
      400,
    ],
    [
      "a NUL in a text",
      { ...json, "content-length": "40" },
      '{"code":"a\\u0000","device":"x"}',
      400,
    ],
  ])("is refused with %s", async (_what, headers, body, status) => {
    const { response, reached } = post(headers, body);
    expect([(await response).status, reached]).toEqual([status, []]);
  });

  test("names the field at fault", async () => {
    const { response } = post({ ...json, "content-length": "13" }, '{"code":"ok"}');
    const { error } = relayErrorSchema.parse(await (await response).json());
    expect(error.message).toContain("device");
  });
});

describe("unexpected trouble", () => {
  test("shows a number and nothing of what it was", async () => {
    const { app, errors } = createFakeApp({
      status: () => Promise.reject(new Error("secret: sk-123")),
    });
    const headers = { host: usualHost, authorization: `Bearer ${goodToken}` };
    const response = await app.request("/v1/status", { headers });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("sk-123");
    expect(text).toContain("request-1");
    expect(errors).toHaveLength(1);
  });

  test("an unknown route is told so in the one shape", async () => {
    const { app } = createFakeApp();
    const response = await app.request("/v2/nothing", { headers: { host: usualHost } });
    expect(relayErrorSchema.parse(await response.json()).error.code).toBe("not-found");
  });
});

describe("a relay whose database does not answer", () => {
  test.each([new StoreGone(null), new StoreBusy(null)])("says so: %s", async (trouble) => {
    const { app, errors } = createFakeApp({ status: () => Promise.reject(trouble) });
    const headers = { host: usualHost, authorization: `Bearer ${goodToken}` };
    const response = await app.request("/v1/status", { headers });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    const { error } = relayErrorSchema.parse(await response.json());
    expect(error).toMatchObject({ code: "database-gone", message: trouble.message });
    expect(errors).toEqual([]);
  });
});
