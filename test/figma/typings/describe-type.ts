import ts from "typescript";
import type { Shape } from "./member-table.ts";

/** What a walk over the typings needs: the checker, and the named shapes met so far. */
export interface TypeWalk {
  readonly checker: ts.TypeChecker;
  readonly shapes: Record<string, Shape>;
  readonly layers: ReadonlySet<string>;
}

const simpleNames: Record<string, Shape> = {
  Uint8Array: "bytes",
  ArrayBuffer: "buffer",
  Date: "date",
  Promise: "promise",
  Function: "function",
};

/** A TypeScript type as data a checker of arguments can follow; named types once, by reference. */
export function describeType(type: ts.Type, walk: TypeWalk): Shape {
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) return "any";
  if (flags & ts.TypeFlags.Null) return "null";
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return "undefined";
  if (flags & ts.TypeFlags.ESSymbolLike) return "mixed";
  if (type.isStringLiteral() || type.isNumberLiteral()) return { oneOf: [type.value] };
  if (flags & ts.TypeFlags.BooleanLiteral)
    return { oneOf: [walk.checker.typeToString(type) === "true"] };
  if (flags & ts.TypeFlags.BooleanLike) return "boolean";
  if (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral)) return "string";
  if (flags & ts.TypeFlags.NumberLike) return "number";
  if (type.isUnion()) {
    const alias = type.aliasSymbol?.name;
    return alias === undefined || type.types.every((part) => part.isLiteral())
      ? describeUnion(type, walk)
      : describeNamed(alias, () => describeUnion(type, walk), walk);
  }
  if (type.isIntersection() && type.types.some((part) => describeType(part, walk) === "layer"))
    return "layer";
  return describeObject(type, walk);
}

function describeUnion(type: ts.UnionType, walk: TypeWalk): Shape {
  const shapes: Shape[] = [];
  const literals: (string | number | boolean)[] = [];
  for (const part of type.types) {
    const shape = describeType(part, walk);
    if (typeof shape === "object" && "oneOf" in shape) literals.push(...shape.oneOf);
    else if (!shapes.some((other) => JSON.stringify(other) === JSON.stringify(shape)))
      shapes.push(shape);
  }
  if (literals.includes(true) && literals.includes(false)) {
    shapes.push("boolean");
    literals.splice(0, literals.length, ...literals.filter((value) => typeof value !== "boolean"));
  }
  if (literals.length > 0) shapes.push({ oneOf: literals });
  const [first] = shapes;
  return shapes.length === 1 && first !== undefined ? first : { anyOf: shapes };
}

/** Anonymous unions and the like have no symbol, whatever the compiler's own types say. */
function nameOf(type: { readonly aliasSymbol?: ts.Symbol; readonly symbol?: ts.Symbol }): string {
  return (type.aliasSymbol ?? type.symbol)?.name ?? "";
}

function describeObject(type: ts.Type, walk: TypeWalk): Shape {
  const { checker } = walk;
  const name = nameOf(type);
  if (walk.layers.has(name)) return "layer";
  const simple = simpleNames[name];
  if (simple !== undefined) return simple;
  if (checker.isTupleType(type))
    return {
      tuple: checker
        .getTypeArguments(type as ts.TypeReference)
        .map((part) => describeType(part, walk)),
    };
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    return { array: item === undefined ? "any" : describeType(item, walk) };
  }
  if (type.getCallSignatures().length > 0) return "function";
  if (name === "" || name.startsWith("__")) return describeFields(type, walk);
  return describeNamed(name, () => describeFields(type, walk), walk);
}

function describeNamed(name: string, describe: () => Shape, walk: TypeWalk): Shape {
  if (walk.layers.has(name)) return "layer";
  if (!(name in walk.shapes)) {
    walk.shapes[name] = "any";
    walk.shapes[name] = describe();
  }
  return { ref: name };
}

function describeFields(type: ts.Type, walk: TypeWalk): Shape {
  const { checker } = walk;
  const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
  const fields: Record<string, Shape> = {};
  const optional: string[] = [];
  for (const property of checker.getPropertiesOfType(type)) {
    const declaration = property.declarations?.[0];
    const fieldType =
      declaration === undefined
        ? checker.getTypeOfSymbol(property)
        : checker.getTypeOfSymbolAtLocation(property, declaration);
    fields[property.name] = describeType(fieldType, walk);
    if (property.flags & ts.SymbolFlags.Optional) optional.push(property.name);
  }
  if (index !== undefined && Object.keys(fields).length === 0)
    return { record: describeType(index.type, walk) };
  return optional.length === 0 ? { fields } : { fields, optional };
}
