import "!./style-sheets.css";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { PanelModel } from "../panel-actions.ts";
import type { PanelView } from "../panel-view.ts";
import { Announcer } from "./announcer.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import { LostNotice } from "./connection/lost-notice.tsx";
import { NodeTab } from "./node-tab.tsx";
import { Notices } from "./notices.tsx";
import { PairingForm } from "./connection/pairing-form.tsx";
import { PanelContext } from "./panel-context.ts";
import { PlanSheet } from "./run/plan-sheet.tsx";
import { ResizeHandle } from "./resize-handle.tsx";
import { RunsTab } from "./run/runs-tab.tsx";
import { SettingsTab } from "./settings-tab.tsx";
import { StockSheet } from "./stock/stock-sheet.tsx";
import { Starting } from "./connection/starting.tsx";
import { TabRow, type TabName, tabPanelProps } from "./tab-row.tsx";

/**
 * The whole panel, drawn from the one state of its model. It counts on the style sheet that comes
 * with create-figma-plugin's `render`.
 */
export function Panel({ model }: { readonly model: PanelModel }) {
  const [view, setView] = useState(() => model.view.peek());
  useLayoutEffect(() => model.view.subscribe(setView), [model]);
  const surroundings = { actions: model.actions, isReadOnly: view.isReadOnly };
  return (
    <PanelContext.Provider value={surroundings}>
      <div class="panel">
        <ErrorBoundary>
          <Body view={view} />
          {view.plan !== null && <PlanSheet plan={view.plan} />}
          {view.stock !== null && <StockSheet stock={view.stock} />}
        </ErrorBoundary>
        <Announcer view={view} />
        <ResizeHandle />
      </div>
    </PanelContext.Provider>
  );
}

function Body({ view }: { readonly view: PanelView }) {
  const [tab, setTab] = useState<TabName>("node");
  const { connection } = view;
  const notices = <Notices notices={view.notices} />;
  if (connection.kind === "starting" || connection.kind === "unpaired") {
    return (
      <>
        {notices}
        {connection.kind === "starting" ? <Starting /> : <PairingForm connection={connection} />}
      </>
    );
  }
  const runningCount = view.runs.filter((run) => run.outcome === "running").length;
  return (
    <>
      <TabRow chosen={tab} show={setTab} runningCount={runningCount} />
      {notices}
      {connection.kind === "lost" && <LostNotice connection={connection} />}
      {view.isReadOnly && (
        <p class="read-only">
          You can look at this file, not change it. Ask for edit access to run nodes.
        </p>
      )}
      <TabPanel name="node" chosen={tab}>
        <NodeTab view={view.node} runs={view.runs} />
      </TabPanel>
      <TabPanel name="runs" chosen={tab}>
        <RunsTab runs={view.runs} />
      </TabPanel>
      <TabPanel name="settings" chosen={tab}>
        <SettingsTab connection={connection} settings={view.settings} workflows={view.workflows} />
      </TabPanel>
    </>
  );
}

interface TabPanelProps {
  readonly name: TabName;
  readonly chosen: TabName;
  readonly children: ComponentChildren;
}

function TabPanel({ name, chosen, children }: TabPanelProps) {
  if (name !== chosen) return null;
  return (
    <div class="tab-panel" {...tabPanelProps(name)}>
      <ErrorBoundary key={name}>{children}</ErrorBoundary>
    </div>
  );
}
