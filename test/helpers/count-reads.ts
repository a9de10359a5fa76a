/** Things that count how often one of their fields is looked at: what a rule costs, on any machine. */
export interface Counted<Thing> {
  readonly things: Thing[];
  /** Looks so far, at all of them together. */
  readonly reads: () => number;
}

/** Wraps each of some things; they are themselves in every other respect. */
export function countReads<Thing extends object>(all: readonly Thing[]): Counted<Thing> {
  let reads = 0;
  const get = (thing: Thing, name: string | symbol): unknown => {
    reads += 1;
    return Reflect.get(thing, name);
  };
  return { things: all.map((thing) => new Proxy(thing, { get })), reads: () => reads };
}
