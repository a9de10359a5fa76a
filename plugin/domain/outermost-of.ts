/** The instance, or table, that an id such as "I1:2;3:4" is inside of; the id itself for any other. */
export function outermostOf(id: string): string {
  return /^[IT]([^;]+);/.exec(id)?.[1] ?? id;
}
