/**
 * Whether a new place in line says more than the one told last: the first one, its end (0), one of the
 * last three before the turn, one that is nearer by a quarter, or one at least twice as far. So a wait
 * from place 1,000 on is told about twenty times, however long it takes.
 */
export function isWorthTelling(told: number, position: number): boolean {
  if (position === told) return false;
  if (told === 0 || position === 0 || position >= told * 2) return true;
  return position < told && (position <= 3 || position <= told * 0.75);
}

/** A place in line in words, the next one at 1: "Waiting, 3rd in line". */
export function queueText(position: number): string {
  // The eleventh to the nineteenth of each hundred end as the tenth does.
  const last = Math.floor(position / 10) % 10 === 1 ? 0 : position % 10;
  const ending = ["st", "nd", "rd"][last - 1] ?? "th";
  return `Waiting, ${position === 1 ? "next" : `${position}${ending}`} in line`;
}
