import type { ProviderDeclaration } from "./declaration.ts";
import { bfl } from "./bfl/index.ts";
import { openai } from "./openai/index.ts";

/** Every provider that takes a key, in the order in which their models are offered. A new one is a line here. */
export const providerDeclarations: readonly ProviderDeclaration[] = [openai, bfl];
