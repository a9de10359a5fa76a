import * as z from "zod";
import { dollars } from "#domain/price";
import { askJob, submitJob } from "../../../server/providers/ask-job.ts";
import { createCatalog } from "../../../server/providers/catalog.ts";
import type { ProviderDeclaration } from "../../../server/providers/declaration.ts";
import { choice } from "../../../server/providers/declare-params.ts";
import { vendorFailure } from "../../../server/providers/vendor-failures.ts";
import { downloadOutput } from "../../../server/providers/way-out.ts";

const origin = "https://api.example.com";
const jobSchema = z.object({ id: z.string().regex(/^[a-z0-9-]{1,64}$/) });
const standingSchema = z.object({
  state: z.enum(["working", "made", "refused"]),
  picture: z.url().nullish(),
});

const catalog = createCatalog("example", [
  {
    id: "swift",
    title: "Example Swift",
    description: "Pictures of the exercise.",
    task: "image",
    inputs: { prompt: 99 },
    params: { ratio: choice("Ratio", ["1:1", "16:9"]) },
    price: dollars(0.02),
    priceBasis: "list",
    maxPromptCharacters: 2_000,
    expectedMs: 5_000,
    source: "https://example.com/pricing, read 2026-11-21",
    wire: { path: "/v1/pictures" },
  },
]);

/** The provider of the exercise in server/providers/README.md: an image vendor with jobs, and no more. */
export const example: ProviderDeclaration = {
  id: "example",
  title: "Example",
  key: {
    variables: ["EXAMPLE_API_KEY"],
    origins: [origin],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/me" },
  },
  open: (parts) => ({
    ...example,
    recovery: "D",
    concurrency: 4,
    models: () => catalog.models,
    submit: async (call) => {
      const { request, model, seed } = call;
      if (request.task !== "image") throw new Error(`${model} makes no ${request.task}.`);
      const { id } = await submitJob(parts, example, call, {
        address: `${origin}${catalog.rowOf(model).wire.path}`,
        body: { text: request.prompt, ratio: request.settings["ratio"], seed },
        accepted: jobSchema,
        refusal: () => null,
      });
      return { kind: "accepted", handle: JSON.stringify({ id }) };
    },
    poll: async (handle, using) => {
      const { id } = jobSchema.parse(JSON.parse(handle));
      const address = `${origin}/v1/pictures/${id}`;
      const job = await askJob(parts, example, using, { address, standing: standingSchema });
      if (job.state === "refused") {
        throw vendorFailure(example, { kind: "moderation", side: "result" }, null);
      }
      if (!job.picture) return { kind: "running", done: null };
      const output = await downloadOutput(parts.egress, example, job.picture, using.signal);
      const made = { outputs: [output], billedCredits: null, billedMicroDollars: null, notes: [] };
      return { kind: "done", result: made };
    },
  }),
};
