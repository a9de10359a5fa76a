import * as z from "zod";
import type { ListedModel } from "./live-models.ts";

/** What servers say of a model beside its id; only some say anything. */
const traitsSchema = z.object({
  capabilities: z
    .union([z.array(z.string()), z.object({ vision: z.boolean().nullish() })])
    .nullish()
    .catch(null),
  architecture: z
    .object({ input_modalities: z.array(z.string()).nullish() })
    .nullish()
    .catch(null),
});
type Traits = z.infer<typeof traitsSchema>;

/**
 * The answer to GET /v1/models (https://platform.openai.com/docs/api-reference/models/list). llama.cpp says
 * capabilities in a second list, `models`; others beside the id.
 */
export const openaiListSchema = z.object({
  data: z.array(traitsSchema.extend({ id: z.string() })).max(2_000),
  models: z
    .array(traitsSchema.extend({ model: z.string() }))
    .nullish()
    .catch(null),
});

/** The models of such an answer; one sees only where the server says so. */
export function listedByOpenai({ data, models }: z.infer<typeof openaiListSchema>): ListedModel[] {
  return data.map(({ id, ...traits }) => {
    const more = models?.find(({ model }) => model === id);
    const canSee = saysVision(traits) || (more !== undefined && saysVision(more));
    return { id, title: id, canSee, version: "1" };
  });
}

function saysVision({ capabilities, architecture }: Traits): boolean {
  const said = Array.isArray(capabilities)
    ? capabilities.some((each) => each === "vision" || each === "multimodal")
    : capabilities?.vision === true;
  return said || (architecture?.input_modalities ?? []).includes("image");
}
