import type { PreludeCodec, PreludeThings } from "./bridge.ts";

/**
 * How values cross, seen from the inside. Turned into text for the virtual machine, so it uses nothing
 * from outside itself.
 */
export function createPreludeCodec(things: PreludeThings): PreludeCodec {
  type Plain = Record<string, unknown>;
  const mixed = Symbol("figma.mixed");
  const functionIds = new WeakMap<object, number>();
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, [(value: unknown) => void, (reason: unknown) => void]>();
  let lastFunction = 0;

  const register = (callback: unknown): number => {
    const known = functionIds.get(callback as object);
    if (known !== undefined) return known;
    lastFunction += 1;
    functionIds.set(callback as object, lastFunction);
    functions.set(lastFunction, callback as (...args: unknown[]) => unknown);
    return lastFunction;
  };

  /** Whether JSON alone says what this is: no mark is needed, nothing has to be refused. */
  const isBare = (value: unknown): boolean => {
    const type = typeof value;
    if (type === "string" || type === "boolean" || value === null) return true;
    if (type === "number") return Number.isFinite(value);
    if (type !== "object") return false;
    if (Array.isArray(value)) return value.every(isBare);
    if (Object.getPrototypeOf(value) !== Object.prototype) return false;
    for (const key in value as Plain)
      if (key === "$" || !isBare((value as Plain)[key])) return false;
    return true;
  };

  const encodeAll = (args: readonly unknown[], buffers: unknown[], operation: string): string => {
    const [text] = args;
    if (typeof text === "string" && args.length === 1 && text.isWellFormed())
      if (!text.includes("\0")) return `\u0006${text}`;
    const list = isBare(args) ? args : args.map((arg) => encode(arg, buffers, operation));
    return JSON.stringify(list);
  };

  const encode = (value: unknown, buffers: unknown[], operation: string): unknown => {
    if (typeof value === "string" || typeof value === "boolean") return value;
    if (value === undefined) return { $: "u" };
    if (typeof value === "symbol") throw new Error(`in ${operation}: Cannot unwrap symbol`);
    if (typeof value === "bigint") throw new Error(`in ${operation}: Cannot unwrap bigint`);
    if (typeof value === "number" && !Number.isFinite(value)) return { $: "x", v: String(value) };
    if (typeof value === "function") return { $: "f", d: register(value) };
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => encode(item, buffers, operation));
    const thing = things.numberOf(value);
    if (thing !== undefined) return { $: "n", d: thing };
    if (value instanceof Uint8Array) {
      buffers.push(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
      return { $: "b", x: buffers.length - 1 };
    }
    if (value instanceof Date) return { $: "d", v: value.getTime() };
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { $: "q" };
    const copy: Plain = {};
    for (const key of Object.keys(value))
      copy[key] = encode((value as Plain)[key], buffers, operation);
    return "$" in copy ? { $: "o", v: Object.entries(copy) } : copy;
  };

  const decode = (value: unknown, buffers: readonly unknown[], isFrozen: boolean): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const plain = value as Plain;
    switch (plain["$"]) {
      case "u":
        return undefined;
      case "m":
        return mixed;
      case "x":
        return Number(plain["v"]);
      case "n":
        return things.wrap(plain["d"] as number, plain["i"] as number);
      case "l":
        return wrapAll(plain["v"] as (number | string)[], isFrozen);
      case "b":
        return new Uint8Array(buffers[plain["x"] as number] as ArrayBuffer);
      case "d":
        return new Date(plain["v"] as number);
      case "f":
        return functions.get(plain["d"] as number);
      case "p":
        return new Promise((resolve, reject) =>
          promises.set(plain["d"] as number, [resolve, reject]),
        );
      case "o":
        return Object.fromEntries(
          (plain["v"] as [string, unknown][]).map(([key, item]) => [
            key,
            decode(item, buffers, isFrozen),
          ]),
        );
      default:
    }
    for (const key of Object.keys(plain)) plain[key] = decode(plain[key], buffers, isFrozen);
    return isFrozen ? Object.freeze(plain) : plain;
  };

  /** A list of layers crosses as the number, the interface and the id of each in turn. */
  const wrapAll = (parts: readonly (number | string)[], isFrozen: boolean): object[] => {
    const list: object[] = [];
    for (let at = 0; at < parts.length; at += 3)
      list.push(things.wrap(parts[at] as number, parts[at + 1] as number, parts[at + 2] as string));
    return isFrozen ? (Object.freeze(list) as object[]) : list;
  };

  const freeze = (value: object): object => {
    for (const key of Object.keys(value)) {
      const item = (value as Plain)[key];
      if (typeof item === "object" && item !== null) freeze(item);
    }
    return Object.freeze(value);
  };

  const makeError = (text: string): Error => {
    const { name, message } = JSON.parse(text) as { name: string; message: string };
    const error = new Error(message);
    if (name !== "Error") error.name = name;
    return error;
  };

  const receive = (answer: unknown, isFrozen: boolean): unknown => {
    const isList = typeof answer === "object" && answer !== null;
    const head = isList ? (answer as string[])[0] : answer;
    if (typeof head !== "string") return head;
    const mark = head.charCodeAt(0);
    if (!(mark <= 7)) return head;
    const text = head.slice(1);
    if (mark === 5) return isFrozen ? Object.freeze(JSON.parse(text)) : JSON.parse(text);
    if (mark === 7) return wrapAll(JSON.parse(text) as (number | string)[], isFrozen);
    if (mark === 4) {
      const [thing, iface, id] = text.split(" ");
      return things.wrap(Number(thing), Number(iface), id);
    }
    if (mark === 3) throw makeError(text);
    const value: unknown = JSON.parse(text);
    if (mark === 2) return decode(value, isList ? (answer as unknown[]).slice(1) : [], isFrozen);
    return isFrozen && typeof value === "object" && value !== null ? freeze(value) : value;
  };

  return {
    encode,
    encodeAll,
    decode,
    receive,
    makeError,
    register,
    callback: (id) => functions.get(id),
    settler: (id) => {
      const settler = promises.get(id);
      promises.delete(id);
      return settler;
    },
  };
}
