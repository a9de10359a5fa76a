import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { Asset } from "#domain/asset";
import { chooseNodes } from "#domain/choose-nodes";
import { isFree } from "#domain/cost";
import type { Graph } from "#domain/graph";
import { basisOf } from "#domain/plan";
import type { RunTarget } from "#domain/run-target";
import type { Quote, RunSummary } from "#domain/relay";
import { RelayRefusal, type RelayClient } from "#domain/relay-client";
import { ancestorsOf } from "#domain/walk-graph";
import type { PlanView } from "../panel-view.ts";
import type { CanvasPictures } from "./canvas-pictures.ts";
import type { FlowFacts } from "./flow-facts.ts";
import { fillPictures, type LayerPicture } from "./layer-pictures.ts";
import type { Notices } from "./notices.ts";
import { planHere } from "./run-button.ts";
import { viewOfPlan } from "./view-of-plan.ts";
import { without } from "./without.ts";

/** What pressing Run needs. */
export interface PressParts {
  readonly facts: () => FlowFacts | null;
  readonly relay: () => RelayClient | null;
  /** The file's id for the relay; null until it is settled. */
  readonly file: () => string | null;
  readonly pictures: CanvasPictures;
  readonly notices: Notices;
  readonly newId: () => string;
  readonly session: string;
  /** Writes what a person set and nobody wrote yet. */
  readonly keepEdits: () => Promise<void>;
  readonly started: (relay: RelayClient, run: RunSummary) => void;
}

/** A press of Run, from its price to its confirmation. */
interface Press {
  readonly target: RunTarget;
  readonly isAgain: boolean;
  readonly graph: Graph;
  readonly file: string;
  readonly quote: Quote;
  /** The same for every try to start this press, so that it starts once (I1). */
  readonly key: string;
  /** Its price is large and was confirmed once; the next press starts it. */
  readonly isConfirmed: boolean;
}

/** Prices, asks and starts runs, one press at a time. */
export class RunPresser {
  readonly #parts: PressParts;
  readonly #press = signal<Press | null>(null);
  readonly #isBusy = signal(false);
  readonly #problem = signal<string | null>(null);

  constructor(parts: PressParts) {
    this.#parts = parts;
  }

  get isBusy(): ReadonlySignal<boolean> {
    return this.#isBusy;
  }

  /** The sheet to confirm; null where none is open. Read inside of a view. */
  readPlan(): PlanView | null {
    const press = this.#press.value;
    if (!press) return null;
    return viewOfPlan(press.quote, {
      graph: press.graph,
      isConfirmed: press.isConfirmed,
      models: this.#parts.facts()?.models ?? [],
      isBusy: this.#isBusy.value,
      problem: this.#problem.value,
    });
  }

  /** Asks the price of a run; one free node runs at once, everything else asks first. */
  run(target: RunTarget, isAgain: boolean): Promise<void> {
    return this.#alone(async () => {
      this.#parts.notices.unsay(noticeKey);
      const press = await this.#prepare(target, isAgain);
      if (!press) return;
      const { plan, issues } = press.quote;
      const running = plan.steps.filter(({ action }) => action === "run");
      if (issues.length === 0 && running.length === 0) {
        this.#offerAgain(target);
        return;
      }
      this.#press.value = press;
      if (issues.length === 0 && running.length === 1 && isForNothing(press.quote))
        await this.#start(press);
    });
  }

  /** Starts what the open sheet shows; a large price is confirmed a second time first. */
  confirm(): Promise<void> {
    return this.#alone(async () => {
      const press = this.#press.peek();
      if (!press) return;
      if (press.quote.isLarge && !press.isConfirmed) {
        this.#press.value = { ...press, isConfirmed: true };
      } else await this.#start(press);
    });
  }

  /** Closes the sheet; nothing was spent. */
  close(): void {
    this.#press.value = null;
    this.#problem.value = null;
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy.peek()) return;
    this.#isBusy.value = true;
    try {
      await work();
    } finally {
      this.#isBusy.value = false;
    }
  }

  async #prepare(target: RunTarget, isAgain: boolean): Promise<Press | null> {
    const { pictures, notices, newId } = this.#parts;
    await this.#parts.keepEdits();
    const [facts, relay, file] = [this.#parts.facts(), this.#parts.relay(), this.#parts.file()];
    if (!facts || !relay || file === null) {
      notices.warn(noticeKey, "The relay is not ready yet. Wait a moment and press again.");
      return null;
    }
    const [issue] = planHere(facts, { target, isAgain }).issues;
    if (issue) {
      notices.warn(noticeKey, issue.message);
      return null;
    }
    const [problem] = await pictures.bring(relay, picturesFor(facts, target));
    if (problem !== undefined) {
      notices.warn(noticeKey, problem);
      return null;
    }
    const graph = graphToSend(facts, pictures.read.peek());
    const request = { file, graph, target, isAgain };
    const quote = await relay.call("quote", { body: request });
    return { ...request, quote, key: newId(), isConfirmed: false };
  }

  async #start({ quote, key, ...request }: Press): Promise<void> {
    const relay = this.#parts.relay();
    if (!relay) return void (this.#problem.value = "The relay is gone. Try again when it is back.");
    const { session } = this.#parts;
    const body = { ...request, quote: quote.id, session };
    try {
      const run = await relay.call("runStart", { headers: { "idempotency-key": key }, body });
      this.close();
      this.#parts.started(relay, run);
    } catch (error) {
      if (error instanceof RelayRefusal && error.code === "quote-stale") {
        await this.#priceAgain(relay, request);
      } else {
        this.#problem.value = error instanceof RelayRefusal ? error.message : unansweredText;
        throw error;
      }
    }
  }

  async #priceAgain(relay: RelayClient, request: Omit<Press, "quote" | "key">): Promise<void> {
    const quote = await relay.call("quote", { body: request });
    this.#press.value = { ...request, quote, key: this.#parts.newId(), isConfirmed: false };
    this.#problem.value = "The price has changed since it was shown. Look again before you run.";
  }

  #offerAgain(target: RunTarget): void {
    this.#parts.notices.say({
      key: noticeKey,
      kind: "info",
      text: "Nothing changed since the last run, so its results still hold.",
      actions: [{ label: "Run again", act: () => void this.run(target, true) }],
      isDismissable: true,
    });
  }
}

function isForNothing(quote: Quote): boolean {
  return isFree(quote) && basisOf(quote.plan) !== "unknown";
}

const noticeKey = "run";
const unansweredText =
  "The relay did not answer. Press again: a run that started after all is not started twice.";

/** The pictures that a run reads: those of the nodes it points at, and of everything above them. */
function picturesFor({ graph, pictures }: FlowFacts, target: RunTarget): LayerPicture[] {
  const { wanted } = chooseNodes(graph, target);
  const scope = ancestorsOf(graph, wanted);
  return [...pictures].filter(([node]) => scope.has(node)).map(([, picture]) => picture);
}

/** The graph with every picture that was brought; one that was not is left out, and no run reads it. */
function graphToSend({ board, page }: FlowFacts, read: ReadonlyMap<string, Asset>): Graph {
  const { graph, pictures } = fillPictures(board.graph, page, read);
  const nodes = graph.nodes.map((node) => {
    if (pictures.get(node.id)?.asset !== null) return node;
    return { ...node, settings: without(node.settings, "asset") };
  });
  return { ...graph, nodes };
}
