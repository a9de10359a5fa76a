import { SaxesParser } from "saxes";

/** What is in a drawing by the parser alone, apart from the rules by which it was built. */
function contentOf(svg: string) {
  const parser = new SaxesParser({ xmlns: true });
  const elements: string[] = [];
  const attributes: [string, string][] = [];
  const other: string[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    elements.push(tag.local);
    for (const { name, value } of Object.values(tag.attributes)) attributes.push([name, value]);
  });
  for (const kind of ["doctype", "cdata", "comment"] as const) {
    parser.on(kind, (text: string) => void other.push(text));
  }
  parser.on("processinginstruction", ({ target }) => void other.push(target));
  parser.write(svg).close();
  return { elements, attributes, other };
}

/** Whatever of a drawing could do more than draw, in words. */
export function dangersOf(svg: string): string[] {
  const { elements, attributes, other } = contentOf(svg);
  const foreign = elements.filter((name) =>
    /^(script|style|foreignObject|a|animate.*|set|iframe|handler|feImage)$/i.test(name),
  );
  const acting = attributes.filter(([name, value]) => {
    if (name.startsWith("xmlns")) return !value.startsWith("http://www.w3.org/");
    if (/^on|style|class|^xml:/i.test(name)) return true;
    if (name.endsWith("href"))
      return !/^(#[\w.:-]+|data:image\/(png|jpeg);base64,[\w+/]+=*)$/.test(value);
    return /[:/@\\<&]/.test(value) && name !== "id"
      ? !/^url\(#[\w.:-]+\)/.test(value)
      : /url\((?!#)/.test(value);
  });
  return [...foreign, ...acting.map(([name, value]) => `${name}="${value}"`), ...other];
}
