import type { FailureCode } from "#domain/failure";
import type { RelayErrorCode } from "#domain/relay-error";
import type { RouteName } from "./declared-routes.ts";

/**
 * What is counted where it happens; what the store knows is read from it when somebody asks. Every word
 * that is handed in is from a list of ours: no id, prompt or name of a person becomes a label.
 */
export interface Metrics {
  /** A request was refused. */
  refused(route: RouteName | "none", code: RelayErrorCode): void;
  /** A provider did not do what it was asked; "broken" where its adapter threw what nobody expected. */
  providerFailed(provider: string, code: FailureCode | "broken"): void;
  /** A call is tried again. */
  retried(provider: string): void;
  /** An event stream was opened; call what it answers once it ends. */
  streamOpened(): () => void;
  /** A stream was asked for from a number that its run has not reached. */
  streamReset(): void;
  /** A write waited for another program that holds the database. */
  databaseWaited(): void;
  /** A commit failed for want of the database. */
  databaseFailed(kind: DatabaseTrouble): void;
}

/** Why a commit failed: the disk is full, the database is kept locked, or it does not answer. */
export type DatabaseTrouble = "full" | "busy" | "gone";

const nothing = () => undefined;
/** Counts nothing. */
export const noMetrics: Metrics = {
  refused: nothing,
  providerFailed: nothing,
  retried: nothing,
  streamOpened: () => nothing,
  streamReset: nothing,
  databaseWaited: nothing,
  databaseFailed: nothing,
};
