import { useRef } from "preact/hooks";
import { focusChild, rove } from "./controls/rove.ts";

const tabs = [
  { name: "node", label: "Node" },
  { name: "runs", label: "Runs" },
  { name: "settings", label: "Settings" },
] as const;

/** The name of a tab. */
export type TabName = (typeof tabs)[number]["name"];

interface TabRowProps {
  readonly chosen: TabName;
  /** How many runs go on; shown beside "Runs". */
  readonly runningCount: number;
  readonly show: (name: TabName) => void;
}

/** The row of tabs: one tab stop, arrows change the tab. */
export function TabRow({ chosen, runningCount, show }: TabRowProps) {
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const index = tabs.findIndex(({ name }) => name === chosen);
    const next = rove(event.key, index, tabs.length);
    const tab = next === null ? undefined : tabs[next];
    if (next === null || tab === undefined) return;
    event.preventDefault();
    show(tab.name);
    focusChild(row.current, next);
  };
  return (
    <div ref={row} class="tab-row" role="tablist" aria-label="Parts of the panel" onKeyDown={move}>
      {tabs.map(({ name, label }) => (
        <button
          key={name}
          type="button"
          class="tab"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === chosen}
          aria-controls={name === chosen ? `panel-${name}` : undefined}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => show(name)}
        >
          {label}
          {name === "runs" && runningCount > 0 && (
            <span class="count" aria-label={`${runningCount} going on`}>
              {runningCount}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** What ties the content of a tab to its tab. */
export function tabPanelProps(name: TabName) {
  return { id: `panel-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}` } as const;
}
