/** Rows of one statement: both databases take many more values than theirs (https://sqlite.org/limits.html). */
const rowsAtOnce = 500;

/** Rows in parts, each of which one statement takes. */
export function* inParts<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield rows.slice(at, at + rowsAtOnce);
}
