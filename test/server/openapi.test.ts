import { describe, expect, test } from "vitest";
import { describeRelay } from "../../server/openapi.ts";
import { servedRoutes } from "../../server/served-routes.ts";

describe("the OpenAPI document", () => {
  const document = describeRelay("1.2.3");
  const paths = document["paths"] as Record<
    string,
    Record<string, { operationId: string; security: unknown[] }>
  >;
  const operations = Object.values(paths).flatMap((path) => Object.values(path));

  test("has one operation for every declared route", () => {
    expect(operations.map((each) => each.operationId).sort()).toEqual(
      Object.keys(servedRoutes).sort(),
    );
  });

  test("asks for a token wherever the route does", () => {
    const open = operations.filter((each) => each.security.length === 0);
    expect(open.map((each) => each.operationId).sort()).toEqual([
      "healthz",
      "hello",
      "hook",
      "pair",
      "readyz",
      "shareEmbed",
      "shareFile",
      "sharePage",
    ]);
  });

  test("is plain JSON without anything undefined", () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
