/** The allowed values of a number setting: from `min` in steps of `step` up to `max`. */
export interface Steps {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** How many decimals a value on a step has; more are rounding noise. */
export function stepDecimals({ min, step }: Pick<Steps, "min" | "step">): number {
  return Math.max(decimals(min), decimals(step));
}

/** The allowed value nearest to `value`. */
export function toStep(value: number, steps: Steps): number {
  const { min, max, step } = steps;
  const last = Math.floor((max - min) / step + 1e-6);
  const count = Math.min(Math.max(Math.round((value - min) / step), 0), last);
  // Rounding the noise away must not lead past the end.
  return Math.min(Number((min + count * step).toFixed(stepDecimals(steps))), max);
}

function decimals(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  const behindPoint = digits.split(".")[1]?.length ?? 0;
  return Math.min(Math.max(behindPoint - Number(exponent), 0), 12);
}
