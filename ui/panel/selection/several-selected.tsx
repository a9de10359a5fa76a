import type { NodeTabView } from "../../panel-view.ts";
import { usePanel } from "../panel-context.ts";
import { RunBar } from "../run/run-bar.tsx";
import { Section } from "../controls/section.tsx";
import { TypeGlyph } from "../controls/type-glyph.tsx";

type Several = Extract<NodeTabView, { kind: "several" }>;

const shownNodes = 100;

/** Several selected nodes: what they are, and running them together. */
export function SeveralSelected({ view }: { readonly view: Several }) {
  const { actions } = usePanel();
  const more = view.nodes.length - shownNodes;
  return (
    <>
      <div class="scroll">
        <Section title={`${view.nodes.length} nodes selected`}>
          <ul class="list">
            {view.nodes.slice(0, shownNodes).map(({ id, title, type, typeTitle }) => (
              <li key={id} class="list-row">
                <TypeGlyph type={type} />
                <button
                  type="button"
                  class="words plain"
                  title="Show on the canvas"
                  onClick={() => actions.show([id])}
                >
                  <span class="cut" dir="auto">
                    {title}
                  </span>
                  <span class="quiet cut">{typeTitle}</span>
                </button>
              </li>
            ))}
          </ul>
          {more > 0 && <p class="quiet">and {more} more.</p>}
        </Section>
      </div>
      <RunBar run={view.run} problems={[]} canRunAgain={false} />
    </>
  );
}
