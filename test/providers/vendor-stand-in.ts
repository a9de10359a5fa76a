import type { FailureCode } from "#domain/failure";
import type { ProviderDeclaration } from "../../server/providers/declaration.ts";
import type { ModelRequest } from "../../server/providers/provider.ts";
import type { Arrived, Behaviour } from "../helpers/fault-server.ts";
import type { Conformer } from "./conformer.ts";

/** A request that a provider is asked for, by a name of its own. */
export interface RequestCase {
  readonly name: string;
  readonly model: string;
  readonly request: ModelRequest;
  /** What the paid request's body must hold, at least; for what no specification can say. */
  readonly sends?: Readonly<Record<string, unknown>>;
}

/** An answer of the vendor's that is no result, and what it must become. */
export interface RefusalCase {
  readonly name: string;
  /** The paid request is answered so, or the question after an accepted job. */
  readonly at: "submit" | "poll";
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly code: FailureCode;
  readonly outcome: "not-billed" | "unknown";
  readonly setting?: string;
}

/**
 * A vendor as its specification has it, for the contract that every provider keeps. `good` answers every
 * request well; the contract puts the faults in its place.
 */
export interface VendorStandIn {
  readonly declaration: ProviderDeclaration;
  /** "queue" answers a job that is polled, "sync" the result itself. */
  readonly mode: "queue" | "sync";
  /** Hosts beside the key's where results lie. */
  readonly fileHosts: readonly string[];
  /** Whether a request is for a result's file; by its host unless said. */
  readonly isFile?: (arrived: Arrived) => boolean;
  /** The origin of a server of the owner's own, for providers that are one. */
  readonly ownServer?: string;
  readonly good: Behaviour;
  readonly isPaid: (arrived: Arrived) => boolean;
  /** Every model at least once, with the least and the most that it takes. */
  readonly requests: readonly RequestCase[];
  readonly refusals: readonly RefusalCase[];
  /** Judges what leaves by the vendor's specification; null where none can be read. */
  readonly conformer: (() => Promise<Conformer>) | null;
}
