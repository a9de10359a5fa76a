import type { Model } from "#domain/model";
import type { Provider } from "../../server/providers/provider.ts";

const model: Model = {
  id: "timed:wait",
  provider: "timed",
  title: "Paid",
  description: "Costs five credits.",
  task: "text",
  fidelity: "exact",
  version: "1",
  inputs: { text: 1_000 },
  maxPromptCharacters: 1_000_000,
  params: {},
  price: { kind: "fixed", credits: 5 },
  priceBasis: "list",
  limits: {},
  outputsPerCall: 1,
  expectedMs: 0,
  unavailable: null,
  isRetired: false,
  source: "For benchmarks.",
};

/** A provider of text that costs credits and answers at once or never. */
export function paidProvider(answers: "at-once" | "never"): Provider {
  return {
    id: model.provider,
    title: "Timed",
    recovery: "A",
    concurrency: 1_000,
    models: () => [model],
    submit: async ({ request }) => {
      if (answers === "never") await new Promise(() => undefined);
      const text = request.task === "text" ? request.instruction : "";
      return {
        kind: "done",
        result: { outputs: [{ kind: "text", text }], billedCredits: null, notes: [] },
      };
    },
  };
}
