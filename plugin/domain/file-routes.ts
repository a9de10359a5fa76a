import * as z from "zod/mini";
import { fileVerdictSchema } from "./file-fence.ts";
import type { Route } from "./route.ts";

/** The routes by which two files that share one id are told apart. Ask only what can write its root. */
export const fileRoutes = {
  fileOpen: {
    method: "POST",
    path: "/v1/files/open",
    answer: fileVerdictSchema,
  },
  fileKeep: {
    method: "POST",
    path: "/v1/files/keep",
    answer: z.object({ generation: z.int() }),
  },
} as const satisfies Record<string, Route>;
