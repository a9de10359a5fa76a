import type { BackgroundParts } from "../background/background.ts";
import type { PanelModel } from "../panel-actions.ts";
import type { ActionContext } from "./action-context.ts";
import { createPanelActions } from "./panel-actions.ts";
import { createPanelSizer } from "./panel-sizer.ts";
import { createPanelView } from "./panel-view.ts";
import { RunPresser } from "./press-run.ts";
import type { SessionParts } from "./session-parts.ts";
import { createSessionState, type SessionState } from "./session-state.ts";
import { runStartCommand } from "./start-command.ts";
import { setAsset } from "./node-actions.ts";
import { createStock } from "./stock.ts";
import { createWorkflows } from "./workflows.ts";

/** An open panel. */
export interface Session {
  readonly model: PanelModel;
  /** Keeps what was being set, before the panel goes. */
  readonly keepEdits: () => Promise<void>;
  readonly stop: () => void;
}

/** The size of a panel of which nothing was remembered (look.md). */
const usualSize = { width: 340, height: 640 };

/**
 * Opens the panel's session: reads the canvas, finds the relay, and keeps the one state of the panel
 * in step with both. Nothing in it throws; trouble becomes a notice.
 */
export function openSession(parts: SessionParts): Session {
  const state = createSessionState(parts);
  const { canvas, link, notices, data } = state;
  const keepEdits = () => canvas.edits.flush();
  const context = contextOf(parts, state);
  const presser = new RunPresser({
    ...context,
    pictures: state.pictures,
    file: () => state.background.peek()?.file.peek() ?? null,
    keepEdits,
    started: (relay, run) => {
      const connection = link.connection.peek();
      const isOwn = connection.kind === "paired" && connection.member === run.startedBy;
      const isKnown = data.runs.runs.peek().some(({ summary }) => summary.id === run.id);
      if (!isOwn || isKnown) notices.say(alreadyStarted(isOwn ? null : run.startedBy));
      data.runs.add(relay, run);
    },
  });
  const sizer = createPanelSizer(parts.channel, () => state.hello.peek()?.panel ?? usualSize);
  const workflows = createWorkflows({ relay: context.relay, changed: data.readModels });
  const stock = createStock({
    relay: context.relay,
    address: () => link.address,
    lookUp: state.thumbnails.lookUp,
    setAsset: (node, setting, asset) => setAsset(context, node, setting, asset),
  });
  const actions = createPanelActions({
    ...{ context, link, presser, sizer },
    workflows: workflows.actions,
    stock: stock.actions,
  });
  const view = createPanelView(state, { presser, workflows, stock }, parts);
  const later: (() => void)[] = [];
  let isStopped = false;
  const start = async () => {
    const hello = await parts.channel.ask("hello", {});
    state.hello.value = hello;
    canvas.startWith(hello.selection);
    await canvas.reader.read();
    if (isStopped) return;
    state.background.value = parts.startBackground(backgroundParts(parts, state));
    later.push(runStartCommand(state, context, actions));
  };
  const warn = (error: unknown) => {
    const why = error instanceof Error ? error.message : "";
    notices.warn("canvas", `The panel could not start. ${why}`.trim());
  };
  // A relay that is slow to answer holds up nothing on the canvas.
  start().catch(warn);
  link.start().catch(warn);
  return {
    model: { view, actions },
    keepEdits,
    stop: () => {
      isStopped = true;
      for (const stop of later) stop();
      state.stop();
    },
  };
}

function contextOf(parts: SessionParts, state: SessionState): ActionContext {
  return {
    channel: parts.channel,
    editor: () => state.hello.peek()?.editor ?? "figma",
    edits: state.canvas.edits,
    notices: state.notices,
    page: parts.page,
    versions: state.data.versions,
    newId: parts.newId,
    session: state.id,
    facts: () => state.facts.peek(),
    selection: () => state.canvas.selection.peek(),
    relay: () => state.link.relay.peek(),
    background: () => state.background.peek(),
  };
}

function backgroundParts(parts: SessionParts, state: SessionState): BackgroundParts {
  const { canvas, data, link, notices } = state;
  const hello = state.hello.peek();
  if (!hello) throw new Error("The background starts after hello.");
  return {
    channel: parts.channel,
    hello,
    page: canvas.page,
    board: canvas.board,
    relay: link.relay,
    models: data.models,
    statuses: state.statuses,
    versions: data.versions.newest,
    isReadOnly: canvas.isReadOnly,
    markReadOnly: canvas.markReadOnly,
    linkTo: (path) => link.address + path,
    session: state.id,
    newId: parts.newId,
    time: parts.time,
    say: notices.say,
    unsay: notices.unsay,
  };
}

function alreadyStarted(member: string | null) {
  const who = member === null ? "This run was started" : `${member} has started this run`;
  const text = `${who} already, so you follow the same one.`;
  return { key: "run", kind: "info", text, actions: [], isDismissable: true } as const;
}
