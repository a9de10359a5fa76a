const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Elements that draw or say how to draw. Whatever is not named here is left out with all that it holds. */
const drawn = words(`
  svg g defs symbol use path rect circle ellipse line polyline polygon text tspan image
  linearGradient radialGradient stop pattern clipPath mask marker
  filter feGaussianBlur feOffset feFlood feComposite feMerge feMergeNode feBlend feColorMatrix
  feDropShadow
`);

/** What an element becomes: itself, a plain group in place of a link, or null where it is left out. */
export function keptElement(name: string): string | null {
  if (name === "a" || name === "switch") return "g";
  return drawn.has(name) || name === "style" ? name : null;
}

/** Elements between whose tags words are drawn. */
export const holdsText = words("text tspan");

/** Properties that CSS may set too (https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes). */
const properties = words(`
  fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
  stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display visibility overflow
  clip-path clip-rule mask filter marker-start marker-mid marker-end paint-order stop-color
  stop-opacity flood-color flood-opacity color-interpolation-filters shape-rendering image-rendering
  font-family font-size font-weight font-style letter-spacing word-spacing text-anchor
  dominant-baseline text-decoration
`);

const geometry = words(`
  d x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height points pathLength rotate textLength
  lengthAdjust viewBox preserveAspectRatio transform gradientTransform gradientUnits spreadMethod
  offset patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
  markerUnits markerWidth markerHeight refX refY orient filterUnits primitiveUnits stdDeviation in
  in2 result operator k1 k2 k3 k4 mode type values
`);

/** Attributes that may point to another element of the same drawing. */
const pointing = words("fill stroke clip-path mask filter marker-start marker-mid marker-end");

/** Elements that take over from another one. */
const borrowing = words("use linearGradient radialGradient pattern");

/** Whether CSS may set it. */
export function isProperty(name: string): boolean {
  return properties.has(name);
}

const idForm = "[\\w.:-]{1,200}";
const isId = new RegExp(`^${idForm}$`);
const local = new RegExp(`^#(${idForm})$`);
const pointer = new RegExp(`^url\\(\\s*["']?#(${idForm})["']?\\s*\\)(.*)$`, "i");
/** Without colon, slash, at, quote or backslash nothing here can be an address, in clear or escaped. */
const isPlain = /^[\w\s.,%#()+-]*$/;
const isNames = /^[\w\s,'-]*$/;
/** What every program that shows SVG decodes (https://www.w3.org/TR/SVG2/embedded.html#ImageElement). */
const embedded = /^data:image\/(png|jpe?g);base64,([A-Za-z0-9+/ ]+={0,2})$/i;

/**
 * The value of an attribute in the only form in which it stays, or null where it does not: no address
 * beyond the drawing, no script and no CSS survives, whatever the attribute.
 */
export function keptValue(element: string, name: string, value: string): string | null {
  const plain = value.replace(/\s+/g, " ").trim();
  if (plain === "") return null;
  if (name === "id") return isId.test(plain) ? plain : null;
  if (name === "href") return keptHref(element, plain);
  if (name === "font-family") return keptNames(plain);
  if (!properties.has(name) && !geometry.has(name)) return null;
  if (isHarmless(plain)) return plain;
  return pointing.has(name) ? keptPointer(plain) : null;
}

function keptHref(element: string, value: string): string | null {
  if (element === "image") {
    const [, type = "", data = ""] = embedded.exec(value) ?? [];
    const mediaType = type.toLowerCase() === "png" ? "png" : "jpeg";
    return data === "" ? null : `data:image/${mediaType};base64,${data.replace(/ /g, "")}`;
  }
  return borrowing.has(element) && local.test(value) ? value : null;
}

function keptNames(value: string): string | null {
  const names = value.replace(/"/g, "'");
  return isNames.test(names) ? names : null;
}

function keptPointer(value: string): string | null {
  const [, id, rest = ""] = pointer.exec(value) ?? [];
  if (id === undefined) return null;
  const fallback = rest.trim();
  return fallback !== "" && isHarmless(fallback) ? `url(#${id}) ${fallback}` : `url(#${id})`;
}

function isHarmless(value: string): boolean {
  return isPlain.test(value) && !/url\s*\(/i.test(value);
}

/** The ids of the elements that a kept value points to; none or one. */
export function pointedAt(name: string, value: string): string | null {
  if (name === "href") return local.exec(value)?.[1] ?? null;
  return pointing.has(name) ? (pointer.exec(value)?.[1] ?? null) : null;
}

/** The type and the bytes of a picture that a kept `href` holds, or null where it holds none. */
export function embeddedPicture(
  href: string,
): { readonly format: "png" | "jpeg"; readonly bytes: Uint8Array } | null {
  const [, type, data] = embedded.exec(href) ?? [];
  if (type === undefined || data === undefined) return null;
  return { format: type === "png" ? "png" : "jpeg", bytes: Buffer.from(data, "base64") };
}
