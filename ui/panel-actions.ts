import type { ReadonlySignal } from "@preact/signals-core";
import type { NodeType } from "#domain/nodes/index";
import type { RunTarget } from "#domain/run-target";
import type { NodeAction } from "./node-view.ts";
import type { PanelView } from "./panel-view.ts";
import type { StockActions } from "./stock-view.ts";
import type { WorkflowActions } from "./workflows-view.ts";

/** Everything that a person can do in the panel. None throws; trouble comes back as a notice. */
export interface PanelActions extends WorkflowActions, StockActions {
  pair(address: string, code: string): void;
  unpair(): void;
  /** Opens the relay's own page: keys, spending, runs, members. */
  openConsole(): void;
  retry(): void;
  dismiss(notice: string): void;
  addNode(type: NodeType, after: string | null): void;
  addTemplate(template: string): void;
  useSelectionAs(type: NodeType): void;
  /** Takes a suggestion, or all of them at once. */
  accept(layers: readonly string[]): void;
  rename(node: string, title: string): void;
  setModel(node: string, model: string): void;
  setSetting(node: string, name: string, value: unknown): void;
  setPlacement(node: string, mode: "stack" | "replace"): void;
  /** Gives an Upload or Media node a file from this machine. */
  setFile(node: string, setting: string, file: File): void;
  act(node: string, action: Exclude<NodeAction, "add-next">): void;
  connect(from: string, to: string): void;
  disconnect(node: string, connection: string): void;
  moveReference(node: string, connection: string, by: -1 | 1): void;
  choosePort(connection: string, port: string): void;
  turnLine(layer: string): void;
  removeLine(layer: string): void;
  /** Asks the price; runs at once when one node runs and it is free, else the plan sheet opens. */
  run(target: RunTarget, isAgain: boolean): void;
  confirmPlan(): void;
  closePlan(): void;
  cancelRun(run: string): void;
  placeAgain(version: string, index: number): void;
  download(version: string, index: number): void;
  show(layers: readonly string[]): void;
  resizeBy(width: number, height: number): void;
}

/** What the panel is drawn from: its state and what can be done. */
export interface PanelModel {
  readonly view: ReadonlySignal<PanelView>;
  readonly actions: PanelActions;
}
