import { render as renderPanel } from "@create-figma-plugin/ui";
import { signal } from "@preact/signals-core";
import { render } from "preact";
import type { PanelActions } from "../../../../ui/panel-actions.ts";
import type { PanelView } from "../../../../ui/panel-view.ts";
import { Panel } from "../../../../ui/panel/panel.tsx";
import { type ViewName, views } from "./views.ts";

/** Every action that was called, with its arguments. */
const calls: unknown[][] = [];
const actions = new Proxy({} as PanelActions, {
  get:
    (_, name) =>
    (...given: unknown[]) =>
      void calls.push([name, ...given]),
});
const view = signal<PanelView>(views.node);

function show(name: string): void {
  const [state = "", theme = "light"] = name.split("/");
  for (const element of [document.documentElement, document.body]) {
    element.classList.toggle("figma-light", theme !== "dark");
    element.classList.toggle("figma-dark", theme === "dark");
  }
  const root = document.getElementById("create-figma-plugin");
  if (root === null) throw new Error("The page has no root.");
  render(null, root);
  if (Object.hasOwn(views, state)) {
    view.value = views[state as ViewName];
    renderPanel(Panel)(root, { model: { view, actions } });
  } else render(<Contents />, root);
}

/** Links to every state in both themes, for a person who opens the page. */
function Contents() {
  return (
    <ul>
      {Object.keys(views).map((name) => (
        <li key={name}>
          <a href={`#${name}`}>{name}</a> <a href={`#${name}/dark`}>dark</a>
        </li>
      ))}
    </ul>
  );
}

Object.assign(globalThis, {
  preview: {
    calls,
    names: Object.keys(views),
    plan: views.plan.plan,
    show,
    change: (changes: Partial<PanelView>) => void (view.value = { ...view.value, ...changes }),
    changeNode: (changes: object) => {
      const tab = view.value.node;
      if (tab.kind !== "node") return;
      view.value = { ...view.value, node: { kind: "node", node: { ...tab.node, ...changes } } };
    },
  },
});
addEventListener("hashchange", () => show(location.hash.slice(1)));
show(location.hash.slice(1));
