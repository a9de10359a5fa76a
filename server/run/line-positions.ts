/** A call in a line, as its position is told. */
export interface Standing {
  /** The position told last, 0 where none is. */
  told: number;
  toldAtMs: number;
  readonly tell: (position: number) => void;
}

/** A position is told this often at most; of somebody who has just come, sooner. */
const tellMs = { first: 250, next: 2_000 } as const;

/** Tells the calls of a line where they stand, seldom enough that a long line costs little. */
export class LinePositions {
  #workedOutAtMs = Number.NEGATIVE_INFINITY;
  #hasMoved = false;

  /** Notes that positions may have changed. */
  move(): void {
    this.#hasMoved = true;
  }

  /** In how long they are to be worked out; Infinity while there is nothing to tell. */
  dueInMs(waiting: Iterable<Standing>, nowMs: number): number {
    const standings = [...waiting];
    if (standings.length === 0) return Infinity;
    const isNewHere = standings.some(({ told }) => told === 0);
    if (!isNewHere && !this.#hasMoved) return Infinity;
    // Whichever way the clock was set, they are not put off for long.
    const sinceMs = Math.abs(nowMs - this.#workedOutAtMs);
    return Math.max(0, (isNewHere ? tellMs.first : tellMs.next) - sinceMs);
  }

  /** Tells whose position is another one than was told, unless that was a moment ago. */
  tellAll(
    waiting: Iterable<readonly [string, Standing]>,
    positions: ReadonlyMap<string, number>,
    nowMs: number,
  ): void {
    this.#workedOutAtMs = nowMs;
    this.#hasMoved = false;
    for (const [id, standing] of waiting) {
      const position = positions.get(id);
      if (position === undefined || position === standing.told) continue;
      if (standing.told === 0 || Math.abs(nowMs - standing.toldAtMs) >= tellMs.next) {
        standing.toldAtMs = nowMs;
        tellPosition(standing, position);
      } else {
        this.#hasMoved = true;
      }
    }
  }
}

/** Tells a call its position, 0 once it waits no more, unless it knows. */
export function tellPosition(standing: Standing, position: number): void {
  if (standing.told === position) return;
  standing.told = position;
  standing.tell(position);
}
