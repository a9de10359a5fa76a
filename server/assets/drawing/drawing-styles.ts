import type { DrawingElement } from "./drawing-element.ts";
import { isProperty } from "./drawing-rules.ts";

type Declarations = ReadonlyMap<string, string>;

interface Rule {
  /** How late the rule stands; a later one wins. */
  readonly order: number;
  readonly declarations: Declarations;
}

/** The rules of a drawing's stylesheets, by their selector: `*`, a name, `.class` or `#id`. */
export type Stylesheet = ReadonlyMap<string, Rule>;

/**
 * Reads the stylesheets of a drawing. A selector of more than one part, an at-rule (an import, a font) and
 * a property that no attribute has are left out: programs that draw give a class to what looks alike.
 */
export function readStylesheet(css: string): Stylesheet {
  const rules = new Map<string, Rule>();
  const plain = css.replace(/\/\*[\s\S]*?(?:\*\/|$)|<!--|-->/g, " ");
  for (const [order, block] of withoutAtRules(plain).split("}").entries()) {
    const [selectors = "", body = ""] = block.split("{");
    for (const each of selectors.split(",")) {
      const selector = each.trim();
      if (!/^(?:\*|[.#]?[\w-]+)$/.test(selector)) continue;
      const before = rules.get(selector)?.declarations ?? new Map<string, string>();
      rules.set(selector, { order, declarations: merge(before, readDeclarations(body)) });
    }
  }
  return rules;
}

/** What an at-rule says holds for some screens, for paper, for words: none of it for every drawing. */
function withoutAtRules(css: string): string {
  let kept = "";
  let from = 0;
  for (let at = css.indexOf("@"); at !== -1; at = css.indexOf("@", from)) {
    kept += css.slice(from, at);
    from = endOfAtRule(css, at);
  }
  return kept + css.slice(from);
}

/** The place behind an at-rule: behind its semicolon, or behind the block that it opens. */
function endOfAtRule(css: string, start: number): number {
  let depth = 0;
  for (const { 0: mark, index } of css.slice(start).matchAll(/[{};]|"[^"]*"|'[^']*'/g)) {
    if (mark === "{") depth += 1;
    if (mark === "}") depth -= 1;
    if (depth <= 0 && (mark === "}" || mark === ";")) return start + index + 1;
  }
  return css.length;
}

/** What is left of CSS for an element, and its own attributes; what CSS says goes before. */
export function styledAttributes(
  { name, attributes }: DrawingElement,
  stylesheet: Stylesheet,
): Map<string, string> {
  const styled = new Map(attributes);
  styled.delete("style");
  styled.delete("class");
  const classes = (attributes.get("class") ?? "").split(/\s+/).map((each) => `.${each}`);
  const ofClasses = stylesheet.size === 0 ? [] : classes.flatMap((each) => found(stylesheet, each));
  const rules = [
    ...found(stylesheet, "*"),
    ...found(stylesheet, name),
    ...ofClasses.sort((one, other) => one.order - other.order),
    ...found(stylesheet, `#${attributes.get("id") ?? ""}`),
  ].map(({ declarations }) => declarations);
  for (const declared of [...rules, readDeclarations(attributes.get("style") ?? "")]) {
    for (const [property, value] of declared) styled.set(property, value);
  }
  return styled;
}

function found(stylesheet: Stylesheet, selector: string): Rule[] {
  const rule = stylesheet.get(selector);
  return rule ? [rule] : [];
}

function readDeclarations(text: string): Declarations {
  const read = new Map<string, string>();
  for (const declaration of text.split(";")) {
    const at = declaration.indexOf(":");
    const property = declaration.slice(0, Math.max(0, at)).trim().toLowerCase();
    const value = declaration.slice(at + 1).replace(/!\s*important\s*$/i, "");
    if (isProperty(property)) read.set(property, value);
  }
  return read;
}

function merge(before: Declarations, after: Declarations): Declarations {
  return new Map([...before, ...after]);
}
