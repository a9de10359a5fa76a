import type { ProviderDeclaration } from "./declaration.ts";
import { anthropic } from "./anthropic/index.ts";
import { bfl } from "./bfl/index.ts";
import { compatible } from "./compatible/index.ts";
import { elevenlabs } from "./elevenlabs/index.ts";
import { fal } from "./fal/index.ts";
import { google } from "./google/index.ts";
import { lmstudio } from "./lmstudio/index.ts";
import { freepik, magnific } from "./magnific/index.ts";
import { ollama } from "./ollama/index.ts";
import { openai } from "./openai/index.ts";
import { replicate } from "./replicate/index.ts";
import { runway } from "./runway/index.ts";
import { xai } from "./xai/index.ts";

/** Every provider that is declared, in the order in which their models are offered. A new one is a line here. */
export const providerDeclarations: readonly ProviderDeclaration[] = [
  openai,
  google,
  anthropic,
  xai,
  fal,
  replicate,
  bfl,
  runway,
  elevenlabs,
  magnific,
  freepik,
  ollama,
  lmstudio,
  compatible,
];
