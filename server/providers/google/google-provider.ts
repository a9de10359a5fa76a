import { createSdkProvider } from "../ai-sdk/sdk-provider.ts";
import { createCatalog } from "../catalog.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { Provider, ProviderCall, Submission } from "../provider.ts";
import { askMusic } from "./ask-music.ts";
import { googleVendor } from "./google-vendor.ts";
import { musicRows, type MusicWire } from "./music-models.ts";
import { omniHandleSchema } from "./omni-answers.ts";
import { pollOmni, submitOmni } from "./omni-clips.ts";
import { omniRows, type OmniWire } from "./omni-models.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** What the AI SDK does not ask for: Gemini Omni's clips and Lyria's music. */
const ownCatalog = createCatalog<OmniWire | MusicWire>("google", [...omniRows, ...musicRows]);
const ownModels = new Set(ownCatalog.models.map(({ id }) => id));
const clips = ownCatalog.models.filter(({ task }) => task === "video");
const music = ownCatalog.models.filter(({ task }) => task === "audio");

/** Opens Google: through the AI SDK, and by hand for what that does not have. */
export function createGoogle(declared: Declared, parts: ProviderParts): Provider {
  const sdk = createSdkProvider(declared, parts, googleVendor);
  return {
    ...sdk,
    // Omni is what Google names in place of the previews of Veo, so that it is offered before them.
    models: () => [...clips, ...sdk.models(), ...music],
    submit: (call) =>
      ownModels.has(call.model) ? submitOwn(declared, parts, call) : sdk.submit(call),
    poll: (handle, using) => {
      const own = omniHandleSchema.safeParse(JSON.parse(handle));
      if (own.success) return pollOmni(declared, parts, own.data, using);
      if (!sdk.poll) throw new Error(`${declared.title} has no jobs.`);
      return sdk.poll(handle, using);
    },
  };
}

function submitOwn(
  declared: Declared,
  parts: ProviderParts,
  call: ProviderCall,
): Promise<Submission> {
  const { id, wire } = ownCatalog.rowOf(call.model);
  const { request } = call;
  if (wire.makes === "clip" && request.task === "video") {
    return submitOmni(declared, parts, call, request, { id, wire });
  }
  if (wire.makes === "music" && request.task === "audio") {
    return askMusic(declared, parts, call, request, id);
  }
  throw new Error(`${call.model} makes no ${request.task}.`);
}
