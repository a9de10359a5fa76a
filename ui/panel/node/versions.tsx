import { Icon } from "../controls/icon.tsx";
import { useState } from "preact/hooks";
import type { VersionView } from "../../node-view.ts";
import { ResultTile } from "./result-tile.tsx";
import { Facts } from "../controls/facts.tsx";
import { Section } from "../controls/section.tsx";

interface VersionsProps {
  readonly versions: readonly VersionView[];
  readonly isLoading: boolean;
}

const shownAtOnce = 20;

/** The kept results of a node, newest first. */
export function Versions({ versions, isLoading }: VersionsProps) {
  const [shown, setShown] = useState(shownAtOnce);
  if (versions.length === 0 && !isLoading) return null;
  const more = versions.length - shown;
  const aside = isLoading && (
    <span role="status" aria-label="Versions are being fetched">
      <Icon name="busy" />
    </span>
  );
  return (
    <Section title="Versions" aside={aside}>
      <ol class="versions">
        {versions.slice(0, shown).map((version) => (
          <Version key={version.id} version={version} />
        ))}
      </ol>
      {more > 0 && (
        <button type="button" class="link" onClick={() => setShown(shown + shownAtOnce)}>
          Show {Math.min(more, shownAtOnce)} older
        </button>
      )}
    </Section>
  );
}

function Version({ version }: { readonly version: VersionView }) {
  const { atText, member, modelTitle, priceText, prompt, seed, notes } = version;
  const facts = [member, modelTitle, priceText, seed === null ? "" : `seed ${seed}`];
  return (
    <li class="version" aria-current={version.isCurrent ? "true" : undefined}>
      <p class="version-head">
        <span class="strong">{atText}</span>
        {version.isCurrent && <span class="badge">Current</span>}
        <span class="quiet">
          <Facts facts={facts} />
        </span>
      </p>
      <div class="results">
        {version.results.map((result) => (
          <ResultTile key={result.index} version={version} result={result} />
        ))}
      </div>
      {prompt !== null && prompt !== "" && (
        <details class="prompt">
          <summary>Prompt</summary>
          <p dir="auto">{prompt}</p>
        </details>
      )}
      {notes.map((note) => (
        <p key={note} class="quiet" dir="auto">
          {note}
        </p>
      ))}
    </li>
  );
}
