import type { Model } from "#domain/model";
import { free } from "#domain/price";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { Provider } from "../provider.ts";
import { createLiveModels, type ListedModel } from "./live-models.ts";
import { askerOf, type AskServer, type OwnPlace } from "./own-way.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** A program that serves models of the owner's own and speaks like OpenAI below /v1. */
export interface OwnServer {
  /** The environment variable that names its origin. */
  readonly variable: string;
  /** Whether it holds a model to a JSON schema; else the form of a list stands in the prompt. */
  readonly takesSchema: boolean;
  /** How many tries at a time: a machine of one's own works on few. */
  readonly concurrency: number;
  /** Where its way of listing models is described. */
  readonly source: string;
  /** What it has; null where it does not answer. */
  readonly list: (ask: AskServer) => Promise<readonly ListedModel[] | null>;
}

const mostPictures = 8;
/** Names that a model's id can hold; others are left out. */
const fitName = /^[A-Za-z0-9._/:@+-]{1,200}$/;

/**
 * Opens a server of the owner's own. Without an origin it has no models; with one, they are those that the
 * server has now. It is asked for texts alone.
 */
export function createOwnServer(
  declared: Declared,
  { egress, clock, ownServer: origin }: ProviderParts,
  server: OwnServer,
): Provider {
  const shared = { ...declared, recovery: "D", concurrency: server.concurrency } as const;
  if (!origin) {
    const submit = () => Promise.reject(new Error(`${declared.title} has no address.`));
    return { ...shared, models: () => [], submit };
  }
  const place: OwnPlace = { origin, key: declared.key };
  const live = createLiveModels({
    clock,
    read: async (using) => {
      const listed = await server.list(askerOf(egress, place, using));
      return listed?.filter(({ id }) => fitName.test(id)) ?? null;
    },
    modelOf: (listed, unavailable, { key }) => ({
      ...modelOf(declared, server, listed, unavailable),
      // Whoever asks for a key may be charging for it; whoever asks for none cannot.
      priceBasis: key ? "unknown" : "list",
    }),
    silent: `${declared.title} does not answer at ${origin}. Start it, or change ${server.variable} and start the relay again.`,
    gone: ({ title }) =>
      `${declared.title} does not have ${title} any more. Load it there again, or choose another model.`,
  });
  return {
    ...shared,
    models: () => live.models(),
    refresh: (using = { key: null }) => live.refresh(using),
    submit: async (call) => {
      const { askOwnServer } = await import("./ask-own-server.ts");
      const id = call.model.slice(call.model.indexOf(":") + 1);
      const canSee = live.find(id)?.canSee === true;
      const asked = {
        id,
        mostPictures: canSee ? mostPictures : 0,
        takesSchema: server.takesSchema,
      };
      return askOwnServer(declared, { egress, clock }, place, asked, call);
    },
  };
}

function modelOf(
  { id: provider, title: name }: Declared,
  { source }: OwnServer,
  { id, title, canSee, version }: ListedModel,
  unavailable: string | null,
): Omit<Model, "priceBasis"> {
  return {
    id: `${provider}:${id}`,
    provider,
    title,
    description: canSee
      ? `Writes and describes pictures, on ${name}.`
      : `Writes, on ${name}; it does not see pictures.`,
    task: "text",
    fidelity: "generated",
    version,
    inputs: { text: 99, ...(canSee && { reference: mostPictures }) },
    limits: {},
    outputsPerCall: 1,
    maxPromptCharacters: 32_000,
    params: {},
    price: free,
    expectedMs: 20_000,
    unavailable,
    isRetired: false,
    source,
  };
}
