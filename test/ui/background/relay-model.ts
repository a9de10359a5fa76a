import {
  giveGeneration,
  judgeOpening,
  mayPlace,
  type FileFence,
  type FileStand,
} from "#domain/file-fence";
import {
  judgeClaim,
  judgeEnd,
  leaseMs,
  type Lease,
  type Placement,
  type Ruling,
} from "#domain/placement-lease";
import type { PlacementEnd } from "#domain/placement-end";
import { RelayRefusal, type RelayClient } from "#domain/relay-client";

type Call = RelayClient["call"];
type Kept = Placement & { readonly lease: Lease | null };

/** What a call is given, whichever route it is of. */
interface Asked {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A relay in memory with the rules of the true one; its time is handed in. */
export class RelayModel {
  readonly placements = new Map<string, Kept>();
  readonly bytes = new Map<string, Uint8Array>();
  readonly calls: string[] = [];
  readonly queries: unknown[] = [];
  /** Every claim that was granted: `pid session`. */
  readonly granted: string[] = [];
  readonly #fences = new Map<string, FileFence>();
  readonly #given = new Map<string, number>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Keeps the wish to see a result. */
  wish(placement: Pick<Placement, "pid" | "node" | "item"> & Partial<Placement>): void {
    const { pid } = placement;
    const usual = { file: "file", run: "r1", version: "v1", port: "image", index: 0, count: 1 };
    const state = {
      attempt: 1,
      state: "pending",
      layer: null,
      session: null,
      lease: null,
    } as const;
    this.placements.set(pid, { ...usual, ...state, madeAtMs: this.#nowMs(), ...placement });
  }

  /** A client; `travel` is waited for on the way there and back. */
  client(travel: (what: string) => Promise<void>): RelayClient {
    const call = async (name: string, asked: Asked): Promise<unknown> => {
      await travel(`${name} there`);
      this.calls.push(name);
      this.queries.push(asked.query);
      let said: { readonly answer: unknown } | { readonly refusal: unknown };
      try {
        said = { answer: this.#answer(name, asked) };
      } catch (refusal) {
        said = { refusal };
      }
      await travel(`${name} back`);
      if ("refusal" in said) throw said.refusal;
      return said.answer;
    };
    return {
      call: call as Call,
      events: () => {
        throw new Error("no events here");
      },
    };
  }

  #answer(name: string, { path, query, body }: Asked): unknown {
    switch (name) {
      case "fileOpen":
        return this.#open(body as FileStand);
      case "fileKeep": {
        const stand = body as FileStand;
        const fence = giveGeneration(this.#fenceOf(stand.file), stand, this.#nowMs());
        this.#give(fence, stand);
        return { generation: fence.generation };
      }
      case "placements": {
        const waiting = [...this.placements.values()].filter(({ state, file }) => {
          return state === "pending" && file === query?.["file"];
        });
        return { placements: waiting, nowMs: this.#nowMs() };
      }
      case "placementClaim":
        return this.#claim(path?.["pid"] ?? "", (body as { session: string }).session);
      case "placementEnd": {
        const known = this.#find(path?.["pid"] ?? "");
        return this.#apply(known, judgeEnd(known, body as PlacementEnd, this.#nowMs()));
      }
      case "placeAgain": {
        const { version, index, session } = body as {
          version: string;
          index: number;
          session: string;
        };
        const earlier = [...this.placements.values()].filter(
          (each) => each.version === version && each.index === index,
        );
        const last = earlier[earlier.length - 1]!;
        if (last.state === "pending") return last;
        const pid = `${last.pid}+`;
        this.wish({
          ...last,
          pid,
          session,
          state: "pending",
          layer: null,
          madeAtMs: this.#nowMs(),
        });
        return this.#find(pid);
      }
      case "assetGet": {
        const bytes = this.bytes.get(path?.["hash"] ?? "");
        if (!bytes) throw new RelayRefusal("not-found", "There is no such file.", []);
        return bytes;
      }
      case "shareLink":
        return { path: `/v1/share/${path?.["hash"] ?? ""}` };
      default:
        throw new Error(`no route ${name}`);
    }
  }

  #open(stand: FileStand): unknown {
    const isKnown = this.#given.has(`${stand.file} ${stand.session}`);
    const known = this.#fenceOf(stand.file);
    const { isOpen, fence } = judgeOpening(known, stand, isKnown, this.#nowMs());
    if (!isOpen) return { verdict: "behind", name: fence.name, openedAtMs: fence.openedAtMs };
    this.#give(fence, stand);
    return { verdict: "open", generation: fence.generation };
  }

  #fenceOf(file: string): FileFence | null {
    return this.#fences.get(file) ?? null;
  }

  #give(fence: FileFence, { file, session }: FileStand): void {
    this.#fences.set(file, fence);
    this.#given.set(`${file} ${session}`, fence.generation);
  }

  #claim(pid: string, session: string): unknown {
    const known = this.#find(pid);
    const given = this.#given.get(`${known.file} ${session}`) ?? null;
    if (!mayPlace(this.#fenceOf(known.file), given)) {
      throw new RelayRefusal("not-allowed", "Open the file again first.", []);
    }
    const placement = this.#apply(known, judgeClaim(known, session, this.#nowMs()));
    this.granted.push(`${pid} ${session}`);
    return { placement, leaseMs };
  }

  #find(pid: string): Kept {
    const known = this.placements.get(pid);
    if (!known) throw new RelayRefusal("not-found", "There is no such placement.", []);
    return known;
  }

  #apply(known: Kept, { after, refusal }: Ruling): Kept {
    const next = { ...known, ...after };
    this.placements.set(known.pid, next);
    if (refusal !== null) throw new RelayRefusal("conflict", refusal, []);
    return next;
  }
}
