/**
 * Rows as CSV (RFC 4180): lines end in CR LF, and a cell with a comma, a quote or a line break is quoted.
 * A cell that a spreadsheet would take for a formula begins with an apostrophe
 * (owasp.org/www-community/attacks/CSV_Injection).
 */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(text: string): string {
  const guarded = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
}
