import type { Model } from "#domain/model";
import type { Clock } from "../../clock.ts";
import type { Egress } from "../../egress.ts";
import type { Provider } from "../provider.ts";
import { CallFailure } from "../provider.ts";
import { comfyServerUnavailable, createComfyUi } from "./comfy-provider.ts";
import { openComfyServer } from "./comfy-server.ts";
import { objectInfoSchema, type ObjectInfo } from "./object-info.ts";
import { workflowModel, type KeptWorkflow } from "./workflow-model.ts";

/** What workflows lean on. */
export interface ComfyUiParts {
  readonly egress: Pick<Egress, "within">;
  readonly clock: Clock;
  /** Where ComfyUI is, as the relay's owner named it; null for nowhere. */
  readonly origin: string | null;
  readonly workflows: {
    list(): Promise<readonly KeptWorkflow[]>;
    find(id: string): Promise<KeptWorkflow | null>;
  };
}

/** The team's own workflows, as models and for those who choose what of them is shown. */
export interface ComfyUi {
  readonly provider: Provider;
  /** What the server has; null where it does not answer, or there is none. */
  info(): Promise<ObjectInfo | null>;
  /** Why no workflow can run now; null where one can. */
  unavailable(): Promise<string | null>;
}

/** What the server has changes when somebody installs something; one that is silent may be about to start. */
const freshMs = { known: 30_000, silent: 5_000 } as const;
const patienceMs = 1_500;

/** Opens the team's own workflows. The server is asked at most every 30 seconds, and not waited for long. */
export function openComfyUi({ egress, clock, origin, workflows }: ComfyUiParts): ComfyUi {
  const server = origin === null ? null : openComfyServer(egress, origin);
  let known: { readonly info: ObjectInfo | null; readonly atMs: number } | null = null;
  let asking: Promise<ObjectInfo | null> | null = null;
  const ask = async (): Promise<ObjectInfo | null> => {
    if (origin === null) return null;
    try {
      const quick = openComfyServer(egress, origin, patienceMs);
      return await quick.read("/object_info", objectInfoSchema, new AbortController().signal);
    } catch (error) {
      if (error instanceof CallFailure) return null;
      throw error;
    }
  };
  const info: ComfyUi["info"] = async () => {
    const lastsMs = freshMs[known?.info ? "known" : "silent"];
    if (known && clock.nowMs() - known.atMs < lastsMs) return known.info;
    asking ??= ask().finally(() => {
      asking = null;
    });
    const told = await asking;
    known = { info: told, atMs: clock.nowMs() };
    return told;
  };
  const unavailable = async () => ((await info()) === null ? comfyServerUnavailable(origin) : null);
  let models: readonly Model[] = [];
  const provider = createComfyUi({
    server,
    models: () => models,
    find: (id) => workflows.find(id),
    refresh: async () => {
      const kept = await workflows.list();
      if (kept.length === 0) {
        models = [];
        return;
      }
      const [told, missing] = [await info(), await unavailable()];
      models = kept.map((workflow) => workflowModel(workflow, told, missing));
    },
  });
  return { provider, info, unavailable };
}
