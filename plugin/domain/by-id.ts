/** Things by their id. */
export function byId<Thing extends { readonly id: string }>(
  things: Iterable<Thing>,
): Map<string, Thing> {
  return new Map(Array.from(things, (thing) => [thing.id, thing]));
}
