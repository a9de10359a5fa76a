import { mkdtemp, readFile, rm } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { build } from "vite";
import * as z from "zod/mini";
import { createLessZod, filesOfZod } from "../config/less-zod.ts";
import { panelSchemas } from "./panel-schemas.ts";

const folder = await mkdtemp(
  fileURLToPath(new URL("../../node_modules/.cache/less-zod-", import.meta.url)),
);
afterAll(() => rm(folder, { recursive: true, force: true }));

const smaller = await importSmaller();

test.each(Object.entries(panelSchemas))(
  "the panel's zod answers as all of zod does: %s",
  (name, schema) => {
    const takenOf = (good: number): number => {
      let taken = 0;
      const same = fc.property(valueOf(schema, good), (value) => {
        const { success, data } = z.safeParse(schema, value);
        const answered = smaller[name]!.safeParse(value);
        expect({ success: answered.success, data: answered.data }).toEqual({ success, data });
        if (success) taken += 1;
      });
      fc.assert(same, { numRuns: 60, seed: 1 });
      return taken;
    };
    takenOf(8);
    expect(takenOf(400)).toBeGreaterThan(0);
  },
);

/** The same schemas, made by the zod of the panel. */
async function importSmaller() {
  const less = createLessZod();
  const lessZod = {
    name: "less-zod",
    load: async (id: string) =>
      filesOfZod.test(id) ? less.leaveOut(await readFile(id, "utf8")) : null,
  };
  await build({
    configFile: false,
    logLevel: "silent",
    plugins: [lessZod],
    build: {
      outDir: folder,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL("panel-schemas.ts", import.meta.url)),
        formats: ["es"],
        fileName: () => "panel-schemas.js",
      },
    },
  });
  less.check();
  const module: unknown = await import(pathToFileURL(`${folder}/panel-schemas.js`).href);
  const parser = z.custom<Pick<z.ZodMiniType, "safeParse">>((value) => value instanceof Object);
  return z.parse(z.object({ panelSchemas: z.record(z.string(), parser) }), module).panelSchemas;
}

const leaves = [
  ...["text", "1", "a:b", "__proto__", "0".repeat(64), "/v1/share/a", "a\u0000"],
  ...[0, 1, 7, 0.5, -1, 2 ** 60, Number.NaN, true, null, undefined, new Uint8Array(1)],
];

/** Values that a schema takes, and some that it does not: one part in so many `good` ones. */
function valueOf(schema: z.core.$ZodType, good: number, depth = 0): fc.Arbitrary<unknown> {
  const odd = fc.oneof(fc.constantFrom(...leaves), fc.jsonValue({ maxDepth: 2 }));
  const fits = fittingOf(schema as z.core.$ZodTypes, good, depth);
  return fc.oneof({ weight: good, arbitrary: fits }, { weight: 1, arbitrary: odd });
}

function fittingOf(schema: z.core.$ZodTypes, good: number, depth: number): fc.Arbitrary<unknown> {
  const { def } = schema._zod;
  const within = (inner: z.core.$ZodType) => valueOf(inner, good, depth + 1);
  if (def.type === "enum") return fc.constantFrom(...Object.values(def.entries));
  if (def.type === "literal") return fc.constantFrom(...def.values);
  if (def.type === "array") return fc.array(within(def.element), { maxLength: 2 });
  if (def.type === "object") return objectOf(def.shape, good, within);
  if (def.type === "nullable") return fc.option(within(def.innerType));
  if (def.type === "readonly") return within(def.innerType);
  if (def.type === "record")
    return fc.dictionary(fc.constantFrom("text", "1", "__proto__"), within(def.valueType));
  if (def.type === "optional" || def.type === "default")
    return fc.option(within(def.innerType), { nil: undefined });
  if (def.type === "union" && depth < 12) return fc.oneof(...def.options.map(within));
  if (def.type === "lazy" && depth < 6) return within(def.getter());
  return leafOf(schema, good);
}

/** An object with what is asked for, and one without some of it. */
function objectOf(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  good: number,
  within: (inner: z.core.$ZodType) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape);
  const values = Object.fromEntries(fields.map(([key, inner]) => [key, within(inner)]));
  const asked = fields.flatMap(([key, inner]) => (inner._zod.optin === undefined ? [key] : []));
  return fc.oneof(
    { weight: good, arbitrary: fc.record(values, { requiredKeys: asked }) },
    { weight: 1, arbitrary: fc.record(values, { requiredKeys: [] }) },
  );
}

/** Mostly what a schema takes of the leaves, else another of the same kind. */
function leafOf(schema: z.core.$ZodType, good: number): fc.Arbitrary<unknown> {
  const taken = leaves.filter((leaf) => z.safeParse(schema, leaf).success);
  if (taken.length === 0) return fc.constant("nothing");
  const akin = leaves.filter((leaf) => typeof leaf === typeof taken[0]);
  return fc.oneof(
    { weight: good, arbitrary: fc.constantFrom(...taken) },
    { weight: 1, arbitrary: fc.constantFrom(...akin) },
  );
}
