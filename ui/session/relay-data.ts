import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals-core";
import type { Graph } from "#domain/graph";
import type { Model } from "#domain/model";
import { definitionOf } from "#domain/nodes/index";
import type { RelayClient } from "#domain/relay-client";
import type { Time } from "../background/background.ts";
import { FileRuns } from "./file-runs.ts";
import { createKnownVersions, type KnownVersions } from "./known-versions.ts";
import type { RelayLink } from "./relay-link.ts";

/** What the relay knows of the file that is open. */
export interface RelayData {
  readonly models: ReadonlySignal<readonly Model[]>;
  readonly versions: KnownVersions;
  readonly runs: FileRuns;
  /** Asks for the models again. */
  readonly readModels: () => void;
  readonly stop: () => void;
}

/** Reads every model that the relay has. */
async function readInto(models: Signal<readonly Model[]>, relay: RelayClient): Promise<void> {
  models.value = (await relay.call("models", { body: undefined })).models;
}

/** What is watched to know what to ask for. */
export interface RelayDataParts {
  readonly link: RelayLink;
  readonly time: Time;
  readonly file: ReadonlySignal<string | null>;
  readonly graph: ReadonlySignal<Graph | null>;
  /** The one node whose results are all shown; null for none. */
  readonly shownNode: ReadonlySignal<string | null>;
}

/**
 * Keeps models, results and runs in step with the relay and the file. Where the relay is gone what was
 * known stays; when it is back everything is asked for again.
 */
export function createRelayData(parts: RelayDataParts): RelayData {
  const { link, time, file, graph, shownNode } = parts;
  const models = signal<readonly Model[]>([]);
  const versions = createKnownVersions();
  const runs = new FileRuns({
    time,
    hearVersion: versions.add,
    hearChange: () => void link.refresh(),
  });
  // What could not be asked for is asked for again: the link hears of it and connects anew.
  const quietly = (work: Promise<void>) => void work.catch(() => undefined);
  const readModels = (relay: RelayClient | null) => {
    if (relay) quietly(readInto(models, relay));
  };
  const opened = computed(() => {
    const [relay, id] = [link.relay.value, file.value];
    return relay && id !== null ? { relay, file: id } : null;
  });
  const runnable = computed(() => {
    const nodes = graph.value?.nodes ?? [];
    return nodes.filter(({ type }) => definitionOf(type).task !== null).map(({ id }) => id);
  });
  let lastFile: string | null = null;
  const stops = [
    effect(() => readModels(link.relay.value)),
    effect(() => {
      runs.close();
      if (!opened.value) return;
      versions.askAgain();
      if (lastFile !== null && lastFile !== opened.value.file) {
        versions.forget();
        runs.forget();
      }
      lastFile = opened.value.file;
      runs.open(opened.value.relay, lastFile);
    }),
    effect(() => {
      if (!opened.value) return;
      const { relay, file: id } = opened.value;
      quietly(versions.readNewest(relay, id, runnable.value));
    }),
    effect(() => {
      const node = shownNode.value;
      if (!opened.value || node === null || !runnable.value.includes(node)) return;
      quietly(versions.list(opened.value.relay, opened.value.file, node));
    }),
  ];
  return {
    readModels: () => readModels(link.relay.peek()),
    models,
    versions,
    runs,
    stop: () => {
      runs.close();
      for (const stop of stops) stop();
    },
  };
}
