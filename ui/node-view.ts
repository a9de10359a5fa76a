import type { CardStatus } from "#domain/card";
import type { Item } from "#domain/item";
import type { NodeType } from "#domain/nodes/index";
import type { Param } from "#domain/param";
import type { RunTarget } from "#domain/run-target";

/** A picture to show: an address that the panel's page may load, made from bytes that were fetched. */
export interface Thumbnail {
  readonly url: string;
  readonly alt: string;
}

/** Something that feeds the node, in its order. `connection`: what to disconnect or move. */
export interface ReferenceView {
  readonly connection: string;
  readonly number: number;
  readonly node: string;
  readonly title: string;
  readonly type: NodeType;
  readonly port: string;
  readonly portLabel: string;
  /** Other inputs that this connection could enter. */
  readonly otherPorts: readonly { readonly port: string; readonly label: string }[];
  readonly thumbnail: Thumbnail | null;
  readonly text: string | null;
  readonly kind: "connector" | "drawn" | "invisible";
}

/** A model of the picker. `unfit`: why it cannot be used here, null where it can. */
export interface ModelChoice {
  readonly id: string;
  readonly title: string;
  readonly provider: string;
  readonly description: string;
  readonly priceText: string;
  readonly unfit: string | null;
  readonly isChosen: boolean;
}

/** A setting as the form shows it. `problem`: the sentence of its issue. */
export interface FieldView {
  readonly name: string;
  readonly param: Param;
  readonly value: unknown;
  readonly problem: string | null;
}

/** One result of a version, shown small; `onCanvas` names the layer that holds it, where one does. */
export interface ResultView {
  readonly index: number;
  readonly item: Item;
  readonly thumbnail: Thumbnail | null;
  readonly onCanvas: string | null;
}

/** A kept result of the node. */
export interface VersionView {
  readonly id: string;
  readonly atText: string;
  readonly member: string;
  readonly modelTitle: string;
  readonly priceText: string;
  readonly prompt: string | null;
  readonly seed: number | null;
  readonly notes: readonly string[];
  readonly isCurrent: boolean;
  readonly results: readonly ResultView[];
}

/** The run button: what pressing it does, what it costs, and why it is grey. */
export interface RunButtonView {
  readonly label: string;
  readonly priceText: string | null;
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly modes: readonly {
    readonly target: RunTarget;
    readonly label: string;
    readonly problem: string | null;
  }[];
}

/** Things that can be done to the node besides running it; only those that apply are listed. */
export type NodeAction =
  | "duplicate"
  | "download"
  | "reset"
  | "replace"
  | "lock"
  | "unlock"
  | "delete"
  | "show"
  | "add-next";

/** Everything that the Node tab shows of one node. */
export interface NodeView {
  readonly id: string;
  readonly type: NodeType;
  readonly typeTitle: string;
  readonly title: string;
  readonly isLocked: boolean;
  readonly status: CardStatus;
  readonly actions: readonly NodeAction[];
  readonly references: readonly ReferenceView[];
  readonly prompt: FieldView | null;
  readonly models: readonly ModelChoice[];
  readonly fields: readonly FieldView[];
  /** Sentences of what stands against a run. */
  readonly problems: readonly string[];
  readonly failure: { readonly text: string; readonly costText: string } | null;
  /** "stack" adds results, "replace" gives the node's layer the newest; null where nothing is placed. */
  readonly placement: "stack" | "replace" | null;
  readonly versions: readonly VersionView[];
  readonly isLoadingVersions: boolean;
  readonly run: RunButtonView | null;
  /** The run that makes the node, until the node's own turn in it is over. */
  readonly activeRun: string | null;
  /** Nodes that this one could feed or be fed by, for connecting from the panel. */
  readonly connectable: readonly { readonly node: string; readonly title: string }[];
  /** Types of node that could follow, for "Add next". */
  readonly nextTypes: readonly { readonly type: NodeType; readonly title: string }[];
}
