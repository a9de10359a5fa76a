import { signal, type ReadonlySignal } from "@preact/signals-core";
import * as z from "zod/mini";
import { parseJson } from "#domain/parse-json";
import type { RelayClient } from "#domain/relay-client";
import { makeWellFormed } from "#domain/well-formed";
import type { WorkflowUse } from "#domain/workflow-use";
import type { WorkflowActions, WorkflowDraft, WorkflowsView } from "../workflows-view.ts";
import { Hindrance, reached } from "./action-context.ts";

/** What workflows are worked on with. */
export interface WorkflowParts {
  readonly relay: () => RelayClient | null;
  /** Called when the models may have changed. */
  readonly changed: () => void;
}

/** The team's workflows and what can be done with them; the actions throw what a guard catches. */
export interface Workflows {
  readonly view: ReadonlySignal<WorkflowsView>;
  readonly actions: {
    readonly [Name in keyof WorkflowActions]: (
      ...given: Parameters<WorkflowActions[Name]>
    ) => Promise<void>;
  };
}

type Json = z.core.util.JSONType;

const longestTitle = 80;
/** As much as the relay takes. */
const mostBytes = 1_000_000;

/** Nothing known of any workflow yet. */
export function createWorkflows({ relay, changed }: WorkflowParts): Workflows {
  const view = signal<WorkflowsView>({ list: [], problem: null, draft: null });
  // The workflow itself, which nobody draws.
  let workflow: Json = null;
  const set = (change: Partial<WorkflowsView>) => {
    view.value = { ...view.peek(), ...change };
  };
  const asked = () => reached(relay());
  const readWorkflows = async () => {
    const { workflows, unavailable } = await asked().call("workflows", { body: undefined });
    set({ list: workflows, problem: unavailable });
  };
  const close = () => {
    workflow = null;
    set({ draft: null });
  };
  const refresh = async () => {
    await readWorkflows();
    changed();
  };
  return {
    view,
    actions: {
      readWorkflows,
      openWorkflow: async (file) => {
        const opened = await openDraft(asked(), file);
        workflow = opened.workflow;
        set({ draft: opened.draft });
      },
      changeWorkflow: (change) => {
        const { draft } = view.peek();
        if (draft) set({ draft: { ...draft, ...change } });
        return Promise.resolve();
      },
      keepWorkflow: async () => {
        const { draft } = view.peek();
        if (!draft || draft.isBusy) return;
        set({ draft: { ...draft, isBusy: true } });
        try {
          await asked().call("workflowSave", { body: { id: null, workflow, ...useOf(draft) } });
        } catch (error) {
          set({ draft });
          throw error;
        }
        close();
        await refresh();
      },
      closeWorkflow: () => {
        close();
        return Promise.resolve();
      },
      removeWorkflow: async (id) => {
        await asked().call("workflowRemove", { path: { workflow: id }, body: {} });
        await refresh();
      },
    },
  };
}

/** A file as a draft with everything as the relay proposes it. Throws a Hindrance. */
async function openDraft(
  relay: RelayClient,
  file: File,
): Promise<{ readonly workflow: Json; readonly draft: WorkflowDraft }> {
  if (file.size > mostBytes) throw new Hindrance("A workflow has a megabyte at most.");
  const json = z.json().safeParse(parseJson(await file.text()));
  if (!json.success || json.data === null) {
    throw new Hindrance(`"${file.name}" is not a workflow: it holds no JSON.`);
  }
  const read = await relay.call("workflowRead", { body: { workflow: json.data } });
  const [output] = read.outputs;
  if (!output) throw new Hindrance("This workflow has no node that keeps a result.");
  const title = makeWellFormed(file.name.replace(/\.json$/i, "").slice(0, longestTitle));
  const roles = read.inputs.map((input) => input.roles[0] ?? "fixed");
  return {
    workflow: json.data,
    draft: { title, read, roles, output: output.node, isBusy: false },
  };
}

/** What was chosen; an input that stays as it is need not be told. */
function useOf({ title, read, roles, output }: WorkflowDraft): WorkflowUse {
  const inputs = read.inputs.flatMap(({ node, input, label }, at) => {
    const role = roles[at] ?? "fixed";
    return role === "fixed" ? [] : [{ node, input, label, role }];
  });
  return { title, inputs, output };
}
