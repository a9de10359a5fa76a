/** What bytes without a known signature are: plain text, an SVG drawing, or something else in words. */
export type SniffedText =
  | { readonly kind: "text" }
  | { readonly kind: "drawing" }
  | { readonly kind: "foreign"; readonly found: string };

const markup =
  /^<(?:!doctype html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|!--)[\s/>-]/i;

/**
 * Looks at bytes that no signature told: text is UTF-8 without control characters that is not a page
 * or a drawing. The tags are those by which browsers recognise a page
 * (https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type). With
 * `isStart` the bytes may end in the middle of a character.
 */
export function sniffText(bytes: Uint8Array, isStart = false): SniffedText {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return { kind: "foreign", found: "text in UTF-16 (save it as UTF-8)" };
  const text = decodeText(bytes, isStart);
  if (text === null) return { kind: "foreign", found: "data of an unknown kind" };
  const start = text.trimStart().slice(0, 4_096);
  if (isSvg(start)) return { kind: "drawing" };
  if (markup.test(start)) return { kind: "foreign", found: "a web page (HTML)" };
  if (/^<(?:\?xml|!doctype)/i.test(start)) return { kind: "foreign", found: "an XML document" };
  return { kind: "text" };
}

/**
 * A drawing's document type or root element, possibly after declarations and comments. A comment ends in
 * one place only, so that many of them are not read in every combination.
 */
function isSvg(start: string): boolean {
  return /^(?:<\?[^>]*>|<!--(?:(?!-->)[\s\S])*-->|\s)*<(?:!doctype\s+)?(?:\w+:)?svg[\s/>[]/i.test(
    start,
  );
}

/** The text, or null where bytes are not UTF-8 or hold control characters that no text has. */
function decodeText(bytes: Uint8Array, isStart: boolean): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isStart });
    return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
