/** A table's cells, row by row, as Markdown, its first row the heading; null without any text. */
export function tableText(rows: readonly (readonly string[])[]): string | null {
  const lines = rows.map((row) => row.map(escapeCell));
  const [heading, ...body] = lines;
  if (!heading || lines.every((row) => row.every((cell) => cell === ""))) return null;
  const format = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  return [format(heading), format(heading.map(() => "---")), ...body.map(format)].join("\n");
}

function escapeCell(text: string): string {
  return text
    .replace(/\|/g, "\\|")
    .replace(/\s*\n\s*/g, " ")
    .trim();
}
