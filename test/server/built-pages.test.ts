import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openConsole } from "../../server/routes/console.ts";
import { openPlayground } from "../../server/routes/playground.ts";

let folder: string;
let app: Hono;
let ownConsole: Hono;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-playground-"));
  const built = join(folder, "playground");
  await mkdir(join(built, "inner"), { recursive: true });
  const files = {
    "index.html": "<!doctype html>page",
    "panel-frame.html": "<!doctype html>frame",
    "index.js": "start()",
    "quickjs.wasm": "\0asm",
    "notes.txt": "not part of a page",
    "inner/deep.js": "deep()",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(built, name), text);
  await writeFile(join(folder, "secret.js"), "secret");
  const [opened, openedConsole] = await Promise.all([openPlayground(built), openConsole(built)]);
  if (!opened || !openedConsole) throw new Error("The pages were not found.");
  [app, ownConsole] = [opened, openedConsole];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("what is served", () => {
  test("the page at /playground, with a policy that lets it run its own files alone", async () => {
    const answer = await app.request("/playground");
    expect([answer.status, await answer.text()]).toEqual([200, "<!doctype html>page"]);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toContain("'unsafe-inline'");
  });

  test.each([
    ["index.js", "text/javascript; charset=utf-8"],
    ["quickjs.wasm", "application/wasm"],
  ])("%s as %s", async (file, type) => {
    const answer = await app.request(`/playground/${file}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
  });

  test("the panel's frame has no origin, and only the playground may frame it", async () => {
    const answer = await app.request("/playground/panel-frame.html");
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("sandbox allow-scripts");
    expect(policy).not.toContain("allow-same-origin");
    expect(policy).toContain("frame-ancestors 'self'");
  });
});

describe("the console", () => {
  test("runs its own files, shows what it was sent, and makes nothing from text", async () => {
    for (const path of ["/console", "/console/index.js"]) {
      const { status, headers } = await ownConsole.request(path);
      expect([status, headers.get("cross-origin-opener-policy")]).toEqual([200, "same-origin"]);
      const policy = new Map(
        (headers.get("content-security-policy") ?? "").split("; ").map((part) => {
          const [name = "", ...values] = part.split(" ");
          return [name, values.join(" ")];
        }),
      );
      expect(Object.fromEntries(policy)).toEqual({
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "blob: data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
      });
    }
  });
});

describe("what is not served", () => {
  test.each([
    "../secret.js",
    "..%2fsecret.js",
    "%2e%2e/secret.js",
    "%2e%2e%2fsecret.js",
    "..\\secret.js",
    "inner/deep.js",
    "inner%2fdeep.js",
    "notes.txt",
    "missing.js",
    "index.js%00.html",
    "",
    ".",
    "%",
  ])("%s below a page", async (path) => {
    expect((await app.request(`/playground/${path}`)).status).toBe(404);
    expect((await ownConsole.request(`/console/${path}`)).status).toBe(404);
  });

  test("a file that came after the relay started", async () => {
    await writeFile(join(folder, "playground", "late.js"), "late");
    expect((await app.request("/playground/late.js")).status).toBe(404);
    expect((await ownConsole.request("/console/late.js")).status).toBe(404);
  });

  test("anything but GET and HEAD", async () => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      expect((await app.request("/playground", { method })).status).toBe(404);
      expect((await ownConsole.request("/console", { method })).status).toBe(404);
    }
  });

  test("a page that was never built", async () => {
    expect(await openConsole(join(folder, "nowhere"))).toBeNull();
    expect(await openPlayground(join(folder, "nowhere"))).toBeNull();
    expect(await openPlayground(join(folder, "playground", "inner"))).toBeNull();
  });
});
