import * as z from "zod/mini";
import { hashSchema } from "./asset.ts";
import { countSchema } from "./count.ts";
import { fileStandSchema } from "./file-fence.ts";
import { graphLimits } from "./graph-limits.ts";
import { graphSchema } from "./graph.ts";
import { placementEndSchema } from "./placement-end.ts";
import type { RouteName } from "./relay.ts";
import type { RouteAsk } from "./route.ts";
import { runTargetSchema } from "./run-target.ts";
import { shareTitleSchema } from "./share-title.ts";
import { idSchema, textSchema } from "./well-formed.ts";
import { stockAsks } from "./stock-asks.ts";
import { workflowAsks } from "./workflow-asks.ts";

/** What a quote and a run are about: which file's graph, and what of it. */
const runRequest = { file: idSchema, graph: graphSchema, target: runTargetSchema };

/**
 * What a client sends with each route of relay.ts. The relay alone checks it; clients know it by its
 * types, so that the panel holds no schema that only the relay needs.
 */
export const routeAsks = {
  hello: { body: z.object({ device: idSchema, nonce: textSchema(128).check(z.minLength(16)) }) },
  pair: { body: z.object({ code: textSchema(20), device: textSchema(100).check(z.minLength(1)) }) },
  status: { body: null },
  models: { body: null },
  assetsMissing: { body: z.object({ hashes: z.array(hashSchema).check(z.maxLength(2_000)) }) },
  assetPut: { body: "bytes" },
  assetGet: {
    body: null,
    query: z.object({
      for: z.optional(z.literal("figma")),
      width: z.optional(z.enum(["256", "512", "1024"])),
    }),
  },
  quote: { body: z.object({ ...runRequest, isAgain: z.boolean() }) },
  runStart: {
    body: z.object({
      ...runRequest,
      isAgain: z.boolean(),
      quote: idSchema,
      /** A large price was confirmed a second time. */
      isConfirmed: z.optional(z.boolean()),
      /** The panel that pressed, which then places the results first. */
      session: z.optional(idSchema),
    }),
  },
  runList: { body: null, query: z.object({ file: idSchema }) },
  runGet: { body: null },
  runEvents: { body: null },
  runCancel: { body: z.object({}) },
  versions: { body: null, query: z.object({ file: idSchema, node: idSchema }) },
  versionsNewest: {
    body: z.object({
      file: idSchema,
      nodes: z.array(idSchema).check(z.maxLength(graphLimits.nodes)),
    }),
  },
  shareLink: { body: z.object({ title: shareTitleSchema }) },
  placements: { body: null, query: z.object({ file: idSchema }) },
  placementClaim: { body: z.object({ session: idSchema }) },
  placementEnd: { body: placementEndSchema },
  placeAgain: {
    body: z.object({
      file: idSchema,
      version: idSchema,
      index: countSchema,
      session: idSchema,
    }),
  },
  fileOpen: { body: fileStandSchema },
  fileKeep: { body: fileStandSchema },
  ...workflowAsks,
  ...stockAsks,
} as const satisfies Record<RouteName, RouteAsk>;
