import { readMemberTable as readTableText } from "../host/read-member-table.ts";
import { memberOverrides } from "./overrides.ts";

/** A type of the typings as data: what a value must look like to be accepted. */
export type Shape =
  | "any"
  | "null"
  | "undefined"
  | "mixed"
  | "boolean"
  | "string"
  | "number"
  | "bytes"
  | "buffer"
  | "date"
  | "promise"
  | "function"
  | "layer"
  | { readonly oneOf: readonly (string | number | boolean)[] }
  | { readonly anyOf: readonly Shape[] }
  | { readonly array: Shape }
  | { readonly tuple: readonly Shape[] }
  | { readonly record: Shape }
  | { readonly ref: string }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly optional?: readonly string[] };

/** A parameter of a method. */
export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  readonly isOptional?: true;
  readonly isRest?: true;
}

/** One member of an interface of the plugin API, as the typings declare it. */
export interface Member {
  readonly kind: "value" | "method";
  readonly isReadonly?: true;
  readonly isOptional?: true;
  readonly shape?: Shape;
  readonly overloads?: readonly (readonly Parameter[])[];
  readonly returnsPromise?: true;
  /** The editors the note names ("only available in FigJam"); absent when there is no note. */
  readonly editors?: readonly string[];
  /** Its text speaks of dynamic-page: it throws, or needs a loaded page. */
  readonly dynamicPage?: "throws" | "loads";
}

/** Every interface a plugin can hold, by name, and the shapes their members mention. */
export interface MemberTable {
  readonly version: string;
  readonly interfaces: Readonly<Record<string, Readonly<Record<string, Member>>>>;
  readonly typeOf: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly changeProperties: readonly string[];
}

const allEditors: readonly string[] = ["figma", "figjam", "slides", "buzz", "dev"];

/** The file's own form: members that several interfaces share stand in it once. */
interface PackedTable extends Omit<MemberTable, "interfaces"> {
  readonly interfaces: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly members: readonly Member[];
}

/** The generated table with our overrides on top; the reasons stand in overrides.ts. */
function readMemberTable(): MemberTable {
  const table = JSON.parse(readTableText()) as PackedTable;
  const interfaces: Record<string, Record<string, Member>> = {};
  for (const [name, indexes] of Object.entries(table.interfaces)) {
    const entries = Object.entries(indexes).map(([member, index]) => [
      member,
      table.members[index],
    ]);
    interfaces[name] = Object.fromEntries(entries) as Record<string, Member>;
  }
  for (const override of memberOverrides) {
    const members = interfaces[override.on];
    const member = members?.[override.member];
    if (members === undefined || member === undefined)
      throw new Error(
        `The override of ${override.on}.${override.member} names nothing in the typings.`,
      );
    const editors = override.editors === "all" ? allEditors : override.editors;
    members[override.member] = { ...member, editors };
  }
  return { ...table, interfaces };
}

/** The one table of this process, read once: it is data and never changes. */
export const memberTable: MemberTable = readMemberTable();
