import { checkPrograms } from "../chaos/check-programs.ts";

const programs = 20_000;

/** Ten times the programs that the tests run. Throws the first invariant that does not hold. */
export async function benchChaos(): Promise<{ lines: readonly string[]; data: unknown }> {
  const checked = await checkPrograms(programs);
  if (checked.broken !== null) throw new Error(checked.broken);
  const perSecond = Math.round(checked.programs / checked.seconds);
  const held = `every invariant held in ${checked.programs} programs`;
  return { lines: [`chaos: ${held}, ${perSecond} a second`], data: { ...checked, perSecond } };
}
