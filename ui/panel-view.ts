import type { NodeType } from "#domain/nodes/index";
import type { StepReason } from "#domain/plan";
import type { Outcome } from "#domain/run";
import type { NodeView, RunButtonView } from "./node-view.ts";
import type { StockView } from "./stock-view.ts";
import type { WorkflowsView } from "./workflows-view.ts";

/** How the panel stands with the relay. `problem`: one sentence with what to do next. */
export type ConnectionView =
  | { readonly kind: "starting" }
  | {
      readonly kind: "unpaired";
      readonly address: string;
      readonly problem: string | null;
      /** The steps to take where a browser keeps the panel from this machine's relay. */
      readonly steps: readonly string[];
      readonly isBusy: boolean;
    }
  | {
      readonly kind: "paired";
      readonly address: string;
      readonly member: string;
      readonly balance: number;
      readonly held: number;
    }
  | {
      readonly kind: "lost";
      readonly address: string;
      readonly problem: string;
      readonly steps: readonly string[];
    };

/** A sentence across the top of the panel, with at most two things to do about it. */
export interface NoticeView {
  readonly key: string;
  readonly kind: "info" | "warning" | "error";
  readonly text: string;
  readonly actions: readonly { readonly label: string; readonly act: () => void }[];
  readonly isDismissable: boolean;
}

/** A layer that is not a node yet, and what it could be. */
export interface SuggestionView {
  readonly layer: string;
  readonly name: string;
  readonly type: NodeType | "connection";
  readonly typeTitle: string;
  readonly reason: string;
}

/** What the Node tab shows. */
export type NodeTabView =
  | {
      readonly kind: "nothing";
      readonly nodeTypes: readonly {
        readonly type: NodeType;
        readonly title: string;
        readonly description: string;
      }[];
      readonly templates: readonly {
        readonly id: string;
        readonly title: string;
        readonly description: string;
      }[];
      readonly suggestions: readonly SuggestionView[];
      readonly nodeCount: number;
    }
  | {
      readonly kind: "layers";
      readonly names: readonly string[];
      /** What the selected layers can be used as. */
      readonly uses: readonly {
        readonly type: NodeType;
        readonly title: string;
        readonly reason: string | null;
      }[];
      readonly suggestions: readonly SuggestionView[];
    }
  | {
      readonly kind: "line";
      readonly layer: string;
      readonly fromTitle: string | null;
      readonly toTitle: string | null;
      readonly port: string | null;
      readonly ports: readonly { readonly port: string; readonly label: string }[];
      readonly problem: string | null;
      readonly isSuggestion: boolean;
      readonly canTurn: boolean;
    }
  | {
      readonly kind: "several";
      readonly nodes: readonly {
        readonly id: string;
        readonly title: string;
        readonly typeTitle: string;
        readonly type: NodeType;
      }[];
      readonly run: RunButtonView;
    }
  | { readonly kind: "node"; readonly node: NodeView };

/** One line of the plan sheet. */
export interface PlanStepView {
  readonly node: string;
  readonly title: string;
  readonly type: NodeType;
  readonly action: "run" | "reuse";
  readonly reason: StepReason;
  readonly reasonText: string;
  readonly modelTitle: string;
  readonly calls: number;
  readonly priceText: string;
}

/** The sheet that is confirmed before several nodes run, or before a price above zero. */
export interface PlanView {
  readonly steps: readonly PlanStepView[];
  readonly totalText: string;
  /** The same on the button, where it has to be short. */
  readonly priceText: string;
  /** Null where nothing is paid from the team's credits. */
  readonly balanceText: string | null;
  readonly timeText: string;
  /** Sentences about the price that stand against nothing. */
  readonly notes: readonly string[];
  readonly problems: readonly string[];
  /** The button's word; another one for the second step of a large price. */
  readonly confirmText: string;
  readonly isBusy: boolean;
  readonly canConfirm: boolean;
}

/** One node of a run in the Runs tab. */
export interface RunStepView {
  readonly node: string;
  readonly title: string;
  readonly type: NodeType;
  readonly state: "waiting" | "running" | "done" | "failed" | "skipped" | "reused";
  readonly stateText: string;
  readonly done: number | null;
  readonly failure: string | null;
  readonly costText: string;
}

/** A run in the Runs tab, newest first. */
export interface RunView {
  readonly id: string;
  readonly outcome: Outcome;
  readonly outcomeText: string;
  readonly startedText: string;
  readonly startedBy: string;
  readonly costText: string;
  readonly canCancel: boolean;
  readonly isStopping: boolean;
  readonly steps: readonly RunStepView[];
}

/** The one state that the panel draws. Everything in it is ready to be shown. */
export interface PanelView {
  readonly connection: ConnectionView;
  readonly notices: readonly NoticeView[];
  readonly isReadOnly: boolean;
  readonly node: NodeTabView;
  readonly plan: PlanView | null;
  /** The sheet of stock pictures; null while it is closed. */
  readonly stock: StockView | null;
  readonly runs: readonly RunView[];
  readonly workflows: WorkflowsView;
  readonly settings: {
    readonly fileName: string;
    readonly version: string;
    readonly editor: "figma" | "figjam";
  };
}
