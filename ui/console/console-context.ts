import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageRelay } from "./relay-of-page.ts";

/** What every part of the console may use. */
export interface ConsoleSurroundings {
  readonly relay: PageRelay;
  /** What went wrong, in a sentence; where the token is not taken any more, the page signs out. */
  readonly tell: (error: unknown) => string;
}

/** Hands {@link ConsoleSurroundings} to every part below. */
export const ConsoleContext = createContext<ConsoleSurroundings | null>(null);

/** The surroundings of this part; throws outside of a console. */
export function useConsole(): ConsoleSurroundings {
  const surroundings = useContext(ConsoleContext);
  if (surroundings === null) throw new Error("This part is drawn outside of a console.");
  return surroundings;
}
