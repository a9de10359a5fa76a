import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Arrived } from "../helpers/fault-server.ts";
import { readRequestBody } from "./read-request-body.ts";
import { isRecord, normalizeSchema, type Json, type JsonRecord } from "./normalize-schema.ts";

/** Judges requests by a vendor's own specification. */
export interface Conformer {
  /** What is wrong with a request, a line for each fault; none for one that the vendor would take. */
  check(arrived: Arrived): Promise<string[]>;
}

/** A validator for schemas that stand in a document of that name. */
export function openValidator(document: JsonRecord): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  for (const format of ["binary", "byte", "password"]) ajv.addFormat(format, true);
  ajv.addFormat("uri", /^[a-z][a-z0-9+.-]*:/i);
  ajv.addSchema(document, "spec");
  const known = new Map<string, ValidateFunction>();
  return (pointer) => {
    const compiled = known.get(pointer) ?? ajv.compile({ $ref: `spec#${pointer}` });
    known.set(pointer, compiled);
    return compiled;
  };
}

/** The faults that a validator found, in words. */
export function faultsOf(validate: ValidateFunction, body: unknown, where: string): string[] {
  if (validate(body)) return [];
  return (validate.errors ?? [])
    .slice(0, 8)
    .map(
      ({ instancePath, message, params }: ErrorObject) =>
        `${where} ${instancePath} ${message ?? ""} ${JSON.stringify(params)}`,
    );
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  readonly variables: number;
  readonly operation: JsonRecord;
}

/** Judges requests by an OpenAPI document; `prefix` is the part of the path that stands in its server. */
export function openApiConformer(
  raw: Json,
  prefix = "",
  patch: (document: JsonRecord) => JsonRecord = (document) => document,
): Conformer {
  const normal = normalizeSchema(raw);
  if (!isRecord(normal)) throw new Error("A specification is an object.");
  const document = patch(normal);
  const validatorOf = openValidator(document);
  const routes = routesOf(document);
  return {
    check: async (arrived) => {
      const [path = ""] = arrived.path.split("?");
      const own = path.startsWith(prefix) ? path.slice(prefix.length) : path;
      const route = routes.find(
        ({ method, pattern }) => method === arrived.method && pattern.test(own),
      );
      if (!route) return [`${arrived.method} ${path}: not in the specification`];
      return [
        ...(await checkBody(document, route, arrived, validatorOf)),
        ...checkParameters(document, route, arrived, validatorOf),
      ];
    },
  };
}

function routesOf(document: JsonRecord): Route[] {
  const { paths } = document;
  if (!isRecord(paths)) throw new Error("A specification has paths.");
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    ["get", "post", "put", "patch", "delete"].flatMap((method): Route[] => {
      const operation = isRecord(item) ? item[method] : undefined;
      if (!isRecord(operation)) return [];
      const [plain = ""] = path.split("?");
      const source = plain
        .replace(/[.*+^$()|[\]\\]/g, String.raw`\$&`)
        .replace(/\{[^}]+\}/g, "[^/]+");
      const variables = path.split("{").length - 1;
      const pattern = new RegExp(`^${source}/?$`);
      return [{ method: method.toUpperCase(), path, pattern, variables, operation }];
    }),
  );
  return routes.sort((one, other) => one.variables - other.variables);
}

const escaped = (name: string) => name.replace(/~/g, "~0").replace(/\//g, "~1");

function followed(document: JsonRecord, value: Json | undefined): JsonRecord | null {
  if (!isRecord(value)) return null;
  const reference = value["$ref"];
  if (typeof reference !== "string") return value;
  let at: Json | undefined = document;
  for (const part of reference.slice(2).split("/")) {
    at = isRecord(at)
      ? at[decodeURIComponent(part).replace(/~1/g, "/").replace(/~0/g, "~")]
      : undefined;
  }
  return isRecord(at) ? at : null;
}

async function checkBody(
  document: JsonRecord,
  { operation, path, method }: Route,
  arrived: Arrived,
  validatorOf: (pointer: string) => ValidateFunction,
): Promise<string[]> {
  const stated = operation["requestBody"];
  const content = followed(document, followed(document, stated)?.["content"]);
  const where = `${method} ${path}`;
  if (!content) return arrived.body === "" ? [] : [`${where}: takes no body`];
  const [type = ""] = (arrived.headers["content-type"] ?? "").split(";");
  if (!isRecord(content[type])) return [`${where}: content type ${type || "(none)"}`];
  const reference = isRecord(stated) ? stated["$ref"] : undefined;
  const base =
    typeof reference === "string"
      ? reference.slice(1)
      : `/paths/${escaped(path)}/${method.toLowerCase()}/requestBody`;
  const validate = validatorOf(`${base}/content/${escaped(type)}/schema`);
  return faultsOf(validate, await readRequestBody(arrived), where);
}

function checkParameters(
  document: JsonRecord,
  { operation, path, method }: Route,
  arrived: Arrived,
  validatorOf: (pointer: string) => ValidateFunction,
): string[] {
  const query = readQuery(arrived.path);
  const { parameters } = operation;
  const list = Array.isArray(parameters) ? parameters : [];
  const known = new Set<string>();
  const faults = list.flatMap((each: Json, at): string[] => {
    const parameter = followed(document, each);
    const name = parameter?.["name"];
    if (typeof name !== "string") return [];
    const isQuery = parameter?.["in"] === "query";
    if (isQuery) known.add(name);
    const value = isQuery ? query.get(name) : undefined;
    const isThere =
      value !== undefined ||
      (parameter?.["in"] === "header"
        ? arrived.headers[name.toLowerCase()] !== undefined
        : !isQuery);
    if (!isThere)
      return parameter?.["required"] === true ? [`${method} ${path}: lacks ${name}`] : [];
    if (value === undefined) return [];
    const reference = isRecord(each) ? each["$ref"] : undefined;
    const base =
      typeof reference === "string"
        ? reference.slice(1)
        : `/paths/${escaped(path)}/${method.toLowerCase()}/parameters/${at}`;
    return faultsOf(validatorOf(`${base}/schema`), value, `${method} ${path} ${name}`);
  });
  const unknown = [...query.keys()].filter((name) => !known.has(name));
  return [...faults, ...unknown.map((name) => `${method} ${path}: does not know ${name}`)];
}

/** The words of an address: numbers as numbers, and "filters[kind][photo]" as what it stands for. */
function readQuery(path: string): Map<string, Json> {
  const read = new Map<string, Json>();
  for (const [stated, text] of new URLSearchParams(path.split("?")[1] ?? "")) {
    const [name = "", ...keys] = stated.split(/[[\]]+/).filter((part) => part !== "");
    const value = /^\d+$/.test(text) ? Number(text) : text;
    const before = read.get(name);
    read.set(
      name,
      keys.length === 0 ? value : deepened(isRecord(before) ? before : {}, keys, value),
    );
  }
  return read;
}

function deepened(into: JsonRecord, [key = "", ...keys]: string[], value: Json): JsonRecord {
  const before = into[key];
  const inner = keys.length === 0 ? value : deepened(isRecord(before) ? before : {}, keys, value);
  return { ...into, [key]: inner };
}
