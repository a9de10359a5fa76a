/** A plain colour as a fill, from six hex digits. */
export function fill(hex: string): unknown {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return {
    type: "SOLID",
    visible: true,
    opacity: 1,
    blendMode: "NORMAL",
    color: { r: part(0), g: part(2), b: part(4) },
    boundVariables: {},
  };
}
