import type { CompiledQuery, DialectAdapter, QueryResult } from "kysely";
import type { Database } from "./database.ts";

/** One value of a query. */
type Scalar = string | number | null;
/** A row that a query writes, or the part of one that it changes. */
type Row = Readonly<Record<string, Scalar>>;
/** Everything that a query is given, by name. */
type Values = Readonly<Record<string, Scalar | readonly Scalar[] | Row | readonly Row[]>>;

/** A query of longer lists is built each time: there would be as many texts of it as lengths. */
const longestList = 32;

/** Where a value goes into the text of a query; stands in for it while the text is made. */
class Place {
  readonly read: (values: Values) => unknown;

  constructor(read: (values: Values) => unknown) {
    this.read = read;
  }
}

/**
 * A query that is asked often: built once for each open database and each length of its lists, then
 * only given its values. Building a query costs more than asking SQLite (`npm run bench -- relay`). The
 * builder may only pass the values on, never look at them: while it builds, they are stand-ins.
 */
export function prepare<Asked extends Values, Found>(
  build: (database: Database, values: Asked) => CompiledQuery<Found>,
): (database: Database, values: Asked) => Promise<QueryResult<Found>> {
  const texts = new WeakMap<DialectAdapter, Map<string, CompiledQuery<Found>>>();
  return (database, values) => {
    const shape = shapeOf(values);
    if (shape === null) return database.executeQuery(build(database, values));
    const { adapter } = database.getExecutor();
    let ofDatabase = texts.get(adapter);
    if (!ofDatabase) texts.set(adapter, (ofDatabase = new Map<string, CompiledQuery<Found>>()));
    let text = ofDatabase.get(shape);
    if (!text) {
      text = build(database, placesFor(values, (all) => all) as Asked);
      ofDatabase.set(shape, text);
    }
    return database.executeQuery(fill(text, values));
  };
}

/**
 * What needs a text of its own: which names there are, also of the columns of rows, and how long lists are.
 * Null where one is too long. The rows of a list have the same columns.
 */
function shapeOf(values: Values): string | null {
  let shape = "";
  for (const name in values) {
    shape += `${name} `;
    const value = values[name];
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value) && value.length > longestList) return null;
    if (Array.isArray(value)) shape += `${value.length} `;
    shape += columnsOf(Array.isArray(value) ? value[0] : value);
  }
  return shape;
}

function columnsOf(row: unknown): string {
  return typeof row === "object" && row !== null ? `${Object.keys(row).join(" ")} ` : "";
}

function placesFor(value: unknown, read: (values: Values) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((each, at) => placesFor(each, (all) => (read(all) as readonly unknown[])[at]));
  }
  if (typeof value !== "object" || value === null) return new Place(read);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      placesFor(each, (all) => (read(all) as Readonly<Record<string, unknown>>)[name]),
    ]),
  );
}

function fill<Found>(text: CompiledQuery<Found>, values: Values): CompiledQuery<Found> {
  const parameters = text.parameters.map((each) =>
    each instanceof Place ? each.read(values) : each,
  );
  return { ...text, parameters };
}
