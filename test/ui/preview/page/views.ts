import type { ConnectionView, PanelView, PlanView } from "../../../../ui/panel-view.ts";
import { longText, longWord, markup, rightToLeft } from "./hostile-words.ts";
import { withWords } from "./hostile-view.ts";
import { imageNode, prompt } from "./made-up-node.ts";
import { madeUpPlan, madeUpRuns } from "./made-up-runs.ts";
import { layers, line, nothing, oneNode, several, suggestions } from "./made-up-selections.ts";
import { everyControl } from "./made-up-settings.ts";
import { otherVersions } from "./made-up-versions.ts";
import {
  stockEmpty,
  stockFields,
  stockFound,
  stockOpened,
  stockWithoutKey,
} from "./made-up-stock.ts";
import { madeUpWorkflows, workflowDraft } from "./made-up-workflows.ts";

const address = "http://localhost:4517";
const steps = [
  "Open the address of the relay in a tab of your browser.",
  "Allow it to reach this computer when the browser asks.",
  "Come back and press Connect again.",
];
const unpaired: ConnectionView = {
  kind: "unpaired",
  address,
  problem: null,
  steps: [],
  isBusy: false,
};
const gone = "The relay does not answer. It may have been stopped; start it and try again.";
const base: PanelView = {
  connection: { kind: "paired", address, member: "Ana Ruiz", balance: 1240, held: 42 },
  notices: [],
  isReadOnly: false,
  node: oneNode,
  plan: null,
  stock: null,
  runs: madeUpRuns,
  workflows: madeUpWorkflows,
  settings: { fileName: "Harbour campaign", version: "0.1.0", editor: "figma" },
};

function node(changes: Partial<typeof imageNode>): PanelView {
  return { ...base, node: { kind: "node", node: { ...imageNode, ...changes } } };
}

const empty = {
  ...imageNode,
  versions: [],
  references: [],
  status: { kind: "not-ready", text: "Not ready", done: null } as const,
  prompt: { ...prompt, value: "" },
  problems: ["Describe the image you want to generate, or connect an image."],
  run: {
    ...imageNode.run!,
    problem: "Describe the image you want to generate, or connect an image.",
  },
};
/** A plan that is paid in dollars. */
const moneyPlan: PlanView = {
  ...madeUpPlan,
  steps: madeUpPlan.steps.map((step, at) => ({
    ...step,
    priceText: step.priceText === "" ? "" : ["about $0.0336", "$0.48", "$0.0064"][at % 3]!,
  })),
  totalText: "at most about $0.52",
  priceText: "at most about $0.52",
  balanceText: null,
  notes: ["Dollars are paid on the team's own provider accounts."],
};
const textNode = {
  ...imageNode,
  type: "text",
  typeTitle: "Text",
  title: "Tone of voice",
  status: { kind: "done", text: "Done", done: null },
  models: [],
  fields: [],
  references: [],
  connectable: [],
  versions: [],
  placement: null,
  run: null,
} as const;

/** Every state that the panel can be in, made up, by a name for it. */
export const views = {
  "workflow-draft": { ...base, workflows: workflowDraft },
  starting: { ...base, connection: { kind: "starting" } },
  unpaired: { ...base, connection: unpaired },
  "unpaired-problem": {
    ...base,
    connection: {
      ...unpaired,
      problem: "This browser keeps the panel from the relay on this computer.",
      steps,
    },
  },
  "unpaired-busy": { ...base, connection: { ...unpaired, isBusy: true } },
  lost: { ...base, connection: { kind: "lost", address, problem: gone, steps: steps.slice(0, 2) } },
  notices: {
    ...base,
    notices: [
      {
        key: "copied",
        kind: "info",
        text: "This file was copied. Its nodes start without results.",
        actions: [],
        isDismissable: true,
      },
      {
        key: "failed",
        kind: "error",
        text: "Two results could not be placed, since their layers are locked. They are kept.",
        actions: [
          { label: "Place again", act: () => document.body.setAttribute("data-acted", "place") },
          { label: "Show the layers", act: () => undefined },
        ],
        isDismissable: false,
      },
    ],
  },
  "nothing-new": { ...base, node: nothing, runs: [] },
  nothing: { ...base, node: { ...nothing, nodeCount: 7, suggestions } },
  layers: { ...base, node: layers },
  line: { ...base, node: line },
  "line-suggestion": {
    ...base,
    node: {
      ...line,
      toTitle: null,
      ports: [],
      port: null,
      isSuggestion: true,
      problem: "This arrow ends 64 px away from the nearest node. Drag its end onto the node.",
    },
  },
  several: { ...base, node: several },
  node: base,
  "node-empty": node(empty),
  "node-running": node({
    status: { kind: "running", text: "Running · 40 %", done: 0.4 },
    activeRun: "run-3",
  }),
  "node-waiting": node({
    status: { kind: "queued", text: "Waiting, 3rd in line", done: null },
    activeRun: "run-3",
  }),
  "node-failed": node({
    status: { kind: "failed", text: "Failed", done: null },
    failure: {
      text: "FLUX.2 Pro took longer than 3 minutes and was stopped. Try again, or choose a faster model.",
      costText: "Your 24 credits were returned.",
    },
    run: { ...imageNode.run!, label: "Try again" },
  }),
  "node-settings": node({ references: [], prompt: null, fields: everyControl, versions: [] }),
  "node-results": node({
    status: { kind: "done", text: "Done", done: 1 },
    fields: [],
    versions: otherVersions,
    isLoadingVersions: true,
  }),
  "node-text": node(textNode),
  "node-busy": node({ run: { ...imageNode.run!, isBusy: true } }),
  "read-only": { ...base, isReadOnly: true },
  plan: { ...base, plan: madeUpPlan },
  "plan-refused": {
    ...base,
    plan: {
      ...madeUpPlan,
      balanceText: "-144 credits",
      problems: [
        "You have 40 credits; this run may need 184. Run fewer nodes, or ask for credits.",
      ],
      canConfirm: false,
    },
  },
  "plan-again": {
    ...base,
    plan: {
      ...madeUpPlan,
      problems: ["This is a large price. Press again to agree to it."],
      confirmText: "Agree and run",
    },
  },
  "plan-money": { ...base, plan: moneyPlan },
  "plan-unknown": {
    ...base,
    plan: {
      ...moneyPlan,
      totalText: "at most about $0.52 + price not known",
      priceText: "price not known",
      notes: [
        ...moneyPlan.notes,
        "Nobody knows what Kling 2.1 will cost before it runs. Until then it counts as nothing against the caps.",
      ],
      problems: ["The whole price is not known. Press again to agree to it all the same."],
      confirmText: "Agree and run",
      steps: moneyPlan.steps.map((step, at) =>
        at === 1 ? { ...step, priceText: "price not known" } : step,
      ),
    },
  },
  "node-money": node({
    status: { kind: "failed", text: "Failed", done: null },
    failure: {
      text: "FLUX.2 Pro sent something that is no picture. FLUX.2 Pro may have billed your own account for it.",
      costText: "What it cost is not known.",
    },
    models: imageNode.models.map((model, at) => ({
      ...model,
      priceText: ["about $0.0336", "at most $0.20", "price not known"][at % 3]!,
    })),
    versions: otherVersions.map((version, at) => ({
      ...version,
      priceText: ["$0.04", "about $0.0336", "price not known"][at % 3]!,
    })),
    run: { ...imageNode.run!, priceText: "about $0.0336" },
  }),
  stock: { ...base, stock: stockFound },
  "stock-opened": { ...base, stock: stockOpened },
  "stock-searching": { ...base, stock: { ...stockOpened, query: "a red apple", isBusy: true } },
  "stock-taking": { ...base, stock: { ...stockFound, isBusy: true, taking: "p2" } },
  "stock-empty": { ...base, stock: stockEmpty },
  "stock-keyless": { ...base, stock: stockWithoutKey },
  "stock-failed": {
    ...base,
    stock: { ...stockFound, problem: "Pexels takes no more requests for now. Try again later." },
  },
  "node-stock": node({
    references: [],
    prompt: null,
    fields: stockFields,
    models: [],
    versions: [],
  }),
  "hostile-stock": withWords({ ...base, stock: stockFound }, longWord),
  "runs-empty": { ...base, runs: [] },
  hostile: withWords({ ...base, plan: null }, markup),
  "hostile-settings": withWords(node({ fields: everyControl, versions: otherVersions }), longWord),
  "hostile-nothing": withWords({ ...base, node: { ...nothing, suggestions } }, longWord),
  "hostile-plan": withWords({ ...base, plan: madeUpPlan }, rightToLeft),
  "hostile-long": withWords({ ...base, node: oneNode }, longText),
} as const satisfies Record<string, PanelView>;

/** The name of a made-up state. */
export type ViewName = keyof typeof views;
