import type { Bridge, PreludeHost, PreludeSetup } from "./bridge.ts";

/**
 * The inside end of the bridge: layers as objects, calls, promises, callbacks. It is turned into
 * text for the virtual machine, so it uses nothing from outside itself.
 */
export function createBridge(host: PreludeHost, setup: PreludeSetup): Bridge {
  type Plain = Record<string, unknown>;
  const mixed = Symbol("figma.mixed");
  const identities = new WeakMap<object, { iface: string; id: string }>();
  const wrappers = new Map<string, object>();
  const prototypes = new Map<string, object>();
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

  const encode = (value: unknown, buffers: unknown[], operation: string): unknown => {
    if (value === undefined) return { $: "u" };
    if (typeof value === "symbol") throw new Error(`in ${operation}: Cannot unwrap symbol`);
    if (typeof value === "bigint") throw new Error(`in ${operation}: Cannot unwrap bigint`);
    if (typeof value === "number" && !Number.isFinite(value)) return { $: "x", v: String(value) };
    if (typeof value === "function") return { $: "f", d: register(value) };
    if (typeof value !== "object" || value === null) return value;
    const identity = identities.get(value);
    if (identity !== undefined) return { $: "n", i: identity.iface, d: identity.id };
    if (value instanceof Uint8Array) {
      buffers.push(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
      return { $: "b", x: buffers.length - 1 };
    }
    if (value instanceof Date) return { $: "d", v: value.getTime() };
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { $: "q" };
    if (Array.isArray(value)) return value.map((item: unknown) => encode(item, buffers, operation));
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
        return wrap(plain["i"] as string, plain["d"] as string);
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

  const makeError = (text: string): Error => {
    const { name, message } = JSON.parse(text) as { name: string; message: string };
    const error = new Error(message);
    if (name !== "Error") error.name = name;
    return error;
  };

  const ask = (text: string, buffers: unknown[], isFrozen: boolean): unknown => {
    const answer = buffers.length === 0 ? host(text) : host(text, ...buffers);
    const isPlain = typeof answer === "string";
    const head = isPlain ? answer : (answer as string[])[0]!;
    if (head.startsWith("!")) throw makeError(head.slice(1));
    const value: unknown = JSON.parse(head.slice(1));
    return typeof value !== "object" || value === null
      ? value
      : decode(value, isPlain ? [] : (answer as unknown[]).slice(1), isFrozen);
  };

  const call = (iface: string, id: string, member: string, args: readonly unknown[]): unknown => {
    const buffers: unknown[] = [];
    const text = JSON.stringify(args.map((arg) => encode(arg, buffers, member)));
    return ask(`c\n${iface}\n${id}\n${member}\n${text}`, buffers, false);
  };

  const wrap = (iface: string, id: string): object => {
    const key = `${iface}|${id}`;
    const known = wrappers.get(key);
    if (known !== undefined) return known;
    const wrapper = Object.create(prototypeOf(iface)) as object;
    identities.set(wrapper, { iface, id });
    wrappers.set(key, Object.preventExtensions(wrapper));
    return wrapper;
  };

  const idOf = (wrapper: object, member: string): string => {
    const identity = identities.get(wrapper);
    if (identity === undefined)
      throw new TypeError(`${member} called on an object that is not Figma's`);
    return identity.id;
  };

  const prototypeOf = (iface: string): object => {
    const known = prototypes.get(iface);
    if (known !== undefined) return known;
    const prototype = Object.create(guardOf(iface)) as object;
    for (const [member, kind] of Object.entries(setup.members[iface] ?? {}))
      Object.defineProperty(prototype, member, accessor(iface, member, kind));
    prototypes.set(iface, prototype);
    return prototype;
  };

  const accessor = (iface: string, member: string, kind: string): PropertyDescriptor => {
    const refuseWrite = (): never => refuse("no setter for property");
    if (kind === "m") {
      const method =
        findWithCallback(iface, member) ??
        function (this: object, ...args: unknown[]): unknown {
          return call(iface, idOf(this, member), member, args);
        };
      return { enumerable: true, get: () => method, set: refuseWrite };
    }
    const nothing: unknown[] = [];
    const get = function (this: object): unknown {
      return ask(`g\n${iface}\n${idOf(this, member)}\n${member}`, nothing, true);
    };
    const set = function (this: object, value: unknown): void {
      const buffers: unknown[] = [];
      const text = JSON.stringify(encode(value, buffers, `set_${member}`));
      ask(`s\n${iface}\n${idOf(this, member)}\n${member}\n${text}`, buffers, false);
    };
    return { enumerable: true, get, set: kind === "w" ? set : refuseWrite };
  };

  /** The callback runs in here: one crossing for the list, none for each layer asked about. */
  const findWithCallback = (
    iface: string,
    member: string,
  ): ((...args: unknown[]) => unknown) | null => {
    if (!["findAll", "findOne", "findChild", "findChildren"].includes(member)) return null;
    return function (this: object, callback?: unknown): unknown {
      const isOne = member === "findOne" || member === "findChild";
      const list = call(
        iface,
        idOf(this, member),
        member,
        callback === undefined ? [] : [callback],
      ) as unknown[];
      if (callback === undefined) return list;
      const test = callback as (layer: unknown) => boolean;
      return isOne
        ? (list.find((layer) => test(layer)) ?? null)
        : list.filter((layer) => test(layer));
    };
  };

  /** Ends every prototype chain: what is not there is an error to read and to write, in both modes. */
  const guardOf = (iface: string): object => {
    const type = setup.types[iface];
    return new Proxy(Object.create(null) as object, {
      get: (_target, key) => {
        if (
          typeof key === "symbol" ||
          key === "then" ||
          key === "toJSON" ||
          key in Object.prototype
        )
          return (Object.prototype as unknown as Record<string | symbol, unknown>)[key];
        if (type === undefined || setup.missingMemberRead === "undefined") return undefined;
        return refuse(`no such property '${key}' on ${type} node`);
      },
      set: () => {
        return refuse("object is not extensible");
      },
      has: () => false,
      getPrototypeOf: () => null,
    });
  };

  /** The host hears of it too: code that catches it must not hide it from a test. */
  const refuse = (message: string): never => {
    host(`r\n${message}`);
    throw new TypeError(message);
  };

  const report = (error: unknown): void => {
    const { name, message, stack } =
      error instanceof Error ? error : { name: "Error", message: String(error), stack: "" };
    host(`e\n${JSON.stringify({ name, message, stack: stack ?? "" })}`);
  };

  const observe = (result: unknown): unknown => {
    if (!(result instanceof Promise)) return result;
    if (!setup.watchesRejections) result.then(undefined, report);
    return undefined;
  };

  const door: Bridge["door"] = (text, ...buffers) => {
    const [kind, first = "", second = "", ...rest] = text.split("\n");
    if (kind === "w") observe(buffers[0]);
    if (kind === "w") return "=null";
    const payload = (): unknown => decode(JSON.parse(rest.join("\n")), buffers, false);
    try {
      if (kind === "f") {
        const args = payload() as unknown[];
        const result = observe(functions.get(Number(first))?.(...args));
        return `=${JSON.stringify(encode(result, [], "callback"))}`;
      }
      const [resolve, reject] = promises.get(Number(first)) ?? [];
      promises.delete(Number(first));
      if (second === "ok") resolve?.(payload());
      else reject?.(makeError(rest.join("\n")));
    } catch (error) {
      report(error);
    }
    return "=null";
  };

  return { wrap, call, encode, register, observe, report, door };
}
