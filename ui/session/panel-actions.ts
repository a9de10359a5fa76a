import { ChannelError } from "#domain/channel";
import type { PanelActions } from "../panel-actions.ts";
import { Hindrance, relayOf, type ActionContext } from "./action-context.ts";
import * as build from "./build-actions.ts";
import * as connections from "./connection-actions.ts";
import * as nodes from "./node-actions.ts";
import type { PanelSizer } from "./panel-sizer.ts";
import type { RunPresser } from "./press-run.ts";
import type { RelayLink } from "./relay-link.ts";
import { sentenceFor, troubleOf } from "./relay-trouble.ts";
import { saveResults } from "./save-result.ts";
import type { Stock } from "./stock.ts";
import type { Workflows } from "./workflows.ts";

/** What the actions work with. */
export interface ActionParts {
  readonly context: ActionContext;
  readonly link: RelayLink;
  readonly presser: RunPresser;
  readonly sizer: PanelSizer;
  readonly workflows: Workflows["actions"];
  readonly stock: Stock["actions"];
}

/** Everything that a person can do. Whatever goes wrong is told in a notice. */
export function createPanelActions(parts: ActionParts): PanelActions {
  const { context, link, presser, sizer, workflows, stock } = parts;
  const guard = createGuard(parts);
  const doing =
    <Given extends unknown[]>(
      work: (context: ActionContext, ...given: Given) => Promise<unknown>,
    ) =>
    (...given: Given) =>
      guard(() => work(context, ...given));
  return {
    pair: (address, code) => guard(() => link.pair(address, code)),
    unpair: () => guard(() => link.unpair()),
    openConsole: () =>
      guard(() => context.channel.ask("openLink", { url: `${link.address}/console` })),
    retry: () => guard(() => link.retry()),
    dismiss: (notice) => context.notices.unsay(notice),
    addNode: doing(build.addNode),
    addTemplate: doing(build.addTemplate),
    useSelectionAs: doing(build.useSelectionAs),
    accept: doing(build.accept),
    rename: doing(nodes.rename),
    setModel: doing(nodes.setModel),
    setSetting: doing(nodes.setSetting),
    setPlacement: doing(nodes.setPlacement),
    setFile: doing(nodes.setFile),
    act: doing(nodes.act),
    connect: doing(build.connect),
    disconnect: (_, connection) => guard(() => connections.disconnect(context, connection)),
    moveReference: (_, connection, by) =>
      guard(() => connections.moveReference(context, connection, by)),
    choosePort: doing(connections.choosePort),
    turnLine: doing(connections.turnLine),
    removeLine: doing(connections.removeLine),
    run: (target, isAgain) => guard(() => presser.run(target, isAgain)),
    confirmPlan: () => guard(() => presser.confirm()),
    closePlan: () => presser.close(),
    cancelRun: doing(cancelRun),
    placeAgain: doing(placeAgain),
    download: doing(download),
    show: (layers) => guard(() => context.channel.ask("show", { layers: [...layers] })),
    resizeBy: (width, height) => guard(() => sizer.resizeBy(width, height)),
    readWorkflows: () => guard(() => workflows.readWorkflows()),
    openWorkflow: (file) => guard(() => workflows.openWorkflow(file)),
    changeWorkflow: (change) => guard(() => workflows.changeWorkflow(change)),
    keepWorkflow: () => guard(() => workflows.keepWorkflow()),
    closeWorkflow: () => guard(() => workflows.closeWorkflow()),
    openStock: (node, setting) => guard(() => stock.openStock(node, setting)),
    chooseLibrary: (library) => guard(() => stock.chooseLibrary(library)),
    searchStock: (query) => guard(() => stock.searchStock(query)),
    moreStock: () => guard(() => stock.moreStock()),
    takeStock: (id) => guard(() => stock.takeStock(id)),
    closeStock: () => guard(() => stock.closeStock()),
    removeWorkflow: (id) => guard(() => workflows.removeWorkflow(id)),
  };
}

/** The one place where what an action throws is caught. */
function createGuard({ context, link }: ActionParts): (work: () => Promise<unknown>) => void {
  const tell = (error: unknown) => {
    if (error instanceof Hindrance || error instanceof ChannelError) {
      context.notices.warn("action", error.message);
      return;
    }
    // A relay that is gone has a place of its own in the panel.
    const trouble = troubleOf(error);
    if (trouble !== "refused" && link.relay.peek() === null) return;
    context.notices.warn("action", sentenceFor(error, link.address));
  };
  return (work) => {
    context.notices.unsay("action");
    // An action may also throw before its first await.
    void Promise.resolve().then(work).catch(tell);
  };
}

async function cancelRun(context: ActionContext, run: string): Promise<void> {
  const { relay } = relayOf(context);
  await relay.call("runCancel", { path: { run }, body: {} });
}

async function placeAgain(context: ActionContext, version: string, index: number): Promise<void> {
  const { relay, file } = relayOf(context);
  const { session } = context;
  await relay.call("placeAgain", { body: { file, version, index, session } });
  context.background()?.placeSoon();
}

async function download(context: ActionContext, id: string, index: number): Promise<void> {
  const { lists, newest } = context.versions;
  const known = [...[...lists.peek().values()].flat(), ...newest.peek().values()];
  const version = known.find((each) => each.id === id);
  if (!version) throw new Hindrance("This version is not known any more. Select its node again.");
  const node = context.facts()?.graph.nodes.find((each) => each.id === version.node);
  await saveResults(context, version, node?.title ?? "Result", index);
}
