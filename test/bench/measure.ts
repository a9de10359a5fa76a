/** What a piece of work took: wall time and this process's CPU, in milliseconds. */
export interface Measured {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Runs the work once and measures it. */
export async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wallMs = performance.now() - start;
  const used = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (used.user + used.system) / 1_000 };
}

/** The middle one of the values; of an even number of them the upper one. */
export function medianOf(values: readonly number[]): number {
  const inOrder = [...values].sort((one, other) => one - other);
  return inOrder[Math.floor(inOrder.length / 2)] ?? Number.NaN;
}

/** Measures the work several times and gives the measurement of the median wall time. */
export async function measureMedian(
  times: number,
  work: (round: number) => Promise<unknown>,
): Promise<Measured> {
  const all: Measured[] = [];
  for (let round = 0; round < times; round += 1) all.push(await measure(() => work(round)));
  all.sort((one, other) => one.wallMs - other.wallMs);
  return all[Math.floor(all.length / 2)]!;
}

/** Lines of a table with aligned columns; the first row is the heading. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = rows.map((row) => row.map(String));
  const widths = cells[0]!.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  return cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join("  ")
      .trimEnd(),
  );
}
