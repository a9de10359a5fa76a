import { refuse, SimUnsupported } from "../errors.ts";
import { handleMembers } from "./handle-members.ts";
import { interfaceOf, memberOf } from "./interfaces.ts";
import { layerGetters } from "./layer-getters.ts";
import { layerMethods } from "./layer-methods.ts";
import { layerSetters } from "./layer-setters.ts";
import type { Getter } from "./registry.ts";
import type { Session } from "./session.ts";
import { tableGetters } from "./table-members.ts";
import { textGetters, textSetters } from "./text-members.ts";
import { textMethods } from "./text-ranges.ts";
import type { Thing } from "./things.ts";
import { Layer, isRemoved } from "../model/layer.ts";
import type { Handle } from "./values.ts";
import { checkArguments, checkAssignment } from "./validate.ts";

const sublayers: ReadonlySet<string> = new Set(["TextSublayerNode", "LabelSublayerNode"]);

/** What is left of a removed layer (typings, RemovedNode). */
const alwaysReadable: ReadonlySet<string> = new Set(["id", "type", "removed", "toString"]);

/** Members of `figma` and its parts that change nothing in the document. */
const needsNoRights: ReadonlySet<string> = new Set(["selection", "selectedTextRange"]);

/** Methods of layers that only read. */
const readingMethods = /^(get|find|export|on$|once$|off$|loadAsync|toString|cellAt)/;

/** The layer that a thing is, or is the text of; null for other things. */
function layerOf(session: Session, thing: Thing): Layer | null {
  if (thing instanceof Layer) return thing;
  return thing.iface in handleMembers ? null : (session.document.layers.get(thing.id) ?? null);
}

function assertThere(layer: Layer, operation: string): void {
  if (isRemoved(layer)) throw refuse(operation, `The node with id "${layer.id}" does not exist`);
}

/** How a member of an interface is read, by both; found out once. Null for a value that layers store. */
const getters = new Map<string, Map<string, Getter | null>>();

function getterOf(iface: string, layer: Layer, member: string): Getter | null {
  const known = getters.get(iface) ?? new Map<string, Getter | null>();
  const found = known.get(member);
  if (found !== undefined) return found;
  const getter = findGetter(iface, layer.type, member);
  getters.set(iface, known.set(member, getter));
  return getter;
}

function findGetter(iface: string, type: string, member: string): Getter | null {
  if (iface === "LabelSublayerNode" && member === "fills")
    return (_session, layer) => layer.values["backgroundFills"];
  const isText = iface === "TextSublayerNode" || type === "TEXT";
  const getter = isText ? textGetters[member] : undefined;
  if (getter !== undefined || sublayers.has(iface)) return getter ?? null;
  return tableGetters[`${type}.${member}`] ?? tableGetters[member] ?? layerGetters[member] ?? null;
}

/** Reads a member as the plugin does. */
export function readMember(session: Session, thing: Thing, member: string): unknown {
  if (session.isClosed) session.assertOpen(`get_${member}`);
  const layer = layerOf(session, thing);
  if (layer === null) {
    const { iface, id } = thing as Handle;
    const get = handleMembers[iface]?.get?.[member];
    if (get === undefined) throw new SimUnsupported(`${iface}.${member}`);
    return get(session, id);
  }
  if (!alwaysReadable.has(member)) assertThere(layer, `get_${member}`);
  const iface = interfaceOfThing(thing);
  const get = getterOf(iface, layer, member);
  if (get !== null) return get(session, layer);
  if (!sublayers.has(iface) && member in layer.values) return layer.values[member];
  throw new SimUnsupported(`${iface}.${member}`);
}

function interfaceOfThing(thing: Thing): string {
  return thing instanceof Layer ? interfaceOf(thing) : thing.iface;
}

/** Assigns a member as the plugin does. */
export function writeMember(session: Session, thing: Thing, member: string, value: unknown): void {
  const iface = interfaceOfThing(thing);
  const operation = `set_${member}`;
  session.assertOpen(operation);
  const layer = layerOf(session, thing);
  const declared = memberOf(iface, member, session.document.editor);
  const reason =
    declared?.shape === undefined ? null : checkAssignment(member, declared.shape, value);
  if (layer === null) {
    if (reason !== null) throw refuse(operation, reason);
    const set = handleMembers[iface]?.set?.[member];
    if (set === undefined) throw new SimUnsupported(`${iface}.${member} =`);
    set(session, thing.id, value as never);
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
  thing: Thing,
  member: string,
  args: readonly unknown[],
): unknown {
  const iface = interfaceOfThing(thing);
  session.assertOpen(member);
  const layer = layerOf(session, thing);
  const declared = memberOf(iface, member, session.document.editor);
  const reason =
    declared?.overloads === undefined ? null : checkArguments(declared.overloads, args);
  if (layer === null) {
    const call = handleMembers[iface]?.call?.[member];
    if (call === undefined) throw new SimUnsupported(`${iface}.${member}()`);
    if (reason !== null) throw refuse(member, reason);
    return call(session, thing.id, ...(args as never[]));
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
