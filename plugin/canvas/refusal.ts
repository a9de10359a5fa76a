/** Why the canvas cannot do something, in a sentence for a person: it is told as it stands. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
