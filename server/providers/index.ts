import type { ProviderDeclaration } from "./declaration.ts";
import { bfl } from "./bfl/index.ts";
import { elevenlabs } from "./elevenlabs/index.ts";
import { freepik, magnific } from "./magnific/index.ts";

/** Every provider that takes a key, in the order in which their models are offered. A new one is a line here. */
export const providerDeclarations: readonly ProviderDeclaration[] = [
  bfl,
  elevenlabs,
  magnific,
  freepik,
];
