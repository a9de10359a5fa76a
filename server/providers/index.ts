import type { ProviderDeclaration } from "./declaration.ts";
import { bfl } from "./bfl/index.ts";
import { elevenlabs } from "./elevenlabs/index.ts";
import { fal } from "./fal/index.ts";
import { freepik, magnific } from "./magnific/index.ts";
import { replicate } from "./replicate/index.ts";
import { runway } from "./runway/index.ts";

/** Every provider that takes a key, in the order in which their models are offered. A new one is a line here. */
export const providerDeclarations: readonly ProviderDeclaration[] = [
  fal,
  replicate,
  bfl,
  runway,
  elevenlabs,
  magnific,
  freepik,
];
