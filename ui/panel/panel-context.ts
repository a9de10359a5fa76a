import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PanelActions } from "../panel-actions.ts";

/** What every part of the panel may use: what can be done, and whether the file may be changed. */
export interface PanelSurroundings {
  readonly actions: PanelActions;
  readonly isReadOnly: boolean;
}

/** Hands {@link PanelSurroundings} to every part below. */
export const PanelContext = createContext<PanelSurroundings | null>(null);

/** The surroundings of this part; throws outside of a panel. */
export function usePanel(): PanelSurroundings {
  const surroundings = useContext(PanelContext);
  if (surroundings === null) throw new Error("This part is drawn outside of a panel.");
  return surroundings;
}
