import type { Layer } from "../model/layer.ts";
import type { Editor } from "../model/document.ts";
import { memberTable, type Member } from "../typings/member-table.ts";

/** All interfaces, in the order of the numbers that they cross into the plugin's world by. */
export const interfaceNames: readonly string[] = [
  "RemovedNode",
  ...Object.keys(memberTable.interfaces).filter((name) => name !== "RemovedNode"),
];
const interfaceNumbers = new Map(interfaceNames.map((name, at) => [name, at]));

/** The members of all interfaces, likewise. */
export const memberNames: readonly string[] = [
  ...new Set([
    "fetch",
    "id",
    "type",
    "removed",
    ...Object.values(memberTable.interfaces).flatMap(Object.keys),
  ]),
];

/** The number of an interface. */
export function interfaceNumber(iface: string): number {
  const number = interfaceNumbers.get(iface);
  if (number === undefined) throw new Error(`The typings have no interface ${iface}.`);
  return number;
}

/** The interface of the typings a layer has. */
export function interfaceOf(layer: Layer): string {
  if (layer.type === "TABLE_CELL") return "TableCellNode";
  return memberTable.typeOf[layer.type] ?? "RemovedNode";
}

/** A member of an interface, if the typings have it and it exists in the editor. */
export function memberOf(iface: string, member: string, editor: Editor): Member | null {
  const found = memberTable.interfaces[iface]?.[member];
  return found === undefined || (found.editors && !found.editors.includes(editor)) ? null : found;
}

/** The members of every interface as the prelude wants them: "r", "w" or "m". */
export function preludeMembers(editor: Editor): Record<string, Record<string, string>> {
  const interfaces: Record<string, Record<string, string>> = {
    RemovedNode: { id: "r", type: "r", removed: "r" },
  };
  for (const [iface, members] of Object.entries(memberTable.interfaces)) {
    const kinds: Record<string, string> = {};
    for (const [name, member] of Object.entries(members))
      if (memberOf(iface, name, editor) !== null)
        kinds[name] = isCallable(iface, name, member) ? "m" : member.isReadonly ? "r" : "w";
    interfaces[iface] = kinds;
  }
  return interfaces;
}

/** `figma.ui.onmessage` is typed as a function and is a property one assigns. */
function isCallable(iface: string, name: string, member: Member): boolean {
  return member.kind === "method" && !(iface === "UIAPI" && name === "onmessage");
}

/** Interface → layer type, for the errors about members that are not there. */
export function preludeTypes(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(memberTable.typeOf).map(([type, iface]) => [iface, type]),
  );
}
