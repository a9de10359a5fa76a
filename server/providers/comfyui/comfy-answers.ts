import * as z from "zod";

/** What a submission is answered (server.py of ComfyUI, POST /prompt). */
export const comfyAcceptedSchema = z.object({ prompt_id: z.string().min(1).max(100) });

/** A refusal: what is wrong with the whole, and with each node. */
export const comfyRefusalSchema = z.object({
  error: z.union([z.string(), z.object({ message: z.string() })]),
  node_errors: z
    .record(
      z.string(),
      z.object({
        class_type: z.string().nullish(),
        errors: z.array(z.object({ message: z.string(), details: z.string().nullish() })),
      }),
    )
    .nullish()
    .catch(null),
});

const queueItemSchema = z.tuple([z.number(), z.string()]).rest(z.unknown());

/** What is worked on and what waits (GET /queue). */
export const comfyQueueSchema = z.object({
  queue_running: z.array(queueItemSchema),
  queue_pending: z.array(queueItemSchema),
});

const fileSchema = z.object({
  filename: z.string().min(1).max(500),
  subfolder: z.string().max(500).default(""),
  type: z.string().max(50),
});
/** A file that a workflow made, by its place on the server. */
export type ComfyFile = z.infer<typeof fileSchema>;

const madeSchema = z.record(z.string(), z.unknown()).transform((made) =>
  Object.values(made).flatMap((list) => {
    const files = z.array(fileSchema).safeParse(list);
    return files.success ? files.data : [];
  }),
);

/** What we send beside a workflow: the node whose result is taken. */
const besideSchema = z.object({ spaces_output: z.string() });

/** What became of a workflow (GET /history/{prompt_id}); nothing while it is not over. */
export const comfyHistorySchema = z.record(
  z.string(),
  z.object({
    /** Its number, its id, the workflow, and what was sent beside it. */
    prompt: z
      .tuple([z.number(), z.string(), z.unknown(), besideSchema])
      .rest(z.unknown())
      .nullish()
      .catch(null),
    outputs: z.record(z.string(), madeSchema),
    status: z
      .object({
        status_str: z.string(),
        messages: z.array(z.tuple([z.string(), z.unknown()])).catch([]),
      })
      .nullish(),
  }),
);

const executionErrorSchema = z.object({
  exception_message: z.string(),
  node_type: z.string().nullish(),
});

/** What went wrong in a workflow, in the server's own words; null where it does not say. */
export function executionError(messages: readonly (readonly [string, unknown])[]): string | null {
  const [, told] = messages.find(([name]) => name === "execution_error") ?? [];
  const read = executionErrorSchema.safeParse(told);
  if (!read.success) return null;
  const { exception_message, node_type } = read.data;
  return node_type ? `${node_type}: ${exception_message}` : exception_message;
}

/** What is kept of an accepted workflow. */
export const comfyHandleSchema = z.object({
  v: z.literal(1),
  promptId: z.string(),
  output: z.string(),
  notes: z.array(z.string()),
});
/** What is kept of an accepted workflow. */
export type ComfyHandle = z.infer<typeof comfyHandleSchema>;

/** What an upload is answered. */
export const comfyUploadSchema = z.object({
  name: z.string().min(1).max(500),
  subfolder: z.string().max(500).default(""),
});
