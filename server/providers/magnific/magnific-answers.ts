import * as z from "zod";
import type { UploadPlace } from "../upload-file.ts";
import type { VendorTrouble } from "../vendor-failures.ts";

const fileSchema = z.url().max(4_000);
const taskSchema = z.object({
  task_id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  status: z.enum(["CREATED", "IN_PROGRESS", "COMPLETED", "FAILED"]),
  generated: z.array(fileSchema).max(20).nullish(),
  has_nsfw: z.array(z.boolean()).nullish(),
});
/** How a task stands. */
export type MagnificTask = z.infer<typeof taskSchema>;

/**
 * A task as the answers to an order and to a question tell it: in `data`, or bare with other names, as the
 * style transfer does (docs.magnific.com/api-reference).
 */
export const magnificTaskSchema = z.union([
  z.object({ data: taskSchema }).transform(({ data }) => data),
  z
    .object({ ...taskSchema.omit({ status: true }).shape, task_status: taskSchema.shape.status })
    .transform(({ task_status, ...task }): MagnificTask => ({ ...task, status: task_status })),
]);

/** What the removal of a background answers; its addresses are good for five minutes. */
export const cutOutSchema = z
  .object({ high_resolution: fileSchema.nullish(), url: fileSchema.nullish() })
  .transform(({ high_resolution, url }, context): string => {
    const file = high_resolution ?? url;
    if (typeof file === "string") return file;
    context.addIssue("there is no file");
    return z.NEVER;
  });

/** What is kept of an accepted order: where to ask for it, or the files of one that was done at once. */
export const magnificHandleSchema = z.object({
  v: z.literal(1),
  statusUrl: z.string().nullable(),
  files: z.array(z.string()),
  notes: z.array(z.string()),
});
/** What is kept of an accepted order. */
export type MagnificHandle = z.infer<typeof magnificHandleSchema>;

const placeSchema = z.object({
  upload_url: z.url().max(4_000),
  headers: z.record(z.string(), z.string()).nullish(),
  asset_url: z.url().max(4_000),
});

/** Where a file may be put, and where the vendor's models then find it. */
export const uploadSchema = z
  .object({ files: z.tuple([placeSchema], placeSchema) })
  .transform(({ files: [place] }): UploadPlace => ({
    putAt: place.upload_url,
    headers: place.headers ?? {},
    address: place.asset_url,
  }));

const problemSchema = z.object({
  message: z.string().nullish(),
  invalid_params: z.array(z.object({ name: z.string(), reason: z.string() })).nullish(),
});
/** The two shapes of a refusal: a message, or a problem that names the fields. */
const refusalSchema = z.union([
  z.object({ problem: problemSchema }).transform(({ problem }) => problem),
  problemSchema,
]);

/** What a refusal of the request means, by its status and body; null where the status says all. */
export function magnificRefusal(status: number, body: unknown): VendorTrouble | null {
  if (status !== 400 && status !== 404 && status !== 422) return null;
  const read = refusalSchema.safeParse(body);
  const problem = read.success ? read.data : null;
  const [first] = problem?.invalid_params ?? [];
  const said = first?.reason ?? problem?.message ?? null;
  return { kind: "validation", field: first?.name ?? null, said };
}
