import { Layer } from "../model/layer.ts";
import { memberTable, type Parameter, type Shape } from "../typings/member-table.ts";
import { Handle, mixed, PluginFunction } from "./values.ts";

/** What is wrong with a value, and where in it. */
interface Fault {
  readonly message: string;
  readonly path: string;
}

/** Members that Figma keeps within 0 and 1 (simulator.md 6.3, paints and effects). */
const unitInterval: ReadonlySet<string> = new Set(["r", "g", "b", "a", "opacity"]);

/** Why a value may not be assigned to a member, in Figma's words; null when it may. */
export function checkAssignment(member: string, shape: Shape, value: unknown): string | null {
  const scalar = scalarFault(member, shape, value);
  if (scalar !== null) return scalar;
  const fault = findFault(shape, value, "");
  if (fault === null) return unitInterval.has(member) ? unitFault(member, value) : null;
  return `Property "${member}" failed validation: ${fault.message}${fault.path === "" ? "" : ` at ${fault.path}`}`;
}

/** Why a method may not be called with these arguments; null when it may. */
export function checkArguments(
  overloads: readonly (readonly Parameter[])[],
  args: readonly unknown[],
): string | null {
  const faults = overloads.map((parameters) => argumentFault(parameters, args));
  return faults.includes(null) ? null : (faults[0] ?? null);
}

function argumentFault(parameters: readonly Parameter[], args: readonly unknown[]): string | null {
  for (const [index, parameter] of parameters.entries()) {
    const value = args[index];
    if (value === undefined && parameter.isOptional) continue;
    const fault = checkAssignment(parameter.name, parameter.shape, value);
    if (fault !== null) return fault;
  }
  return null;
}

function scalarFault(member: string, shape: Shape, value: unknown): string | null {
  if (shape !== "number" && shape !== "string" && shape !== "boolean") return null;
  if (typeof value === shape && !Number.isNaN(value)) return null;
  return `Expected "${member}" to have type ${shape} but got ${kindOf(value)} instead`;
}

function unitFault(member: string, value: unknown): string | null {
  if (typeof value !== "number" || (value >= 0 && value <= 1)) return null;
  return `Property "${member}" failed validation: Number must be ${value < 0 ? "greater than or equal to 0" : "less than or equal to 1"}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isNaN(value)) return "nan";
  if (value instanceof Layer || value instanceof Handle) return "object";
  if (value instanceof PluginFunction) return "function";
  return value === mixed ? "symbol" : typeof value;
}

function findFault(shape: Shape, value: unknown, path: string): Fault | null {
  if (typeof shape === "string") return simpleFault(shape, value, path);
  if ("ref" in shape) return findFault(memberTable.shapes[shape.ref] ?? "any", value, path);
  if ("oneOf" in shape) {
    if (shape.oneOf.includes(value as string)) return null;
    const options = shape.oneOf.map((option) => `'${String(option)}'`).join(" | ");
    return {
      path,
      message: `Invalid enum value. Expected ${options}, received ${value === undefined ? "undefined" : JSON.stringify(value)}`,
    };
  }
  if ("anyOf" in shape) return unionFault(shape.anyOf, value, path);
  if ("array" in shape) return listFault(value, path, () => shape.array);
  if ("tuple" in shape) {
    if (Array.isArray(value) && value.length !== shape.tuple.length)
      return { path, message: `Array must contain exactly ${shape.tuple.length} element(s)` };
    return listFault(value, path, (index) => shape.tuple[index] ?? "any");
  }
  if (!isPlain(value)) return { path, message: `Expected object, received ${kindOf(value)}` };
  if ("record" in shape) return recordFault(shape.record, value, path);
  return fieldsFault(shape.fields, shape.optional ?? [], value, path);
}

function simpleFault(shape: Extract<Shape, string>, value: unknown, path: string): Fault | null {
  const fits: Record<typeof shape, () => boolean> = {
    any: () => true,
    null: () => value === null,
    undefined: () => value === undefined,
    mixed: () => value === mixed,
    boolean: () => typeof value === "boolean",
    string: () => typeof value === "string",
    number: () => typeof value === "number" && !Number.isNaN(value),
    bytes: () => value instanceof Uint8Array,
    buffer: () => value instanceof Uint8Array,
    date: () => value instanceof Date,
    promise: () => true,
    function: () => value instanceof PluginFunction,
    layer: () => value instanceof Layer,
  };
  if (fits[shape]()) return null;
  return {
    path,
    message: `Expected ${shape === "layer" ? "node" : shape}, received ${kindOf(value)}`,
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    kindOf(value) === "object" &&
    !(value instanceof Uint8Array)
  );
}

function listFault(value: unknown, path: string, shapeAt: (index: number) => Shape): Fault | null {
  if (!Array.isArray(value)) return { path, message: `Expected array, received ${kindOf(value)}` };
  for (const [index, item] of value.entries()) {
    const fault = findFault(shapeAt(index), item, `${path}[${index}]`);
    if (fault !== null) return fault;
  }
  return null;
}

function recordFault(shape: Shape, value: Record<string, unknown>, path: string): Fault | null {
  for (const [key, item] of Object.entries(value)) {
    const fault = findFault(shape, item, join(path, key));
    if (fault !== null) return fault;
  }
  return null;
}

function fieldsFault(
  fields: Readonly<Record<string, Shape>>,
  optional: readonly string[],
  value: Record<string, unknown>,
  path: string,
): Fault | null {
  for (const [name, shape] of Object.entries(fields)) {
    const item = value[name];
    if (item === undefined && (optional.includes(name) || accepts(shape, undefined))) continue;
    if (item === undefined) return { path: join(path, name), message: "Required" };
    const fault = findFault(shape, item, join(path, name));
    if (fault !== null) return fault;
    const outside = unitInterval.has(name) ? unitFault(name, item) : null;
    if (outside !== null) return { path: join(path, name), message: outside.replace(/^.*: /, "") };
  }
  const extra = Object.keys(value).filter((key) => !(key in fields));
  if (extra.length === 0) return null;
  return {
    path,
    message: `Unrecognized key(s) in object: ${extra.map((key) => `'${key}'`).join(", ")}`,
  };
}

function accepts(shape: Shape, value: unknown): boolean {
  return findFault(shape, value, "") === null;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function unionFault(options: readonly Shape[], value: unknown, path: string): Fault | null {
  const faults = options.map((option) => findFault(option, value, path));
  if (faults.includes(null)) return null;
  const tagged = options.map((option) => discriminatorOf(option)).filter((tag) => tag !== null);
  const tag = tagged[0];
  if (tag !== undefined && isPlain(value)) {
    const matching = options.filter((option) => {
      const own = discriminatorOf(option);
      return own?.values.includes(value[own.name] as string) === true;
    });
    const [only] = matching;
    if (only !== undefined) return findFault(only, value, path);
    const known = tagged
      .flatMap(({ values }) => values)
      .map((name) => `'${name}'`)
      .join(" | ");
    return {
      path: join(path, tag.name),
      message: `Invalid discriminator value. Expected ${known}`,
    };
  }
  const structured = options.findIndex(
    (option) => typeof option === "object" && !("oneOf" in option),
  );
  return (options.length <= 2 ? faults[structured] : null) ?? { path, message: "Invalid input" };
}

function discriminatorOf(shape: Shape): { name: string; values: readonly string[] } | null {
  if (typeof shape !== "object") return null;
  if ("ref" in shape) return discriminatorOf(memberTable.shapes[shape.ref] ?? "any");
  if (!("fields" in shape)) return null;
  for (const name of ["type", "format"]) {
    const field = shape.fields[name];
    if (typeof field === "object" && "oneOf" in field)
      return { name, values: field.oneOf.map(String) };
  }
  return null;
}
