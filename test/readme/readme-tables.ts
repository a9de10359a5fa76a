import { readFile } from "node:fs/promises";
import { priceTextOf } from "#domain/call-cost";
import type { Model } from "#domain/model";
import { nodeTypes, definitionOf, paramsOf } from "#domain/nodes/index";
import { formatCost } from "#domain/cost";
import { costOfCall } from "#domain/price";
import { providerDeclarations } from "../../server/providers/index.ts";
import { localModels } from "../../server/providers/local-models.ts";
import { describeLimits } from "./describe-limits.ts";

/** Where the README lies. */
export const readmeUrl = new URL("../../README.md", import.meta.url);

/** The lists of the README that come from the program, by the name of their place in it. */
export function readmeTables(): Readonly<Record<string, string>> {
  return { nodes: nodeTable(), models: modelTable(), vendors: vendorModelTable() };
}

/** The README's text with every list as the program has it. Throws for a place that is not there. */
export function withTables(readme: string): string {
  let text = readme;
  for (const [name, table] of Object.entries(readmeTables())) {
    const place = new RegExp(`(<!-- ${name}:start -->\n)[\\s\\S]*?(<!-- ${name}:end -->)`);
    if (!place.test(text)) throw new Error(`The README has no place for "${name}".`);
    text = text.replace(place, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`);
  }
  return text;
}

/** The README as it stands. */
export function readReadme(): Promise<string> {
  return readFile(readmeUrl, "utf8");
}

function nodeTable(): string {
  const rows = nodeTypes.map((type) => {
    const { description, inputs, output, task, params } = definitionOf(type);
    const taken = Object.values(inputs).map(
      (input) => `${input.label}${input.isRequired ? " *" : ""} (${input.accepts.join(", ")})`,
    );
    const settings = Object.values(params).map((param) => param.label);
    return [
      `\`${type}\``,
      description,
      taken.join("; ") || "-",
      output.types.join(", "),
      settings.join(", "),
      task === null ? "no" : "yes",
    ];
  });
  return formatTable(
    ["type", "what it does", "inputs (* required)", "gives", "settings", "runs"],
    rows,
  );
}

/** Local models by what they do; those that need a key by what they take and cost, and where that is said. */
function modelTable(): string {
  const rows = localModels.map((model) => [
    `\`${model.id}\``,
    model.description,
    model.task,
    Object.values(model.params)
      .map((param) => param.label)
      .join(", ") || "-",
    formatCost(costOfCall(model.price, {}), model.priceBasis),
    model.unavailable === null ? "yes" : "not yet",
  ]);
  return formatTable(["model", "what it does", "task", "settings", "price", "here"], rows);
}

function vendorModelTable(): string {
  const parts = { egress: null, clock: null, publicUrl: null, ownServer: null } as never;
  const rows = providerDeclarations.flatMap((declaration) => {
    const { key } = declaration;
    const own = declaration.open(parts).models();
    return own
      .filter(({ isRetired }) => !isRetired)
      .map((model) => [
        `\`${model.id}\``,
        model.title,
        model.task,
        describeLimits(model) || "-",
        priceOf(model),
        key?.variables[0] === undefined ? "-" : `\`${key.variables[0]}\``,
        model.source.replaceAll("|", "/"),
      ]);
  });
  const heading = ["model", "called", "task", "takes and makes", "price", "key", "source"];
  return formatTable(heading, rows);
}

/** What one call costs by the model's own settings and the least that it can be given. */
function priceOf(model: Model): string {
  const [type] = nodeTypes.filter((each) => definitionOf(each).task === model.task);
  const params = type === undefined ? {} : paramsOf(type, model);
  const settings = Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, param.default]),
  );
  return type === undefined ? "-" : priceTextOf(type, model, settings);
}

function formatTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}
