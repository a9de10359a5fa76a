import type { Model } from "#domain/model";

/**
 * A model as its provider's folder lists it: what the others share is left out. `id` is the vendor's own;
 * the relay's is "provider:id". `wire`: how the vendor is asked for it, which nobody else reads.
 */
export type ModelRow<Wire> = Pick<
  Model,
  | "id"
  | "title"
  | "description"
  | "task"
  | "inputs"
  | "params"
  | "price"
  | "priceBasis"
  | "maxPromptCharacters"
  | "expectedMs"
  | "source"
> &
  Partial<Pick<Model, "limits" | "needs" | "ways" | "outputsPerCall" | "version" | "fidelity">> & {
    readonly wire: Wire;
  };

/** A model that its vendor shut down. */
export interface RetiredRow extends Pick<Model, "id" | "title" | "task" | "source"> {
  /** What happened, when, and what to take instead: whole sentences. */
  readonly sentence: string;
}

/** The models of a provider, and how the vendor is asked for each. */
export interface Catalog<Wire> {
  readonly models: readonly Model[];
  /** The row of a model of the relay's id. Throws for one that the provider does not have. */
  rowOf(model: string): ModelRow<Wire>;
}

/** Makes the models of a provider from its rows. Two with one id are a mistake in the program and throw. */
export function createCatalog<Wire>(
  provider: string,
  rows: readonly ModelRow<Wire>[],
  retired: readonly RetiredRow[] = [],
): Catalog<Wire> {
  const byId = new Map(rows.map((row) => [`${provider}:${row.id}`, row]));
  const models = [
    ...rows.map((row) => modelOf(provider, row)),
    ...retired.map((row) => retiredModel(provider, row)),
  ];
  if (new Set(models.map(({ id }) => id)).size !== models.length) {
    throw new Error(`Two models of ${provider} share an id.`);
  }
  return {
    models,
    rowOf: (model) => {
      const row = byId.get(model);
      if (!row) throw new Error(`${provider} has no model ${model}.`);
      return row;
    },
  };
}

const usual = {
  limits: {},
  outputsPerCall: 1,
  version: "1",
  fidelity: "generated",
  unavailable: null,
  isRetired: false,
} as const;

function modelOf<Wire>(provider: string, row: ModelRow<Wire>): Model {
  // Nobody but its provider reads how a model is asked for.
  const model: Omit<ModelRow<Wire>, "wire"> & { wire?: Wire } = { ...row };
  delete model.wire;
  return { ...usual, ...model, id: `${provider}:${row.id}`, provider };
}

function retiredModel(provider: string, { id, sentence, ...row }: RetiredRow): Model {
  return {
    ...usual,
    ...row,
    id: `${provider}:${id}`,
    provider,
    description: sentence,
    inputs: {},
    params: {},
    price: { kind: "fixed", credits: 0 },
    priceBasis: "unknown",
    maxPromptCharacters: 0,
    expectedMs: 0,
    unavailable: sentence,
    isRetired: true,
  };
}
