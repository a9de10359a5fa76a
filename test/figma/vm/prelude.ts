import type { Bridge, PreludeCodec, PreludeHost, PreludeSetup, PreludeThings } from "./bridge.ts";

/**
 * The inside end of the bridge: layers as objects, calls, callbacks. It is turned into text for the
 * virtual machine, so it uses nothing from outside itself.
 */
export function createBridge(
  host: PreludeHost,
  setup: PreludeSetup,
  createCodec: (things: PreludeThings) => PreludeCodec,
): Bridge {
  const numbers = new WeakMap<object, number>();
  const wrappers: object[] = [];
  const ids: (string | undefined)[] = [];
  const prototypes = new Map<string, object>();
  const memberNumbers = new Map(setup.memberNames.map((name, at) => [name, at]));
  const lastMark = "\u0008";
  const count = setup.memberNames.length;
  const { read, ask } = host;
  let isClosed = false;

  const wrap = (thing: number, iface: number, id?: string): object => {
    const known = wrappers[thing];
    if (known !== undefined) return known;
    ids[thing] = id;
    const wrapper = Object.create(prototypeOf(setup.interfaces[iface]!)) as object;
    numbers.set(wrapper, thing);
    wrappers[thing] = Object.preventExtensions(wrapper);
    return wrapper;
  };

  const { encode, encodeAll, decode, receive, makeError, register, callback, settler } =
    createCodec({
      wrap,
      numberOf: (wrapper) => numbers.get(wrapper),
    });

  const call = (thing: number, member: string, args: readonly unknown[]): unknown => {
    const buffers: unknown[] = [];
    const text = encodeAll(args, buffers, member);
    const place = thing * count + memberNumbers.get(member)!;
    return receive(host.call(place, text, ...buffers), false);
  };

  const numberOf = (wrapper: object, member: string): number => {
    const thing = numbers.get(wrapper);
    if (thing === undefined)
      throw new TypeError(`${member} called on an object that is not Figma's`);
    return thing;
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

  /**
   * What a layer is called by and what it is never change, and a layer that is gone tells them still
   * (typings, RemovedNode): nothing has to be asked. After closePlugin Figma refuses even those.
   */
  const lastingOf = (iface: string, member: string): ((thing: number) => unknown) | null => {
    const type = setup.types[iface];
    if (type === undefined) return null;
    if (member === "id") return (thing) => ids[thing];
    return member === "type" ? () => type : null;
  };

  const accessor = (iface: string, member: string, kind: string): PropertyDescriptor => {
    const refuseWrite = (): never => refuse("no setter for property");
    if (kind === "m") {
      const method =
        findWithCallback(member) ??
        function (this: object, ...args: unknown[]): unknown {
          return call(numberOf(this, member), member, args);
        };
      return { enumerable: true, get: () => method, set: refuseWrite };
    }
    const number = memberNumbers.get(member)!;
    const lasting = lastingOf(iface, member);
    const getNow = function (this: object): unknown {
      const answer = read(numberOf(this, member) * count + number);
      // Most answers are simple values, and no text above the marks stands for anything else.
      const isItself = typeof answer === "string" ? answer > lastMark : typeof answer !== "object";
      return isItself ? answer : receive(answer, true);
    };
    const getLasting = function (this: object): unknown {
      const known = isClosed ? undefined : lasting?.(numberOf(this, member));
      return known ?? getNow.call(this);
    };
    const get = lasting === null ? getNow : getLasting;
    const set = function (this: object, value: unknown): void {
      const buffers: unknown[] = [];
      const text = JSON.stringify(encode(value, buffers, `set_${member}`));
      receive(ask(`s\n${numberOf(this, member)}\n${member}\n${text}`, ...buffers), false);
    };
    return { enumerable: true, get, set: kind === "w" ? set : refuseWrite };
  };

  /** The callback runs in here: one crossing for the list, none for each layer asked about. */
  const findWithCallback = (member: string): ((...args: unknown[]) => unknown) | null => {
    if (!["findAll", "findOne", "findChild", "findChildren"].includes(member)) return null;
    return function (this: object, test?: unknown): unknown {
      const isOne = member === "findOne" || member === "findChild";
      const args = test === undefined ? [] : [test];
      const list = call(numberOf(this, member), member, args) as unknown[];
      if (test === undefined) return list;
      const isWanted = test as (layer: unknown) => boolean;
      return isOne
        ? (list.find((layer) => isWanted(layer)) ?? null)
        : list.filter((layer) => isWanted(layer));
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
      getPrototypeOf: () => null,
    });
  };

  /** The host hears of it too: code that catches it must not hide it from a test. */
  const refuse = (message: string): never => {
    ask(`r\n${message}`);
    throw new TypeError(message);
  };

  const report = (error: unknown): void => {
    const { name, message, stack } =
      error instanceof Error ? error : { name: "Error", message: String(error), stack: "" };
    ask(`e\n${JSON.stringify({ name, message, stack: stack ?? "" })}`);
  };

  const observe = (result: unknown): unknown => {
    if (!(result instanceof Promise)) return result;
    if (!setup.watchesRejections) result.then(undefined, report);
    return undefined;
  };

  const door: Bridge["door"] = (text, ...buffers) => {
    const [kind, first = "", second = "", ...rest] = text.split("\n");
    if (kind === "w") observe(buffers[0]);
    if (kind === "x") isClosed = true;
    if (kind === "w" || kind === "x") return "null";
    const payload = (): unknown => decode(JSON.parse(rest.join("\n")), buffers, false);
    try {
      if (kind === "f") {
        const args = payload() as unknown[];
        const result = observe(callback(Number(first))?.(...args));
        return JSON.stringify(encode(result, [], "callback"));
      }
      const [resolve, reject] = settler(Number(first)) ?? [];
      if (second === "ok") resolve?.(payload());
      else reject?.(makeError(rest.join("\n")));
    } catch (error) {
      report(error);
    }
    return "null";
  };

  return { wrap, call, encode, register, observe, report, door };
}
