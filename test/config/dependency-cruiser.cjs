/** The directions of imports of the house, as sentences. */
const forbid = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

module.exports = {
  forbidden: [
    forbid("no-cycles", {}, { circular: true }, "Files do not import each other in a circle."),
    forbid(
      "domain-imports-zod-and-itself",
      { path: "^plugin/domain/" },
      { pathNot: ["^plugin/domain/", "^node_modules/zod/"] },
      "The domain is pure: zod and itself only.",
    ),
    forbid(
      "plugin-knows-the-domain-alone",
      { path: "^plugin/(?!domain/)" },
      { path: ["^ui/", "^server/"] },
      "The main thread, the panel and the relay share the domain, nothing else.",
    ),
    forbid(
      "ui-knows-the-domain-alone",
      { path: "^ui/" },
      { path: ["^server/", "^plugin/(?!domain/)"] },
      "The main thread, the panel and the relay share the domain, nothing else.",
    ),
    forbid(
      "canvas-does-not-know-its-callers",
      { path: "^plugin/canvas/" },
      { path: "^plugin/[^/]+\\.ts$" },
      "main -> serve-panel -> canvas; never back.",
    ),
    forbid(
      "server-does-not-know-plugin-or-ui",
      { path: "^server/" },
      { path: ["^ui/", "^plugin/(?!domain/)"] },
      "The relay shares the domain with the plugin and the panel, nothing else.",
    ),
    forbid(
      "product-does-not-import-test",
      { path: "^(plugin|ui|server)/" },
      { path: "^test/" },
      "The product never imports test/.",
    ),
    forbid(
      "run-does-not-know-http",
      { path: "^server/(run|runners|providers|keys|local|store|assets)/" },
      {
        path: [
          "^node_modules/(hono|@hono)/",
          "^server/(app|main|cli|relay-process|cli-process)\\.ts",
          "^server/routes/",
        ],
      },
      "Below the routes nobody knows Hono or the routes.",
    ),
    forbid(
      "runners-do-not-know-run",
      { path: "^server/(runners|providers|keys|local|store|assets)/" },
      { path: "^server/run/" },
      "run -> runners -> providers, store, assets; never back.",
    ),
    forbid(
      "providers-do-not-know-runners",
      { path: "^server/(providers|local|store|assets)/" },
      { path: "^server/runners/" },
      "runners -> providers; never back.",
    ),
    forbid(
      "egress-stands-at-the-bottom",
      { path: "^server/egress" },
      { path: "^server/", pathNot: "^server/(egress|clock\\.ts)" },
      "Everybody goes out through the egress; it knows nobody.",
    ),
    forbid(
      "egress-has-one-entrance",
      { path: "^server/", pathNot: "^server/egress" },
      { path: ["^server/egress/", "^node_modules/undici/"] },
      "The way out is server/egress.ts.",
    ),
    forbid(
      "engine-has-one-importer",
      { path: "^server/", pathNot: "^server/run/engine\\.ts$" },
      { path: "^node_modules/openworkflow/" },
      "The durable engine is imported in server/run/engine.ts alone.",
    ),
    forbid(
      "no-orphans",
      {
        orphan: true,
        path: "^(plugin|ui|server)/",
        pathNot: "(\\.(json|d\\.ts)|^plugin/main\\.ts|^ui/main\\.tsx)$",
      },
      {},
      "A file that nobody imports is dead.",
    ),
    forbid(
      "no-dev-dependency-in-the-product",
      { path: "^(plugin/domain|server)/" },
      { dependencyTypes: ["npm-dev"], pathNot: "^node_modules/@types/" },
      "The product runs on its dependencies alone.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
