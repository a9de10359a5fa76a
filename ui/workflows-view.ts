import type { ReadWorkflow, SavedWorkflow, WorkflowRole } from "#domain/workflow";

/** A workflow while a person chooses what of it is shown and filled. */
export interface WorkflowDraft {
  readonly title: string;
  /** What the relay read in it. */
  readonly read: ReadWorkflow;
  /** What each input is for, in the order in which they were read. */
  readonly roles: readonly WorkflowRole[];
  readonly output: string;
  readonly isBusy: boolean;
}

/** The team's ComfyUI workflows, as the Settings tab shows them. */
export interface WorkflowsView {
  readonly list: readonly SavedWorkflow[];
  /** Why none can run now; null where one can. */
  readonly problem: string | null;
  readonly draft: WorkflowDraft | null;
}

/** What a person can do with workflows. Trouble comes back as a notice. */
export interface WorkflowActions {
  /** Asks the relay which there are. */
  readWorkflows(): void;
  /** Opens a file of ComfyUI's Export (API). */
  openWorkflow(file: File): void;
  changeWorkflow(change: Partial<Pick<WorkflowDraft, "title" | "roles" | "output">>): void;
  keepWorkflow(): void;
  closeWorkflow(): void;
  removeWorkflow(id: string): void;
}
