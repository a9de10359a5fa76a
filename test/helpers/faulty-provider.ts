import * as z from "zod";
import type { Provider, RecoveryClass } from "../../server/providers/provider.ts";
import { askService, downloadResult, type Service } from "./ask-service.ts";
import { fakeModel } from "./fake-provider.ts";

const submittedSchema = z.object({ job: z.string().max(100) });
const lookedUpSchema = z.object({ job: z.string().max(100).nullable() });
const jobSchema = z.object({
  result: z.string().startsWith("/result/"),
  bytes: z.int().positive(),
  billed: z.int().nonnegative().nullable(),
});

/** How long a FaultyService's answer is waited for: real time, as is what it does with it. */
export const withinMs = 250;

/** A provider of a recovery class over the address of a FaultyService. */
export function createFaultyProvider(
  url: string,
  recovery: RecoveryClass,
  changes: Partial<Service> = {},
): Provider {
  const service: Service = {
    id: "far",
    title: "Far",
    fetch: (...ask) => fetch(...ask),
    ...changes,
  };
  const limits = { withinMs, maxBytes: 64 * 1024 };
  const get = (path: string) => ({ method: "GET", url: `${url}${path}`, ...limits }) as const;
  return {
    id: "far",
    title: "Far",
    recovery,
    concurrency: 4,
    models: () => [fakeModel("image", { id: "far:image", provider: "far" })],
    submit: async ({ reference }) => {
      const question = { method: "POST", url: `${url}/submit/${reference}`, ...limits } as const;
      const { job } = await askService(service, question, submittedSchema);
      return { kind: "accepted", handle: job };
    },
    poll: async (handle) => {
      const job = await askService(service, get(`/poll/${handle}`), jobSchema);
      const bytes = await downloadResult(service, get(job.result), job.bytes);
      const outputs = [{ kind: "bytes", bytes }] as const;
      return { kind: "done", result: { outputs, billedCredits: job.billed, notes: [] } };
    },
    ...(recovery === "B" && {
      lookUp: async (reference: string) => {
        const { job } = await askService(service, get(`/look-up/${reference}`), lookedUpSchema);
        return job === null ? null : { kind: "accepted", handle: job };
      },
    }),
    cancel: () => Promise.resolve(false),
  };
}
