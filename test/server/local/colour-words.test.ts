import { describe, expect, it } from "vitest";
import { coloursOfWords } from "../../../server/local/colour-words.ts";

const coloursOf = (words: string) => coloursOfWords(words.split(" "));

describe("the colours of a prompt", () => {
  it("are those it names before those its other words bring to mind", () => {
    expect(coloursOf("summer night concert by the sea deep blue and warm orange")).toEqual(
      ["blue", "orange", "summer", "night", "sea", "warm"].flatMap(coloursOf),
    );
  });

  it("come once each and in the order of the words", () => {
    expect(coloursOf("red scarlet teal red")).toEqual([...coloursOf("red"), ...coloursOf("teal")]);
    expect(coloursOf("a quiet afternoon")).toEqual([]);
  });
});
