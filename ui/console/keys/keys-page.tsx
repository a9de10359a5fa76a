import { useConsole } from "../console-context.ts";
import { Problem } from "../parts/problem.tsx";
import { useAsked } from "../use-asked.ts";
import { askCounts, askKeys } from "./ask-keys.ts";
import { KeyRow } from "./key-row.tsx";

/** Every provider that takes a key: whether it has one, and what can be done about it. */
export function KeysPage() {
  const { relay } = useConsole();
  const keys = useAsked(() => askKeys(relay), [relay]);
  const models = useAsked(() => askCounts(relay), [relay]);
  const change = (): void => {
    keys.again();
    models.again();
  };
  const held = keys.value?.filter(({ from }) => from !== null).length ?? 0;
  return (
    <>
      <p class="page-lead">
        A key opens a provider’s models, which bill your own account there, or a stock library’s
        pictures. It is sealed on this relay and never shown again, not even to you.
        {keys.value !== null && held === 0 && (
          <strong> No key yet: until then the local models run, which cost nothing.</strong>
        )}
      </p>
      <Problem sentence={keys.problem} again={keys.again} />
      <ul class="card rows" aria-busy={keys.value === null}>
        {keys.value?.map((shown) => (
          <KeyRow
            key={shown.provider}
            shown={shown}
            models={models.value === null ? null : (models.value.get(shown.provider) ?? 0)}
            changed={change}
          />
        ))}
      </ul>
    </>
  );
}
