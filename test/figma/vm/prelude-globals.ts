import type { Bridge, PreludeHost, PreludeSetup } from "./bridge.ts";

/**
 * Puts Figma's globals into the plugin's world and takes away what Figma does not have. Turned into
 * text for the virtual machine like the bridge, so it uses nothing from outside itself.
 */
export function installGlobals(
  global: Record<string, unknown>,
  host: PreludeHost,
  setup: PreludeSetup,
  bridge: Bridge,
): void {
  type Plain = Record<string, unknown>;
  const { wrap, call, encode, register, observe } = bridge;
  const { ask } = host;

  const encodeForConsole = (value: unknown, buffers: unknown[]): unknown => {
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    try {
      return encode(value, buffers, "console");
    } catch {
      return String(value);
    }
  };

  const makeResponse = (answer: Plain): Plain => {
    const { text, bytes, ...response } = answer as { text: string; bytes: Uint8Array };
    return {
      ...response,
      text: () => Promise.resolve(text),
      json: () => new Promise((resolve) => resolve(JSON.parse(text) as unknown)),
      arrayBuffer: () => Promise.resolve(bytes.buffer),
    };
  };

  const cloneValue = (value: unknown): unknown => {
    if (typeof value === "function" || typeof value === "symbol")
      throw new Error("could not be cloned");
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof Uint8Array) return value.slice();
    if (Array.isArray(value)) return value.map(cloneValue);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneValue(item)]));
  };

  const installTime = (): void => {
    const RealDate = Date;
    const now = (): number => ask("n") as number;
    const StandInDate = function (this: unknown, ...args: unknown[]): unknown {
      if (!(new.target as unknown)) return new RealDate(now()).toString();
      const fields = args.length === 0 ? [now()] : args;
      return Reflect.construct(RealDate, fields, new.target) as unknown;
    };
    Object.defineProperty(StandInDate, "prototype", { value: RealDate.prototype });
    Object.assign(StandInDate, {
      now,
      parse: (text: string) => RealDate.parse(text),
      UTC: (...args: Parameters<typeof Date.UTC>) => RealDate.UTC(...args),
    });
    global["Date"] = StandInDate;
    let state = setup.seed >>> 0;
    Math.random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 4_294_967_296;
    };
  };

  for (const name of [
    "SharedArrayBuffer",
    "queueMicrotask",
    "performance",
    "DOMException",
    "navigator",
  ])
    Reflect.deleteProperty(global, name);
  global["figma"] = wrap(0, setup.interfaces.indexOf("PluginAPI"));
  global["__html__"] = setup.html;
  global["__uiFiles__"] = Object.freeze({ ...setup.uiFiles });
  const console: Plain = {};
  for (const level of ["log", "error", "assert", "info", "warn", "clear"])
    console[level] = (...args: unknown[]) => {
      const buffers: unknown[] = [];
      const text = JSON.stringify(args.map((arg) => encodeForConsole(arg, buffers)));
      ask(`l\n${level}\n${text}`, ...buffers);
    };
  global["console"] = console;
  const timer =
    (isRepeating: boolean) =>
    (callback: unknown, delayMs?: unknown, ...args: unknown[]) => {
      if (typeof callback !== "function") throw new TypeError("not a function");
      const run = register(() => observe((callback as (...rest: unknown[]) => unknown)(...args)));
      return ask(
        `t\n${isRepeating ? "interval" : "timeout"}\n${run}\n${Number(delayMs ?? 0) || 0}`,
      );
    };
  const clear = (handle: unknown): void => {
    ask(`t\nclear\n${String(handle)}\n0`);
  };
  Object.assign(global, {
    setTimeout: timer(false),
    setInterval: timer(true),
    clearTimeout: clear,
    clearInterval: clear,
  });
  global["fetch"] = (...args: unknown[]) =>
    (call(1, "fetch", args) as Promise<Plain>).then(makeResponse);
  global["structuredClone"] ??= cloneValue;
  installTime();
}
