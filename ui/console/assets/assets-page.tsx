import { formatCost } from "#domain/cost";
import type { Version } from "#domain/version";
import { browserTime } from "../../browser-time.ts";
import { formatMoment } from "../../session/words.ts";
import { useConsole } from "../console-context.ts";
import { Problem } from "../parts/problem.tsx";
import { Result } from "../parts/result.tsx";
import { useAsked } from "../use-asked.ts";

/** What the newest runs made, the newest first. */
export function AssetsPage() {
  const { relay } = useConsole();
  const { value, problem, again } = useAsked(
    async () => (await relay.command("allResults", { body: undefined })).versions,
    [relay],
  );
  return (
    <>
      <p class="page-lead">
        What the newest runs of the team made. Every result is kept, whatever becomes of it on the
        canvas.
      </p>
      <Problem sentence={problem} again={again} />
      {value?.length === 0 && (
        <section class="card empty">
          <h2>Nothing was made yet</h2>
          <p class="quiet">When a run ends, its pictures, texts, videos and sounds stand here.</p>
        </section>
      )}
      <ul class="gallery" aria-busy={value === null}>
        {value?.map((version) => (
          <Made key={version.id} version={version} />
        ))}
      </ul>
    </>
  );
}

/** A node's result: its first item, and how it came about. */
function Made({ version }: { readonly version: Version }) {
  const { items, prompts, model, member, atMs, priceBasis } = version;
  const [first] = items;
  const prompt = prompts.find((each) => each.trim() !== "") ?? "";
  const more = items.length > 1 ? `, ${items.length} results` : "";
  return (
    <li class="made">
      <div class="made-result">
        {first !== undefined && <Result item={first} title={prompt === "" ? model : prompt} />}
      </div>
      <p class="cut" title={prompt}>
        {prompt === "" ? `${model}${more}` : prompt}
      </p>
      {prompt !== "" && <p class="quiet cut">{`${model}${more}`}</p>}
      <p class="quiet cut">
        {`${formatMoment(atMs, browserTime.nowMs())}, ${member}, ${formatCost(version, priceBasis)}`}
      </p>
    </li>
  );
}
