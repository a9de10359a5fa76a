/** `figma.mixed`, as the host side holds it. */
export const mixed: unique symbol = Symbol("figma.mixed");

/** A thing of Figma's that is no layer: the text of a sticky, an image, `figma.ui`. */
export class Handle {
  readonly iface: string;
  readonly id: string;

  constructor(iface: string, id: string) {
    this.iface = iface;
    this.id = id;
  }
}

/** A function of the plugin, called by its number. */
export class PluginFunction {
  readonly id: number;
  readonly #invoke: (functionId: number, args: readonly unknown[]) => unknown;

  constructor(id: number, invoke: (functionId: number, args: readonly unknown[]) => unknown) {
    this.id = id;
    this.#invoke = invoke;
  }

  /** Enters the plugin; errors inside are the plugin's and are reported at its window. */
  call(...args: readonly unknown[]): unknown {
    return this.#invoke(this.id, args);
  }
}

/** An answer that comes later; the plugin holds a promise with this number. */
export class Deferred {
  readonly id: number;

  constructor(id: number) {
    this.id = id;
  }
}
