import { useState } from "preact/hooks";
import type { NodeTabView } from "../../panel-view.ts";
import { Choice } from "./choice.tsx";
import { usePanel } from "../panel-context.ts";
import { RunAll } from "./run-all.tsx";
import { Section } from "../controls/section.tsx";
import { Suggestions } from "./suggestions.tsx";

type Nothing = Extract<NodeTabView, { kind: "nothing" }>;

/** Shows how to start: templates, the types of node, and using what is already there. */
export function NothingSelected({ view }: { readonly view: Nothing }) {
  return (
    <>
      <div class="scroll">
        {view.nodeCount === 0 ? (
          <p class="lead">
            A flow is made of nodes that feed each other. Start from a template, add a node, or
            select a layer on the canvas to use it as one.
          </p>
        ) : (
          <p class="lead">
            Select a node to set it up and run it. There {counted(view.nodeCount)} on this page.
          </p>
        )}
        <Suggestions suggestions={view.suggestions} />
        <Templates templates={view.templates} />
        <AddNode nodeTypes={view.nodeTypes} />
      </div>
      {view.nodeCount > 0 && <RunAll />}
    </>
  );
}

function counted(count: number): string {
  return count === 1 ? "is 1 node" : `are ${count} nodes`;
}

function Templates({ templates }: Pick<Nothing, "templates">) {
  const { actions, isReadOnly } = usePanel();
  if (templates.length === 0) return null;
  return (
    <Section title="Templates">
      <ul class="list">
        {templates.map(({ id, title, description }) => (
          <li key={id}>
            <Choice
              title={title}
              description={description}
              isDisabled={isReadOnly}
              choose={() => actions.addTemplate(id)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AddNode({ nodeTypes }: Pick<Nothing, "nodeTypes">) {
  const { actions, isReadOnly } = usePanel();
  const [sought, setSought] = useState("");
  const words = sought.trim().toLocaleLowerCase();
  const found = nodeTypes.filter(({ title, description }) =>
    `${title} ${description}`.toLocaleLowerCase().includes(words),
  );
  return (
    <Section title="Add node">
      <input
        class="text-input"
        type="search"
        placeholder="Search types of node"
        aria-label="Search types of node"
        value={sought}
        onInput={(event) => setSought(event.currentTarget.value)}
      />
      <ul class="list" aria-label="Types of node">
        {found.map(({ type, title, description }) => (
          <li key={type}>
            <Choice
              type={type}
              title={title}
              description={description}
              isDisabled={isReadOnly}
              choose={() => actions.addNode(type, null)}
            />
          </li>
        ))}
      </ul>
      <p class="quiet" role="status">
        {found.length === 0 && "No type of node has these words. Try “image”, “video” or “text”."}
      </p>
    </Section>
  );
}
