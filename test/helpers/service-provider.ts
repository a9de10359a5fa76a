import * as z from "zod";
import type { Provider, RecoveryClass } from "../../server/providers/provider.ts";
import { fakeModel } from "./fake-provider.ts";

const handleSchema = z.object({ handle: z.string() });
const lookedUpSchema = z.object({ handle: z.string().nullable() });
const jobSchema = z.object({ picture: z.string().nullable() });

/** A provider of a recovery class over a ProviderService's address, as an adapter would be written. */
export function createServiceProvider(url: string, recovery: RecoveryClass, id = "fake"): Provider {
  const ask = async (method: string, path: string): Promise<unknown> =>
    (await fetch(`${url}/${path}`, { method })).json();
  return {
    id,
    title: "Far",
    recovery,
    concurrency: 4,
    models: () => [fakeModel("image", { id: `${id}:image`, provider: id })],
    submit: async ({ reference }) => {
      const { handle } = handleSchema.parse(await ask("POST", `submit/${reference}`));
      return { kind: "accepted", handle };
    },
    poll: async (handle) => {
      const { picture } = jobSchema.parse(await ask("GET", `jobs/${handle}`));
      if (picture === null) return { kind: "running", done: 0.5 };
      const bytes = new Uint8Array(Buffer.from(picture, "base64"));
      return {
        kind: "done",
        result: { outputs: [{ kind: "bytes", bytes }], billedCredits: null, notes: [] },
      };
    },
    ...(recovery === "B" && {
      lookUp: async (reference: string) => {
        const { handle } = lookedUpSchema.parse(await ask("GET", `references/${reference}`));
        return handle === null ? null : { kind: "accepted", handle };
      },
    }),
    cancel: () => Promise.resolve(false),
  };
}
