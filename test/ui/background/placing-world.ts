import type { Placement } from "#domain/placement-lease";
import type { AskOf } from "#domain/channel";
import type { PluginRequest } from "#domain/asks";
import { textItem } from "../../helpers/build-graph.ts";
import { CanvasModel, DocumentModel } from "./canvas-model.ts";
import { ManualTime } from "./manual-time.ts";
import { openSession, type OpenSession, type SessionSetup } from "./open-session.ts";
import { RelayModel } from "./relay-model.ts";

/** How a panel is opened here; `travel` hears of everything that goes back and forth. */
type Setup = Partial<Pick<SessionSetup, "editor" | "selection">> & {
  readonly travel?: (what: string) => Promise<void>;
};

/** One document with four nodes, one relay, and panels that are opened on it. */
export class PlacingWorld {
  readonly time = new ManualTime();
  readonly relay = new RelayModel(this.time.nowMs);
  readonly document = new DocumentModel();

  constructor() {
    for (const node of ["n1", "n2", "n3", "n4"]) this.document.nodes.add(node);
  }

  async open(name: string, setup: Setup = {}): Promise<OpenSession> {
    const time = this.time.clockOf(0);
    const { travel = () => Promise.resolve(), ...rest } = setup;
    const { document } = this;
    const canvas = new CanvasModel(document, { name, time, travel }, (from, change) => {
      for (const other of document.canvases) if (other !== from) other.take(change);
    });
    const relay = this.relay.client(travel);
    const session = openSession({ name, canvas, relay, time, root: document.root, ...rest });
    await this.pass(1);
    return session;
  }

  pass(ms: number): Promise<void> {
    return this.time.pass(ms);
  }

  /** A text of session A that waits at node n1, unless told otherwise. */
  wish(pid: string, changes: Partial<Placement> = {}): void {
    const item = textItem(`text of ${pid}`);
    this.relay.wish({ pid, node: "n1", item, session: "session-A", ...changes });
  }

  stateOf(pid: string): string | undefined {
    return this.relay.placements.get(pid)?.state;
  }
}

/** Everything of one kind that a panel asked of its canvas, in order. */
export function asksOf<Name extends PluginRequest>(
  session: OpenSession,
  name: Name,
): AskOf<Name>[] {
  return session.canvas.asked.flatMap((each) =>
    each.name === name ? [each.ask as AskOf<Name>] : [],
  );
}
