import type * as z from "zod";
import type { declaredAsks, declaredRoutes, RouteName } from "./declared-routes.ts";
import type { LiveAnswer } from "./live-answer.ts";
import type { routeRules } from "./route-rules.ts";

/** Who is asking: a member of a team, on a paired device. */
export interface Caller {
  readonly team: string;
  readonly member: string;
  readonly device: string;
}

type Declared<Name extends RouteName> = (typeof declaredRoutes)[Name];
type Asked<Name extends RouteName> = (typeof declaredAsks)[Name];
type Parsed<Schema> = Schema extends z.core.$ZodType ? z.output<Schema> : undefined;
type QueryOf<Ask> = Ask extends { query: z.core.$ZodType } ? z.output<Ask["query"]> : undefined;

/** What a handler is given; everything in it was parsed by the route's declaration. */
export interface HandlerInput<Name extends RouteName> {
  readonly caller: (typeof routeRules)[Name]["access"] extends "anyone" ? null : Caller;
  readonly path: Readonly<Record<string, string>>;
  readonly query: QueryOf<Asked<Name>>;
  readonly body: Parsed<Asked<Name>["body"]>;
  /** The bytes of a body that streams, null for every other. */
  readonly stream: ReadableStream<Uint8Array> | null;
  readonly header: (name: string) => string | undefined;
  /** Makes a signal that aborts when the client goes away. Never stop a paid run by it. */
  readonly signal: () => AbortSignal;
}

/** What a handler gives back: the declared answer, one that goes on, or a response of bytes. */
export type HandlerAnswer<Name extends RouteName> = Declared<Name>["answer"] extends z.core.$ZodType
  ? z.input<Declared<Name>["answer"]>
  : Declared<Name>["answer"] extends "events"
    ? LiveAnswer
    : Response;

/** The code of one route. Trouble that is expected is thrown as a Refusal. */
export type Handler<Name extends RouteName> = (
  input: HandlerInput<Name>,
) => Promise<HandlerAnswer<Name>>;

/** A handler for every route; the compiler asks for the missing one. */
export type Handlers = { readonly [Name in RouteName]: Handler<Name> };
