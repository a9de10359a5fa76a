import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { Provider } from "../provider.ts";
import type { SdkVendor } from "./sdk-vendor.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** Opens a vendor of the AI SDK. What asks it is imported with its first call. */
export function createSdkProvider(
  declared: Declared,
  parts: ProviderParts,
  vendor: SdkVendor,
): Provider {
  const { catalog, concurrency, video } = vendor;
  return {
    ...declared,
    // No vendor here finds a request by anything of ours: a lost answer stays unknown.
    recovery: "D",
    concurrency,
    models: () => catalog.models,
    submit: async (call) => {
      const { submitSdk } = await import("./submit-sdk.ts");
      return submitSdk(declared, parts, vendor, call);
    },
    ...(video && {
      poll: async (handle, using) => {
        const { pollVideo } = await import("./poll-video.ts");
        return pollVideo(declared, parts, { open: vendor.open, video }, handle, using);
      },
    }),
  };
}
