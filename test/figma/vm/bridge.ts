/** What the inside of the plugin's world needs to be told once. */
export interface PreludeSetup {
  /** Every interface, in the order of the numbers they cross by. */
  readonly interfaces: readonly string[];
  /** Every member of all of them, likewise. */
  readonly memberNames: readonly string[];
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

/**
 * What the inside may call. Layers and other things of Figma's cross by their numbers. Simple values
 * are answered as they are, all others as {@link marks} says.
 */
export interface PreludeHost {
  /** Reads a member of a thing: its number times the count of members, and the member's number. */
  readonly read: (place: number) => unknown;
  /** Calls a method of a thing, by the same number: its arguments as JSON, or a text as it is. */
  readonly call: (place: number, args: string, ...buffers: unknown[]) => unknown;
  /** Everything else: text and bytes in. */
  readonly ask: (text: string, ...buffers: unknown[]) => unknown;
}

/** What an answer that is text begins with when it stands for something else than itself. */
export const marks = {
  /** JSON that means what it says. */
  plain: "\u0001",
  /** JSON with marks in it; the bytes follow beside it. */
  marked: "\u0002",
  /** An error to be thrown, as JSON. */
  error: "\u0003",
  /** A thing of Figma's: its number, its interface's number, and a layer's id, with spaces between. */
  thing: "\u0004",
  /** JSON of an object or list that holds simple values only, or of a text. */
  flat: "\u0005",
  /** Layers: JSON of the number, the interface's number and the id of each in turn. */
  layers: "\u0007",
  /** Arguments that are this one text; the only mark that goes out. */
  text: "\u0006",
} as const;

/** The numbers of the things that are there from the start. */
export const firstThings: readonly string[] = ["PluginAPI", "Globals"];

/** How values cross, seen from the inside. */
export interface PreludeCodec {
  readonly encode: (value: unknown, buffers: unknown[], operation: string) => unknown;
  /** The arguments of a call, as they go out. */
  readonly encodeAll: (args: readonly unknown[], buffers: unknown[], operation: string) => string;
  /** A value that was packed by the host, from its JSON. */
  readonly decode: (value: unknown, buffers: readonly unknown[], isFrozen: boolean) => unknown;
  /** What the host answered, or the error that it answered, thrown. */
  readonly receive: (answer: unknown, isFrozen: boolean) => unknown;
  readonly makeError: (text: string) => Error;
  readonly register: (callback: unknown) => number;
  readonly callback: (id: number) => ((...args: unknown[]) => unknown) | undefined;
  /** How a promise of the host's is settled; once. */
  readonly settler: (
    id: number,
  ) => [(value: unknown) => void, (reason: unknown) => void] | undefined;
}

/** What the codec knows things of Figma's by. */
export interface PreludeThings {
  /** The object for a thing; `id` for a layer. */
  readonly wrap: (thing: number, iface: number, id?: string) => object;
  readonly numberOf: (wrapper: object) => number | undefined;
}

/** What the globals are built on. */
export interface Bridge {
  readonly wrap: PreludeThings["wrap"];
  readonly call: (thing: number, member: string, args: readonly unknown[]) => unknown;
  readonly encode: PreludeCodec["encode"];
  readonly register: PreludeCodec["register"];
  readonly observe: (result: unknown) => unknown;
  readonly report: (error: unknown) => void;
  /** The host enters here: a callback, a settled promise, a value to watch. */
  readonly door: (text: string, ...buffers: unknown[]) => string;
}
