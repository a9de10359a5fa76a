import { refuse, SimUnsupported } from "../errors.ts";
import { isRemoved, type Layer } from "../model/layer.ts";
import { handleMembers } from "./handle-members.ts";
import { memberOf } from "./interfaces.ts";
import { layerGetters } from "./layer-getters.ts";
import { layerMethods } from "./layer-methods.ts";
import { layerSetters } from "./layer-setters.ts";
import type { Session } from "./session.ts";
import { tableGetters } from "./table-members.ts";
import { textGetters, textSetters } from "./text-members.ts";
import { textMethods } from "./text-ranges.ts";
import { checkArguments, checkAssignment } from "./validate.ts";

const sublayers: ReadonlySet<string> = new Set(["TextSublayerNode", "LabelSublayerNode"]);

/** What is left of a removed layer (typings, RemovedNode). */
const alwaysReadable: ReadonlySet<string> = new Set(["id", "type", "removed", "toString"]);

/** Members of `figma` and its parts that change nothing in the document. */
const needsNoRights: ReadonlySet<string> = new Set(["selection", "selectedTextRange"]);

/** Methods of layers that only read. */
const readingMethods = /^(get|find|export|on$|once$|off$|loadAsync|toString|cellAt)/;

/** The layer an address names, whether by itself or through its text; null for other things. */
function layerOf(session: Session, iface: string, id: string): Layer | null {
  if (iface in handleMembers) return null;
  return session.document.layers.get(id) ?? null;
}

function assertThere(layer: Layer, operation: string): void {
  if (isRemoved(layer)) throw refuse(operation, `The node with id "${layer.id}" does not exist`);
}

/** Reads a member as the plugin does. */
export function readMember(session: Session, iface: string, id: string, member: string): unknown {
  session.assertOpen(`get_${member}`);
  const layer = layerOf(session, iface, id);
  if (layer === null) {
    const get = handleMembers[iface]?.get?.[member];
    if (get === undefined) throw new SimUnsupported(`${iface}.${member}`);
    return get(session, id);
  }
  if (!alwaysReadable.has(member)) assertThere(layer, `get_${member}`);
  if (iface === "LabelSublayerNode" && member === "fills") return layer.values["backgroundFills"];
  const isText = iface === "TextSublayerNode" || layer.type === "TEXT";
  const get =
    (isText ? textGetters[member] : undefined) ??
    (sublayers.has(iface)
      ? undefined
      : (tableGetters[`${layer.type}.${member}`] ?? tableGetters[member] ?? layerGetters[member]));
  if (get !== undefined) return get(session, layer);
  if (!sublayers.has(iface) && member in layer.values) return layer.values[member];
  throw new SimUnsupported(`${iface}.${member}`);
}

/** Assigns a member as the plugin does. */
export function writeMember(
  session: Session,
  iface: string,
  id: string,
  member: string,
  value: unknown,
): void {
  const operation = `set_${member}`;
  session.assertOpen(operation);
  const layer = layerOf(session, iface, id);
  const declared = memberOf(iface, member, session.document.editor);
  const reason =
    declared?.shape === undefined ? null : checkAssignment(member, declared.shape, value);
  if (layer === null) {
    if (reason !== null) throw refuse(operation, reason);
    const set = handleMembers[iface]?.set?.[member];
    if (set === undefined) throw new SimUnsupported(`${iface}.${member} =`);
    set(session, id, value as never);
    return;
  }
  assertThere(layer, operation);
  if (!needsNoRights.has(member)) session.assertCanEdit(operation);
  if (reason !== null) throw refuse(operation, reason);
  checkFills(session, operation, member, value);
  session.edit(() => assign(session, iface, layer, member, value));
}

function assign(
  session: Session,
  iface: string,
  layer: Layer,
  member: string,
  value: unknown,
): void {
  if (iface === "LabelSublayerNode" && member === "fills") {
    session.document.write(layer, "backgroundFills", value);
    return;
  }
  const isText = iface === "TextSublayerNode" || layer.type === "TEXT";
  const set =
    (isText ? textSetters[member] : undefined) ??
    (sublayers.has(iface) ? undefined : layerSetters[member]);
  if (set !== undefined) set(session, layer, value as never);
  else if (!sublayers.has(iface) && member in layer.values)
    session.document.write(layer, member, value);
  else throw new SimUnsupported(`${iface}.${member} =`);
}

/** Videos may be refused in FigJam (switch), and patterns cannot be assigned at all. */
function checkFills(session: Session, operation: string, member: string, value: unknown): void {
  if ((member !== "fills" && member !== "strokes") || !Array.isArray(value)) return;
  for (const paint of value as { type?: string }[]) {
    if (paint.type === "PATTERN" || paint.type === "SHADER")
      throw new SimUnsupported(`${paint.type} paint`);
    if (
      paint.type === "VIDEO" &&
      session.document.editor === "figjam" &&
      session.switches.videoInFigjam === "refuse"
    )
      throw refuse(operation, "Video fills are not supported in FigJam");
  }
}

/** Calls a method as the plugin does. */
export function callMember(
  session: Session,
  iface: string,
  id: string,
  member: string,
  args: readonly unknown[],
): unknown {
  session.assertOpen(member);
  const layer = layerOf(session, iface, id);
  const declared = memberOf(iface, member, session.document.editor);
  const reason =
    declared?.overloads === undefined ? null : checkArguments(declared.overloads, args);
  if (layer === null) {
    const call = handleMembers[iface]?.call?.[member];
    if (call === undefined) throw new SimUnsupported(`${iface}.${member}()`);
    if (reason !== null) throw refuse(member, reason);
    return call(session, id, ...(args as never[]));
  }
  if (!alwaysReadable.has(member)) assertThere(layer, member);
  const isText = iface === "TextSublayerNode" || layer.type === "TEXT";
  const call =
    (isText ? textMethods[member] : undefined) ??
    (sublayers.has(iface) ? undefined : layerMethods[member]);
  if (call === undefined) throw new SimUnsupported(`${iface}.${member}()`);
  if (!readingMethods.test(member)) session.assertCanEdit(member);
  if (reason !== null) throw refuse(member, reason);
  return session.edit(() => call(session, layer, ...(args as never[])));
}
