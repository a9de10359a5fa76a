import type { Param } from "#domain/param";

type Choice = Extract<Param, { readonly control: "choice" }>;
type Numeric = Extract<Param, { readonly control: "number" }>;

/** A choice of values; each is shown as it stands unless it has a label. The first is the default. */
export function choice(
  label: string,
  values: readonly string[],
  more: {
    readonly default?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly hint?: string;
    readonly when?: Choice["when"];
  } = {},
): Choice {
  const { labels = {}, hint, when } = more;
  return {
    control: "choice",
    label,
    options: values.map((value) => ({ value, label: labels[value] ?? value })),
    default: more.default ?? values[0] ?? "",
    ...(hint !== undefined && { hint }),
    ...(when !== undefined && { when }),
  };
}

/** A number in a range, in whole steps unless said. */
export function amount(
  label: string,
  range: readonly [least: number, most: number],
  more: {
    readonly default: number;
    readonly step?: number;
    readonly unit?: string;
    readonly hint?: string;
    readonly when?: Numeric["when"];
  },
): Numeric {
  const [min, max] = range;
  const { step = 1, unit, hint, when } = more;
  return {
    control: "number",
    label,
    min,
    max,
    step,
    default: more.default,
    ...(unit !== undefined && { unit }),
    ...(hint !== undefined && { hint }),
    ...(when !== undefined && { when }),
  };
}

/** On or off. */
export function toggle(label: string, isOn: boolean, hint?: string): Param {
  return { control: "switch", label, default: isOn, ...(hint !== undefined && { hint }) };
}

/** A text, empty unless a person writes one. */
export function words(label: string, maxCharacters: number, hint?: string): Param {
  return {
    control: "text",
    label,
    maxCharacters,
    default: "",
    ...(hint !== undefined && { hint }),
  };
}
