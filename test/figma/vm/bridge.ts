/** What the inside of the plugin's world needs to be told once. */
export interface PreludeSetup {
  /** Interface → member → "r" read-only, "w" writable, "m" method; already cut to the editor. */
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Interface → the layer type named in errors. */
  readonly types: Readonly<Record<string, string>>;
  readonly missingMemberRead: "throw" | "undefined";
  /** Whether rejections are seen by a Promise of ours; else only those of promises handed back. */
  readonly watchesRejections: boolean;
  readonly seed: number;
  readonly html: string;
  readonly uiFiles: Readonly<Record<string, string>>;
}

/** What the inside may call: text and bytes in, text or text with bytes out. */
export type PreludeHost = (text: string, ...buffers: unknown[]) => unknown;

/** What the globals are built on. */
export interface Bridge {
  readonly wrap: (iface: string, id: string) => object;
  readonly call: (iface: string, id: string, member: string, args: readonly unknown[]) => unknown;
  readonly encode: (value: unknown, buffers: unknown[], operation: string) => unknown;
  readonly register: (callback: unknown) => number;
  readonly observe: (result: unknown) => unknown;
  readonly report: (error: unknown) => void;
  /** The host enters here: a callback, a settled promise, a value to watch. */
  readonly door: (text: string, ...buffers: unknown[]) => string;
}
