import type { NodeTabView } from "../../panel-view.ts";
import { Choice } from "./choice.tsx";
import { usePanel } from "../panel-context.ts";
import { Section } from "../controls/section.tsx";
import { Suggestions } from "./suggestions.tsx";

type Layers = Extract<NodeTabView, { kind: "layers" }>;

const shownNames = 3;

/** What the selected layers can be used as. */
export function LayersSelected({ view }: { readonly view: Layers }) {
  const { actions, isReadOnly } = usePanel();
  const names = view.names.slice(0, shownNames);
  const more = view.names.length - names.length;
  const fits = view.uses.filter(({ reason }) => reason === null);
  return (
    <div class="scroll">
      <div class="lead">
        <ul class="names" aria-label="Selected layers">
          {names.map((name, index) => (
            <li key={index} class="strong cut" dir="auto">
              {name}
            </li>
          ))}
        </ul>
        <p class="quiet">
          {more > 0 && `and ${more} more. `}
          {view.names.length === 1 ? "This layer is" : "These layers are"} not part of a flow yet.
        </p>
      </div>
      <Suggestions suggestions={view.suggestions} />
      <Section title="Use selection as…">
        {fits.length === 0 && <p class="quiet">No type of node takes what is selected.</p>}
        <ul class="list">
          {view.uses.map(({ type, title, reason }) => (
            <li key={type}>
              <Choice
                type={type}
                title={title}
                description={reason ?? ""}
                isDisabled={isReadOnly || reason !== null}
                choose={() => actions.useSelectionAs(type)}
              />
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
