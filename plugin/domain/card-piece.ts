/** Parts of a card that are things of their own: the card, the node's own text, what holds results. */
const told = ["card", "text", "output"];

/**
 * Whether a layer is a mere piece of a card that we drew: a title, a status, a port. `part` is what it
 * says it is (shared plugin data "spaces", key "part"), "" where it says nothing. Pieces are no layers
 * of the board: their words are not the node's, and no line can mean them.
 */
export function isCardPiece(part: string): boolean {
  return part !== "" && !told.includes(part);
}
