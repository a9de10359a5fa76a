import type { NodeView } from "../../node-view.ts";
import type { RunView } from "../../panel-view.ts";
import { ActionBar } from "./action-bar.tsx";
import { ActiveRun } from "../run/active-run.tsx";
import { ModelPicker } from "./model-picker.tsx";
import { NodeTitle } from "./node-title.tsx";
import { PlacementChoice } from "./placement-choice.tsx";

import { References } from "./references.tsx";
import { RunBar } from "../run/run-bar.tsx";
import { Section } from "../controls/section.tsx";
import { SettingField } from "./setting-field.tsx";
import { TextField } from "./text-field.tsx";
import { Versions } from "./versions.tsx";

interface NodeFormProps {
  readonly node: NodeView;
  readonly activeRun: RunView | null;
}

/** Everything about one node, and its run button pinned to the bottom. */
export function NodeForm({ node, activeRun }: NodeFormProps) {
  const { run, failure } = node;
  return (
    <>
      <div class="scroll">
        <NodeTitle node={node} />
        <ActionBar node={node} />
        {failure !== null && (
          <div class="failure" role="alert">
            <p dir="auto">{failure.text}</p>
            <p class="quiet">{failure.costText}</p>
          </div>
        )}
        <References node={node} />
        {(node.prompt !== null || node.models.length > 0 || node.fields.length > 0) && (
          <Section title="Settings">
            {node.prompt !== null && <TextField node={node.id} field={node.prompt} rows={4} />}
            {node.models.length > 0 && <ModelPicker node={node.id} models={node.models} />}
            {node.fields.map((field) => (
              <SettingField key={field.name} node={node} field={field} />
            ))}
            {node.placement !== null && (
              <PlacementChoice node={node.id} placement={node.placement} />
            )}
          </Section>
        )}
        <Versions versions={node.versions} isLoading={node.isLoadingVersions} />
        {run === null && <Problems problems={node.problems} />}
      </div>
      {node.activeRun !== null && (
        <ActiveRun id={node.activeRun} status={node.status} run={activeRun} />
      )}
      {run !== null && node.activeRun === null && (
        <RunBar run={run} problems={node.problems} canRunAgain={node.versions.length > 0} />
      )}
    </>
  );
}

function Problems({ problems }: { readonly problems: readonly string[] }) {
  return problems.map((problem) => (
    <p key={problem} class="problem padded" dir="auto">
      {problem}
    </p>
  ));
}
