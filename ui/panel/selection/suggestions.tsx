import { Button } from "../controls/button.tsx";
import type { SuggestionView } from "../../panel-view.ts";
import { Facts } from "../controls/facts.tsx";
import { Icon } from "../controls/icon.tsx";
import { usePanel } from "../panel-context.ts";
import { Section } from "../controls/section.tsx";
import { TypeGlyph } from "../controls/type-glyph.tsx";

/** What was recognised on the canvas and waits for a yes. */
export function Suggestions({ suggestions }: { readonly suggestions: readonly SuggestionView[] }) {
  const { actions, isReadOnly } = usePanel();
  if (suggestions.length === 0) return null;
  const acceptAll = suggestions.length > 1 && (
    <button
      type="button"
      class="link"
      disabled={isReadOnly}
      onClick={() => actions.accept(suggestions.map(({ layer }) => layer))}
    >
      Accept all {suggestions.length}
    </button>
  );
  return (
    <Section title="Suggestions" aside={acceptAll}>
      <ul class="list">
        {suggestions.map((suggestion) => (
          <li key={suggestion.layer} class="list-row">
            {suggestion.type === "connection" ? (
              <span class="glyph" data-gives="any">
                <Icon name="link" />
              </span>
            ) : (
              <TypeGlyph type={suggestion.type} />
            )}
            <button
              type="button"
              class="words plain"
              title="Show on the canvas"
              onClick={() => actions.show([suggestion.layer])}
            >
              <span class="cut" dir="auto">
                {suggestion.name}
              </span>
              <span class="quiet two-lines">
                <Facts facts={[suggestion.typeTitle, suggestion.reason]} />
              </span>
            </button>
            <Button
              secondary
              disabled={isReadOnly}
              aria-label={`Accept ${suggestion.name}`}
              onClick={() => actions.accept([suggestion.layer])}
            >
              Accept
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
