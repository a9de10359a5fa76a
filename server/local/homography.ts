/**
 * A map between two planes as seen by a camera: nine numbers, row by row. A point (x, y) goes to
 * (X / Z, Y / Z) with X = m0 x + m1 y + m2, Y = m3 x + m4 y + m5, Z = m6 x + m7 y + m8; a point with
 * Z of 0 or less lies behind the camera.
 */
export type Homography = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** A point of a plane. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a point goes, or null when it lies behind the camera. */
export function projectPoint(map: Homography, { x, y }: Point): Point | null {
  const depth = map[6] * x + map[7] * y + map[8];
  if (depth <= 1e-9) return null;
  return {
    x: (map[0] * x + map[1] * y + map[2]) / depth,
    y: (map[3] * x + map[4] * y + map[5]) / depth,
  };
}

/**
 * The map back. Its depth has the sign of the depth of the map itself, so points that were behind the
 * camera stay so. Throws for a map that flattens the plane.
 */
export function invertHomography(map: Homography): Homography {
  const [a, b, c, d, e, f, g, h, i] = map;
  const first = e * i - f * h;
  const second = f * g - d * i;
  const third = d * h - e * g;
  const determinant = a * first + b * second + c * third;
  if (Math.abs(determinant) < 1e-12) throw new RangeError("The map flattens the plane.");
  const by = (value: number) => value / determinant;
  return [
    by(first),
    by(c * h - b * i),
    by(b * f - c * e),
    by(second),
    by(a * i - c * g),
    by(c * d - a * f),
    by(third),
    by(b * g - a * h),
    by(a * e - b * d),
  ];
}

/** How a camera looks at a picture that stands as a card in space. */
export interface CardView {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly horizontalDegrees: number;
  readonly verticalDegrees: number;
  /** How much larger than life the card is shown; 1 shows it from the front as it is. */
  readonly magnification: number;
}

/** The angle of view of the camera across the longer side of the card. */
const viewDegrees = 50;

/**
 * The map from the card's pixels to the pixels of a view of the same size. The camera goes round the
 * middle of the card at a distance at which the card fills the view from the front; a positive
 * horizontal angle moves it to the right, a positive vertical angle upwards, and it keeps looking at
 * the middle. Pixel centres lie at whole numbers.
 */
export function homographyOfCard(view: CardView): Homography {
  const { widthPx, heightPx, magnification } = view;
  const turn = radians(view.horizontalDegrees);
  const rise = radians(view.verticalDegrees);
  const distance = Math.max(widthPx, heightPx) / 2 / Math.tan(radians(viewDegrees) / 2);
  // The camera's own axes in the space of the card: x to the right, y down, z away from the viewer.
  const right = [Math.cos(turn), 0, Math.sin(turn)] as const;
  const ahead = [
    -Math.sin(turn) * Math.cos(rise),
    Math.sin(rise),
    Math.cos(turn) * Math.cos(rise),
  ] as const;
  const down = [
    ahead[1] * right[2] - ahead[2] * right[1],
    ahead[2] * right[0] - ahead[0] * right[2],
    ahead[0] * right[1] - ahead[1] * right[0],
  ] as const;
  const focal = distance * magnification;
  const middleX = (widthPx - 1) / 2;
  const middleY = (heightPx - 1) / 2;
  // Columns: the card's x axis, its y axis, its middle; then the card's origin moves to its corner.
  const column = (axis: 0 | 1) => {
    const depth = ahead[axis];
    return [
      focal * right[axis] + middleX * depth,
      focal * down[axis] + middleY * depth,
      depth,
    ] as const;
  };
  const [x, y] = [column(0), column(1)];
  const centre = [middleX * distance, middleY * distance, distance] as const;
  const moved = (row: 0 | 1 | 2) => centre[row] - middleX * x[row] - middleY * y[row];
  const scaled = (value: number) => value / distance;
  return [
    scaled(x[0]),
    scaled(y[0]),
    scaled(moved(0)),
    scaled(x[1]),
    scaled(y[1]),
    scaled(moved(1)),
    scaled(x[2]),
    scaled(y[2]),
    scaled(moved(2)),
  ];
}

/** Whether the card covers the whole view: each corner of the view looks at a point of the card. */
export function isCovered(view: CardView): boolean {
  const back = invertHomography(homographyOfCard(view));
  const { widthPx, heightPx } = view;
  const tolerance = 1e-6;
  return [0, widthPx - 1].every((x) =>
    [0, heightPx - 1].every((y) => {
      const point = projectPoint(back, { x, y });
      if (!point) return false;
      const isInside = (at: number, size: number) => at >= -tolerance && at <= size - 1 + tolerance;
      return isInside(point.x, widthPx) && isInside(point.y, heightPx);
    }),
  );
}

/** The least magnification at which no empty corner shows, found by bisection. */
export function fitMagnification(view: Omit<CardView, "magnification">): number {
  if (isCovered({ ...view, magnification: 1 })) return 1;
  let tooLittle = 1;
  let enough = 2;
  while (!isCovered({ ...view, magnification: enough })) {
    tooLittle = enough;
    enough *= 2;
    if (enough > 1024) throw new RangeError("The card cannot cover this view.");
  }
  for (let step = 0; step < 40; step++) {
    const middle = (tooLittle + enough) / 2;
    if (isCovered({ ...view, magnification: middle })) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
