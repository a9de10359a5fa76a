import { useEffect, useState } from "preact/hooks";
import { browserTime } from "../../browser-time.ts";
import { Button } from "../../panel/controls/button.tsx";
import { useConsole } from "../console-context.ts";
import { Problem } from "../parts/problem.tsx";
import { useAsked } from "../use-asked.ts";
import { RunRow } from "./run-row.tsx";

/** So often the list is asked for again while the page is looked at. */
const refreshMs = 10_000;

/** The newest runs of the team; the one that is opened tells what its nodes did. */
export function RunsPage() {
  const { relay } = useConsole();
  const { value, problem, again } = useAsked(
    async () => (await relay.command("allRuns", { body: undefined })).runs,
    [relay],
  );
  const [opened, setOpened] = useState<string | null>(null);
  useEffect(() => {
    let stop = (): void => undefined;
    const wait = (): void => {
      stop = browserTime.wait(refreshMs, () => {
        if (document.visibilityState === "visible") again();
        wait();
      });
    };
    wait();
    return () => stop();
  }, [again]);
  // The newest run stands open until another one is chosen.
  const open = opened ?? value?.[0]?.id ?? null;
  return (
    <>
      <div class="page-tools">
        <p class="page-lead grow">
          The newest fifty runs of the team: what each node waited for, what it made and what it
          cost.
        </p>
        <Button secondary onClick={again}>
          Refresh
        </Button>
      </div>
      <Problem sentence={problem} again={again} />
      {value?.length === 0 ? (
        <NoRuns />
      ) : (
        <ul class="card rows" aria-busy={value === null}>
          {value?.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              isOpen={run.id === open}
              toggle={() => setOpened(run.id === open ? "" : run.id)}
              changed={again}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function NoRuns() {
  return (
    <section class="card empty">
      <h2>No runs yet</h2>
      <p class="quiet">
        Open the plugin in Figma, or the playground by the address that the relay prints, add a node
        and press Run. The local models need no key; those of a provider open with its{" "}
        <a href="#keys">key</a>.
      </p>
    </section>
  );
}
