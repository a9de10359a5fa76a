/** A provider that takes a key of one's own, how the key travels, and how it is tried without cost. */
export interface KeyProvider {
  readonly id: string;
  readonly title: string;
  /** The environment variables it is read from, the first that is set. */
  readonly variables: readonly string[];
  /** The only origins its key is ever sent to. */
  readonly origins: readonly string[];
  readonly header: string;
  /** What stands before the key in the header, such as "Bearer ". */
  readonly prefix: string;
  /** A free request that a good key opens: a path of the first origin, and headers it needs. */
  readonly free: { readonly path: string; readonly headers?: Readonly<Record<string, string>> };
}

/**
 * Every provider that takes a key. Names, headers and hosts are those of the vendors' own clients and
 * specifications; the free requests of Runway, ElevenLabs, Magnific and Unsplash too, the others stand in
 * the vendors' documentation.
 */
export const keyProviders: readonly KeyProvider[] = [
  {
    id: "openai",
    title: "OpenAI",
    variables: ["OPENAI_API_KEY"],
    origins: ["https://api.openai.com"],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/models" },
  },
  {
    id: "google",
    title: "Google Gemini",
    variables: ["GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY", "GOOGLE_API_KEY"],
    origins: ["https://generativelanguage.googleapis.com"],
    header: "x-goog-api-key",
    prefix: "",
    free: { path: "/v1beta/models?pageSize=1" },
  },
  {
    id: "anthropic",
    title: "Anthropic",
    variables: ["ANTHROPIC_API_KEY"],
    origins: ["https://api.anthropic.com"],
    header: "x-api-key",
    prefix: "",
    free: { path: "/v1/models?limit=1", headers: { "anthropic-version": "2023-06-01" } },
  },
  {
    id: "xai",
    title: "xAI",
    variables: ["XAI_API_KEY"],
    origins: ["https://api.x.ai"],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/models" },
  },
  {
    id: "fal",
    title: "fal",
    variables: ["FAL_KEY"],
    origins: ["https://api.fal.ai", "https://queue.fal.run", "https://fal.run"],
    header: "authorization",
    prefix: "Key ",
    free: { path: "/v1/models?limit=1" },
  },
  {
    id: "replicate",
    title: "Replicate",
    variables: ["REPLICATE_API_TOKEN"],
    origins: ["https://api.replicate.com"],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/account" },
  },
  {
    id: "bfl",
    title: "Black Forest Labs",
    variables: ["BFL_API_KEY"],
    origins: ["https://api.bfl.ai", "https://api.eu.bfl.ai", "https://api.us.bfl.ai"],
    header: "x-key",
    prefix: "",
    free: { path: "/v1/credits" },
  },
  {
    id: "runway",
    title: "Runway",
    variables: ["RUNWAYML_API_SECRET"],
    origins: ["https://api.dev.runwayml.com"],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/organization", headers: { "x-runway-version": "2024-11-06" } },
  },
  {
    id: "elevenlabs",
    title: "ElevenLabs",
    variables: ["ELEVENLABS_API_KEY"],
    origins: ["https://api.elevenlabs.io"],
    header: "xi-api-key",
    prefix: "",
    free: { path: "/v1/user/subscription" },
  },
  {
    id: "magnific",
    title: "Magnific",
    variables: ["MAGNIFIC_API_KEY"],
    origins: ["https://api.magnific.com"],
    header: "x-magnific-api-key",
    prefix: "",
    free: { path: "/v1/resources?limit=1" },
  },
  {
    id: "freepik",
    title: "Freepik",
    variables: ["FREEPIK_API_KEY"],
    origins: ["https://api.freepik.com"],
    header: "x-freepik-api-key",
    prefix: "",
    free: { path: "/v1/resources?limit=1" },
  },
  {
    id: "pexels",
    title: "Pexels",
    variables: ["PEXELS_API_KEY"],
    origins: ["https://api.pexels.com"],
    header: "authorization",
    prefix: "",
    free: { path: "/v1/curated?per_page=1" },
  },
  {
    id: "unsplash",
    title: "Unsplash",
    variables: ["UNSPLASH_ACCESS_KEY"],
    origins: ["https://api.unsplash.com"],
    header: "authorization",
    prefix: "Client-ID ",
    free: { path: "/photos?per_page=1", headers: { "accept-version": "v1" } },
  },
];

/** The provider of that id, or null. */
export function findKeyProvider(id: string): KeyProvider | null {
  return keyProviders.find((provider) => provider.id === id) ?? null;
}
