/** No vendor's key is shorter; four characters of it are shown. */
const leastCharacters = 16;
const mostCharacters = 4_000;

/** A key as it was typed or pasted, without the white space around it; null for what can be none. */
export function readKey(text: string): string | null {
  const key = text.trim();
  const isGood = key.length >= leastCharacters && key.length <= mostCharacters;
  // What stands in a header: visible ASCII.
  return isGood && /^[\x21-\x7e]+$/.test(key) ? key : null;
}

/** All that is ever shown of a key. */
export function lastFourOf(key: string): string {
  return key.slice(-4);
}

/** Why a text is no key. */
export const noKeySentence =
  "A key is 16 to 4000 letters, digits and signs without spaces in between.";
