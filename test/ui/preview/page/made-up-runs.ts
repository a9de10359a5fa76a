import type { PlanView, RunView } from "../../../../ui/panel-view.ts";

/** Runs: one that goes on, one that failed in part, one that is complete. */
export const madeUpRuns: readonly RunView[] = [
  {
    id: "run-3",
    outcome: "running",
    outcomeText: "Running · 1 of 4 done",
    startedText: "Just now",
    startedBy: "Ana",
    costText: "8 of 42 credits",
    canCancel: true,
    isStopping: false,
    steps: [
      step("n1", "Headlines", "assistant", "done", "Done", 1, "2 credits"),
      step(
        "node-1",
        "Hero image",
        "image-generator",
        "running",
        "Running · 40 %",
        0.4,
        "6 credits",
      ),
      step("n5", "Voice", "audio-generator", "running", "Running", null, "0 credits"),
      step("n6", "Teaser", "video-generator", "waiting", "Waits for Hero image", null, ""),
    ],
  },
  {
    id: "run-2",
    outcome: "completed with errors",
    outcomeText: "Completed with errors",
    startedText: "Today, 09:12",
    startedBy: "Ben",
    costText: "24 credits",
    canCancel: false,
    isStopping: false,
    steps: [
      step("n1", "Headlines", "assistant", "reused", "Up to date", null, "Free"),
      {
        ...step("n6", "Teaser", "video-generator", "failed", "Failed", null, "0 credits"),
        failure:
          "The provider refused the prompt. Nothing was charged; change the words and run again.",
      },
    ],
  },
  {
    id: "run-1",
    outcome: "completed",
    outcomeText: "Completed",
    startedText: "Yesterday, 17:20",
    startedBy: "Ben",
    costText: "Free",
    canCancel: false,
    isStopping: false,
    steps: [step("node-1", "Hero image", "image-generator", "done", "Done", 1, "Free")],
  },
];

function step(
  node: string,
  title: string,
  type: RunView["steps"][number]["type"],
  state: RunView["steps"][number]["state"],
  stateText: string,
  done: number | null,
  costText: string,
): RunView["steps"][number] {
  return { node, title, type, state, stateText, done, failure: null, costText };
}

/** A plan of three nodes that run and two that are reused. */
export const madeUpPlan: PlanView = {
  notes: [],
  priceText: "at most 184 credits",
  steps: [
    {
      node: "node-1",
      title: "Hero image",
      type: "image-generator",
      action: "run",
      reason: "changed",
      reasonText: "Input changed",
      modelTitle: "FLUX.2 Pro",
      calls: 4,
      priceText: "24 credits",
    },
    {
      node: "n6",
      title: "Teaser",
      type: "video-generator",
      action: "run",
      reason: "upstream-runs",
      reasonText: "Hero image runs",
      modelTitle: "Veo 3.1",
      calls: 1,
      priceText: "160 credits",
    },
    {
      node: "n5",
      title: "Voice",
      type: "audio-generator",
      action: "run",
      reason: "first-run",
      reasonText: "First run",
      modelTitle: "Local draft",
      calls: 1,
      priceText: "free",
    },
    {
      node: "n1",
      title: "Headlines",
      type: "assistant",
      action: "reuse",
      reason: "up-to-date",
      reasonText: "Up to date",
      modelTitle: "Claude",
      calls: 0,
      priceText: "",
    },
    {
      node: "n4",
      title: "Upscaled",
      type: "image-upscaler",
      action: "reuse",
      reason: "locked",
      reasonText: "Locked",
      modelTitle: "",
      calls: 0,
      priceText: "",
    },
  ],
  totalText: "at most 184 credits",
  balanceText: "1056 credits left after",
  timeText: "About 2 minutes",
  problems: [],
  isBusy: false,
  confirmText: "Run",
  canConfirm: true,
};
