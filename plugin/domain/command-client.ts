import type * as z from "zod/mini";
import { commandRoutes, type commandAsks, type CommandRouteName } from "./command-routes.ts";
import { callRoute, type Send, type SentWith } from "./relay-client.ts";

type BodyOf<Name extends CommandRouteName> =
  (typeof commandAsks)[Name]["body"] extends z.core.$ZodType
    ? z.input<(typeof commandAsks)[Name]["body"]>
    : undefined;

/** The routes of the command line and the console as functions; everything that arrives is parsed. */
export interface CommandClient {
  /** Calls a route. Throws RelayRefusal when the relay says no. */
  command<Name extends CommandRouteName>(
    name: Name,
    options: Pick<SentWith, "path" | "query"> & { readonly body: BodyOf<Name> },
  ): Promise<z.output<(typeof commandRoutes)[Name]["answer"]>>;
}

/** A client that speaks through `send`. */
export function createCommandClient(send: Send, token: string): CommandClient {
  return {
    command: async (name, options) =>
      (await callRoute(send, token, commandRoutes[name], options)) as z.output<
        (typeof commandRoutes)[typeof name]["answer"]
      >,
  };
}
