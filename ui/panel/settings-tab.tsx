import { Button } from "./controls/button.tsx";
import type { ConnectionView, PanelView } from "../panel-view.ts";
import { usePanel } from "./panel-context.ts";
import { Section } from "./controls/section.tsx";
import { WorkflowSection } from "./workflows/workflow-section.tsx";

interface SettingsTabProps {
  readonly connection: Extract<ConnectionView, { kind: "paired" | "lost" }>;
  readonly settings: PanelView["settings"];
  readonly workflows: PanelView["workflows"];
}

/** The relay, the member and the credits, and what this plugin and file are. */
export function SettingsTab({ connection, settings, workflows }: SettingsTabProps) {
  const { actions } = usePanel();
  const { fileName, version, editor } = settings;
  return (
    <div class="scroll">
      <Section title="Relay">
        <dl class="facts">
          <Fact name="Address" value={connection.address} />
          {connection.kind === "paired" ? (
            <>
              <Fact name="Member" value={connection.member} />
              <Fact name="Credits" value={connection.balance.toLocaleString("en")} />
              {connection.held > 0 && (
                <Fact name="Held for runs" value={connection.held.toLocaleString("en")} />
              )}
            </>
          ) : (
            <Fact name="State" value="No answer" />
          )}
        </dl>
        <Button secondary onClick={() => actions.openConsole()}>
          Keys, spending and members…
        </Button>
        <Button secondary onClick={() => actions.unpair()}>
          Disconnect from this relay
        </Button>
      </Section>
      {connection.kind === "paired" && <WorkflowSection {...workflows} />}
      <Section title="This file">
        <dl class="facts">
          <Fact name="Name" value={fileName} />
          <Fact name="Editor" value={editor === "figjam" ? "FigJam" : "Figma Design"} />
          <Fact name="Plugin version" value={version} />
        </dl>
      </Section>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">{value}</dd>
    </>
  );
}
