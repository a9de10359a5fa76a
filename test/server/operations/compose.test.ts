import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { describeCommands } from "../../../server/cli/commands.ts";
import { envVariables, readEnv } from "../../../server/env.ts";

const read = (name: string) =>
  readFile(new URL(`../../../server/${name}`, import.meta.url), "utf8");

/** The parser that knip brings; nothing of the product reads YAML. */
const knip = createRequire(createRequire(import.meta.url).resolve("knip"));
const { parse } = z
  .object({ parse: z.custom<(text: string) => unknown>((value) => typeof value === "function") })
  .parse(knip("yaml"));

const serviceSchema = z.strictObject({
  image: z
    .string()
    .regex(/^[\w./-]+(:[\w.-]+)?$/)
    .optional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string().regex(/^[\w-]+:\/[\w/-]+$/)).optional(),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({ condition: z.enum(["service_healthy", "service_completed_successfully"]) }),
    )
    .optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string().regex(/^\d+s$/),
      timeout: z.string().regex(/^\d+s$/),
      start_period: z
        .string()
        .regex(/^\d+s$/)
        .optional(),
      retries: z.int(),
    })
    .optional(),
  restart: z.literal("unless-stopped").optional(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
});
const composeSchema = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

const compose = composeSchema.parse(parse(await read("compose.yaml")));
const relay = compose.services["relay"]!;

describe("the compose file", () => {
  test("sets variables that the relay knows, to values that it takes", () => {
    const known = envVariables.map(({ name }) => name);
    expect(Object.keys(relay.environment!).filter((name) => !known.includes(name))).toEqual([]);
    const filled = Object.entries(relay.environment!).map(([name, value]) => [
      name,
      value.replace(/\$\{SPACES_HOST[^}]*\}/, "spaces.example.com").replace(/\$\{[^}]*\}/g, "word"),
    ]);
    const env = readEnv(z.record(z.string(), z.string()).parse(Object.fromEntries(filled)));
    expect(env.exposure.addresses).toEqual(["0.0.0.0"]);
    expect(env.exposure.publicUrl?.host).toBe("spaces.example.com");
    expect(env.databaseUrl).toBe("postgres://spaces:word@database:5432/spaces");
  });

  test("holds no secret, and lets nothing but the proxy be reached from outside", () => {
    for (const [name, service] of Object.entries(compose.services)) {
      for (const [variable, value] of Object.entries(service.environment ?? {})) {
        if (/PASSWORD|SECRET|KEY_ID/.test(variable)) expect(value).toMatch(/^\$\{\w+:\?/);
      }
      expect(service.ports !== undefined).toBe(name === "proxy");
    }
  });

  test("names volumes and services that are there", () => {
    for (const service of Object.values(compose.services)) {
      for (const volume of service.volumes ?? []) {
        expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
      }
      for (const name of Object.keys(service.depends_on ?? {})) {
        expect(Object.keys(compose.services)).toContain(name);
      }
    }
    expect(relay).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
    expect(relay.healthcheck?.test.join(" ")).toContain("/readyz");
    expect(Number.parseInt(relay.stop_grace_period!)).toBeGreaterThan(12);
  });

  test("builds an image whose process is not the system's owner", async () => {
    const file = await read("Dockerfile");
    const last = file.slice(file.lastIndexOf("FROM "));
    // The same Node as everywhere: an older 24 lacks what the relay imports.
    const { devDependencies } = z
      .object({ devDependencies: z.object({ node: z.string() }) })
      .parse(JSON.parse(await read("../package.json")));
    const minor = devDependencies.node.split(".").slice(0, 2).join(".");
    expect(last.split("\n")[0]).toBe(`FROM node:${minor}-slim`);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toContain("/readyz");
    expect(file).not.toMatch(/password|secret/i);
  });
});

describe("every variable", () => {
  test.each([...envVariables])("$name is explained in help", ({ name, purpose }) => {
    expect(purpose).toMatch(/^.{20,}\.$/);
    expect(describeCommands()).toContain(`  ${name}\n      ${purpose}`);
  });
});
