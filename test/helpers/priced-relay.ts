import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Provider, ProviderResult } from "../../server/providers/provider.ts";
import { checkLedger } from "../../server/store/check-ledger.ts";
import { grant } from "../../server/store/ledger.ts";
import { balanceOf } from "../../server/store/read-ledger.ts";
import { openStore } from "../../server/store/open-store.ts";
import { buildPng } from "./build-png.ts";
import { createFakeProvider, fakeModel } from "./fake-provider.ts";
import { openTestRelay, type TestRelay } from "./open-test-relay.ts";

const granted = 1_000;

/** What the provider answers unless a test says something else. */
const goodPicture: ProviderResult = {
  outputs: [{ kind: "bytes", bytes: buildPng({ widthPx: 64, heightPx: 48, colour: 2 }) }],
  billedCredits: null,
  notes: [],
};

/** A real relay whose team has credits, and "Fake image", which takes five of them for a picture. */
export class PricedRelay {
  /** While it is true, what was asked for is still being made. */
  isHeld = false;
  made: ProviderResult = goodPicture;
  readonly #folder: string;
  readonly #fake = createFakeProvider({
    models: [fakeModel("image")],
    pollsUntilDone: 1,
    answer: () => this.made,
  });
  readonly #provider: Provider = {
    ...this.#fake,
    poll: async (handle, using) =>
      this.isHeld ? { kind: "running", done: 0.4 } : this.#fake.poll!(handle, using),
  };
  #relay: TestRelay | null = null;
  #port = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder and starts the relay. */
  static async open(): Promise<PricedRelay> {
    const folder = await mkdtemp(join(tmpdir(), "spaces-priced-"));
    const store = await openStore({ folder, nowMs: Date.now });
    await store.transaction((transaction) =>
      grant(transaction, "local", { id: "first", credits: granted, nowMs: 0 }),
    );
    await store.close();
    const relay = new PricedRelay(folder);
    await relay.start();
    return relay;
  }

  get port(): number {
    return this.#port;
  }

  /** How often each call was handed to the provider. */
  get submits(): number[] {
    return [...this.#fake.submits.values()];
  }

  /** Forgets the calls so far; the next ones get good pictures. */
  startOver(): void {
    this.isHeld = false;
    this.made = goodPicture;
    this.#fake.submits.clear();
  }

  /** A pairing code. */
  newCode(): Promise<string> {
    return this.#open().relay.newCode();
  }

  /** Revokes the tokens of all panels. */
  async revokePanels(): Promise<void> {
    await this.#open().relay.newToken("Figma panel");
  }

  /** Starts it where it was, with its provider or without. */
  async start(isWithProvider = true): Promise<void> {
    const providers = isWithProvider ? [this.#provider] : [];
    this.#relay = await openTestRelay(providers, this.#folder, null, this.#port);
    this.#port = this.#relay.relay.port;
  }

  /** Stops it; a call in hand comes to its end first, when nobody is answered any more. */
  async stop(): Promise<void> {
    await this.#open().close(true);
  }

  /** Stops it for good and reads its ledger: what is wrong with it, what is held, all credits there are. */
  async audit(): Promise<{
    readonly broken: string[];
    readonly held: number;
    readonly lost: number;
  }> {
    await this.stop();
    const store = await openStore({ folder: this.#folder, nowMs: Date.now });
    const broken = await checkLedger(store.database);
    const { available, held, spent } = await balanceOf(store.database, "local");
    await store.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    return { broken, held, lost: granted - available - held - spent };
  }

  #open(): TestRelay {
    if (this.#relay === null) throw new Error("The relay was not started.");
    return this.#relay;
  }
}
