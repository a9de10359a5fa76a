import * as z from "zod";
import { relayErrorSchema, relayErrors } from "#domain/relay-error";
import { servedRoutes, type ServedRoute } from "./served-routes.ts";

type Json = Record<string, z.core.util.JSONType>;

/**
 * The relay's routes as an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.0), made of the same
 * declarations that the server validates with.
 */
export function describeRelay(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(servedRoutes)) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(name, route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Spaces for Figma relay",
      version,
      description: "Holds the keys, prices and runs the flow, keeps every result.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "http://localhost:4517" }],
    paths,
    components: {
      securitySchemes: { device: { type: "http", scheme: "bearer" } },
      schemas: { Error: schemaOf(relayErrorSchema, "output") },
    },
  };
}

function describeRoute(name: string, route: ServedRoute): Json {
  const parameters = [...pathParameters(route), ...queryParameters(route), ...headers(route)];
  return {
    operationId: name,
    summary: route.summary,
    security: route.access === "anyone" ? [] : [{ device: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body !== null && {
      requestBody: { required: true, content: contentOf(route.body, "input") },
    }),
    responses: {
      "200": {
        description: route.summary,
        content: contentOf(route.answer, "output"),
      },
      default: {
        description: `It says no: ${[...new Set(Object.values(relayErrors))].join(", ")}.`,
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
  };
}

function contentOf(
  shape: NonNullable<ServedRoute["body"] | ServedRoute["answer"]>,
  io: "input" | "output",
): Json {
  if (shape === "bytes") return { "application/octet-stream": {} };
  if (shape === "page") return { "text/html": { schema: { type: "string" } } };
  if (shape === "events") return { "text/event-stream": { schema: { type: "string" } } };
  return { "application/json": { schema: schemaOf(shape, io) } };
}

function schemaOf(schema: z.core.$ZodType, io: "input" | "output"): Json {
  const made = z.toJSONSchema(schema, { io, unrepresentable: "any", reused: "inline" });
  return JSON.parse(JSON.stringify({ ...made, $schema: undefined })) as Json;
}

function pathParameters(route: ServedRoute): Json[] {
  return [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name ?? "",
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(route: ServedRoute): Json[] {
  if (!(route.query instanceof z.core.$ZodObject)) return [];
  const shape = route.query._zod.def.shape as Record<string, z.core.$ZodType>;
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    in: "query",
    required: !z.safeParse(schema, undefined).success,
    schema: schemaOf(schema, "input"),
  }));
}

function headers(route: ServedRoute): Json[] {
  return Object.entries(route.headers).map(([name, description]) => ({
    name,
    in: "header",
    description,
    required: name === "Idempotency-Key",
    schema: { type: "string" },
  }));
}
