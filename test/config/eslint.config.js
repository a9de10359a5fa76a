import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Globals that have one owner; everybody else is told where to go. */
const owned = (messages) => [
  "error",
  ...Object.entries(messages).map(([name, message]) => ({ name, message })),
];
const serverGlobals = owned({
  fetch:
    "fetch has one owner: server/egress.ts goes outside, server/cli/send-to-relay.ts reaches our own relay.",
  process:
    "process has one owner: server/relay-process.ts and server/cli-process.ts hand in what they read from it.",
});
const figma =
  "Only plugin/ outside the domain touches the canvas; the panel asks it over the channel.";
const fetch = "fetch has one owner: ui/send-to-relay.ts; the plugin's main thread asks nobody.";
const posting = "The window around the panel has one owner: ui/plugin-wire.ts.";
const windowGlobals = { parent: posting, top: posting, postMessage: posting };

/** What opens connections; types of it are free. */
const wires = ["undici", "http", "https", "http2", "net", "tls", "dgram", "dns", "dns/promises"];
const egressAlone = wires
  .flatMap((name) => [name, `node:${name}`])
  .map((name) => ({
    name,
    allowTypeImports: true,
    message: "server/egress.ts is the only way out of the relay.",
  }));

export default defineConfig(
  {
    ignores: [
      "build/",
      "node_modules/",
      "build-figma-plugin.*.js",
      "test/config/*.js",
      "test/config/*.cjs",
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: process.cwd() } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/dot-notation": ["error", { allowPrivateClassPropertyAccess: true }],
      "no-console": "error",
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": ["error", { max: 60 }],
      "no-control-regex": "off",
    },
  },
  {
    files: ["plugin/domain/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "The domain is pure: random is handed in." },
        { object: "Date", property: "now", message: "The domain is pure: the clock is handed in." },
      ],
    },
  },
  {
    files: ["plugin/**/*.ts", "ui/**/*.ts", "ui/**/*.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "ImportDeclaration[source.value=/^zod/]:not([source.value='zod/mini']:has(ImportNamespaceSpecifier))",
          message:
            'Write import * as z from "zod/mini" here: "zod" costs 70 kB more in the plugin, a named import 400 kB.',
        },
      ],
    },
  },
  {
    files: ["server/**/*.ts"],
    rules: {
      "no-restricted-globals": serverGlobals,
      "no-restricted-properties": [
        "error",
        { object: "globalThis", property: "fetch", message: "server/egress.ts goes outside." },
      ],
    },
  },
  {
    files: ["server/**/*.ts"],
    ignores: ["server/egress.ts", "server/egress/*.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { paths: egressAlone }] },
  },
  {
    files: ["plugin/*.ts", "plugin/canvas/**/*.ts"],
    rules: { "no-restricted-globals": owned({ fetch }) },
  },
  {
    files: ["plugin/domain/**/*.ts"],
    rules: { "no-restricted-globals": owned({ figma, fetch }) },
  },
  {
    files: ["ui/**/*.ts", "ui/**/*.tsx"],
    rules: { "no-restricted-globals": owned({ figma, fetch, ...windowGlobals }) },
  },
  {
    files: ["ui/send-to-relay.ts"],
    rules: { "no-restricted-globals": owned({ figma, ...windowGlobals }) },
  },
  {
    files: ["ui/plugin-wire.ts"],
    rules: { "no-restricted-globals": owned({ figma, fetch }) },
  },
  {
    // Each of these is a process of its own, or the one place that sends requests.
    files: [
      "server/{main,relay-process}.ts",
      "server/{cli,cli-process}.ts",
      "server/assets/inspect-child.ts",
    ],
    rules: { "no-restricted-globals": "off" },
  },
  { files: ["server/cli/send-to-relay.ts"], rules: { "no-restricted-globals": "off" } },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "max-lines": ["error", { max: 250 }],
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
