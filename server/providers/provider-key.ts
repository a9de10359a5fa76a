/** How a provider's key travels, where it may go, and how it is tried without cost. */
export interface ProviderKey {
  /** The environment variables it is read from, the first that is set. */
  readonly variables: readonly string[];
  /** The only origins it is ever sent to; none where the owner names the server. */
  readonly origins: readonly string[];
  readonly header: string;
  /** What stands before the key in the header, such as "Bearer ". */
  readonly prefix: string;
  /** A free request that a good key opens: a path of the first origin, and headers it needs. */
  readonly free: { readonly path: string; readonly headers?: Readonly<Record<string, string>> };
  /** Whether the provider is asked without one where none is set; not unless said. */
  readonly isOptional?: boolean;
}

/** Where the owner of a relay sets the key of a provider: the end of a sentence about the two. */
export function whereKeyIsSet(id: string): string {
  return `in its console, or by "spaces keys set ${id}"`;
}
