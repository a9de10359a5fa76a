import type { Provider, ProviderCall } from "../providers/provider.ts";
import type { Ticket } from "./provider-line.ts";

/** Everything that a call needs beside its attempt. */
export interface CallContext {
  readonly team: string;
  readonly provider: Provider;
  /** Makes the request anew; it is the same for every try of the call. */
  readonly request: () => ProviderCall["request"];
  readonly signal: AbortSignal;
  /** Whether this process still is, for certain, the one that works on the run. */
  readonly isOurs: () => boolean;
  /** The call's place at the provider. */
  readonly ticket: Pick<Ticket, "start" | "pause">;
  readonly onProgress: (done: number) => void;
  /** The intent was committed just now, by this process: the provider has not been asked yet. */
  readonly hasFreshIntent: boolean;
}
