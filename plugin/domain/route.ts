import type * as z from "zod/mini";

/** A route of the relay and what it answers; "bytes" and "events" stream. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly answer: z.core.$ZodType | "bytes" | "events";
}

/** What is sent with a route: a body, which streams where it is "bytes", and words in the address. */
export interface RouteAsk {
  readonly body: z.core.$ZodType | "bytes" | null;
  readonly query?: z.core.$ZodType;
}
