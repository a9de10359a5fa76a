import type { ImageModel, LanguageModel, SpeechModel } from "ai";
import type { loadAi } from "./load-ai.ts";

type Ai = Awaited<ReturnType<typeof loadAi>>;
/** A model of clips; the SDK exports no name for it. */
export type VideoModel = Parameters<Ai["experimental_startVideo"]>[0]["model"];

/** The models of a vendor's package, by the vendor's own ids; what the vendor does not make is left out. */
export interface SdkModels {
  readonly text?: (id: string) => LanguageModel;
  readonly image?: (id: string) => ImageModel;
  readonly audio?: (id: string) => SpeechModel;
  readonly video?: (id: string) => VideoModel;
}
