import { batch, signal, type ReadonlySignal } from "@preact/signals-core";
import type { RelayClient } from "#domain/relay-client";
import type { Version } from "#domain/version";

/** The kept results of a file's nodes, as far as they were asked for or came with runs. */
export interface KnownVersions {
  /** The newest result of each node that has one. */
  readonly newest: ReadonlySignal<ReadonlyMap<string, Version>>;
  /** All results of the nodes that were listed, newest first. */
  readonly lists: ReadonlySignal<ReadonlyMap<string, readonly Version[]>>;
  /** Asks for the newest results of nodes that were not asked for yet. Rejects as requests do. */
  readonly readNewest: (
    relay: RelayClient,
    file: string,
    nodes: readonly string[],
  ) => Promise<void>;
  /** Asks for all results of a node. Rejects as requests do. */
  readonly list: (relay: RelayClient, file: string, node: string) => Promise<void>;
  /** A result that a run tells of. */
  readonly add: (version: Version) => void;
  /** The relay may know more by now: everything is asked for again. */
  readonly askAgain: () => void;
  /** Forgets the results of another file. */
  readonly forget: () => void;
}

/** Kept results, none known at first. */
export function createKnownVersions(): KnownVersions {
  const newest = signal<ReadonlyMap<string, Version>>(new Map());
  const lists = signal<ReadonlyMap<string, readonly Version[]>>(new Map());
  const asked = new Set<string>();
  const noteNewest = (versions: readonly Version[]) => {
    const known = new Map(newest.peek());
    for (const version of versions) {
      const before = known.get(version.node);
      if (!before || before.atMs <= version.atMs) known.set(version.node, version);
    }
    newest.value = known;
  };
  /** What came while a list was fetched stays in it. */
  const note = (node: string, versions: readonly Version[]) => {
    const ids = new Set(versions.map(({ id }) => id));
    const others = (lists.peek().get(node) ?? []).filter(({ id }) => !ids.has(id));
    const sorted = [...versions, ...others].sort((one, other) => other.atMs - one.atMs);
    batch(() => {
      lists.value = new Map(lists.peek()).set(node, sorted);
      noteNewest(sorted.slice(0, 1));
    });
  };
  return {
    newest,
    lists,
    readNewest: async (relay, file, nodes) => {
      const unknown = nodes.filter((node) => !asked.has(node));
      if (unknown.length === 0) return;
      for (const node of unknown) asked.add(node);
      try {
        const body = { file, nodes: unknown };
        noteNewest((await relay.call("versionsNewest", { body })).versions);
      } catch (error) {
        for (const node of unknown) asked.delete(node);
        throw error;
      }
    },
    list: async (relay, file, node) => {
      const query = { file, node };
      const { versions } = await relay.call("versions", { query, body: undefined });
      note(node, versions);
    },
    add: (version) => {
      // A list that nobody asked for yet would lack what came before.
      const isListed = lists.peek().has(version.node);
      if (isListed) note(version.node, [version]);
      else noteNewest([version]);
    },
    askAgain: () => asked.clear(),
    forget: () => {
      lists.value = new Map();
      newest.value = new Map();
    },
  };
}
