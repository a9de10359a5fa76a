import type { Context } from "hono";
import * as z from "zod";
import { isTooDeep } from "./is-too-deep.ts";
import { Refusal } from "./refusal.ts";
import type { ServedRoute } from "./served-routes.ts";

// zod/mini, which keeps the plugin small, says only "Invalid input"; a refusal has to say why.
z.config(z.locales.en());

/**
 * The JSON body of a request, checked before it is read: exact content type, a stated length within
 * the route's limit, then the route's own schema. Throws a Refusal that names the first fault.
 */
export async function readBody(context: Context, route: ServedRoute): Promise<unknown> {
  if (route.body === null || route.body === "bytes") return undefined;
  const type = context.req.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new Refusal("type-unsupported", "Send the body as application/json.");
  }
  checkLength(context, route, true);
  const text = await context.req.text();
  if (text.length > route.maxBodyBytes) throw tooLarge(route);
  return parseWith(route.body, parseJson(text), "The request");
}

/** Refuses a stated length above the route's limit, and where `isRequired` a missing one. */
export function checkLength(context: Context, route: ServedRoute, isRequired: boolean): void {
  const stated = context.req.header("content-length");
  if (stated === undefined) {
    if (isRequired) throw new Refusal("length-required", "Say how long the body is.");
    return;
  }
  if (!/^\d{1,15}$/.test(stated) || Number(stated) > route.maxBodyBytes) throw tooLarge(route);
}

/** Parses what arrived with a schema; a Refusal says where it is wrong. */
export function parseWith<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new Refusal("request-invalid", `${what} is not right: ${describe(parsed.error)}`);
}

/** The first fault of a failed parse, as "graph.nodes.3.type: Invalid option". */
function describe(error: z.core.$ZodError): string {
  const [first] = error.issues;
  if (!first) return "it does not have the expected form.";
  const path = first.path.map(String).join(".").slice(0, 120);
  return `${path === "" ? "the whole" : path}: ${first.message.slice(0, 200)}`;
}

/** Nothing of ours is nested deeper than a tenth of it; far deeper than it would break who walks it. */
const maxDepth = 100;

function parseJson(text: string): unknown {
  if (isTooDeep(text, maxDepth)) {
    throw new Refusal(
      "request-invalid",
      `The request is nested more than ${maxDepth} levels deep.`,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal("request-invalid", "The request is not JSON.");
  }
}

function tooLarge(route: ServedRoute): Refusal {
  return new Refusal("too-large", `The body is larger than ${route.maxBodyBytes} bytes.`);
}
