import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { AnswerOf } from "#domain/channel";
import { createRelayClient, type RelayClient } from "#domain/relay-client";
import type { ConnectionView } from "../panel-view.ts";
import {
  pairingOfferSchema,
  pairingSchema,
  parseStored,
  readAddress,
  usualAddress,
  type Pairing,
} from "./pairing.ts";
import { proveRelay } from "./prove-relay.ts";
import { sentenceFor, troubleOf, wordsFor } from "./relay-trouble.ts";
import type { SessionParts } from "./session-parts.ts";
import { watchClient } from "./watch-client.ts";

/** How long to wait before each further try to reach the relay; the last one repeats. */
const backOffMs = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

type LinkParts = Pick<SessionParts, "channel" | "sendTo" | "time" | "newId" | "page">;

/**
 * The panel's link with its relay: pairs, proves before each connection that the relay is the one that
 * was paired, notices when it is gone, and comes back by itself.
 */
export class RelayLink {
  readonly #parts: LinkParts;
  readonly #connection = signal<ConnectionView>({ kind: "starting" });
  readonly #relay = signal<RelayClient | null>(null);
  #pairing: Pairing | null = null;
  #tries = 0;
  /** Counts connections: what an earlier one comes to does not matter any more. */
  #turn = 0;
  #stopWaiting: () => void = () => undefined;

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  get connection(): ReadonlySignal<ConnectionView> {
    return this.#connection;
  }

  /** The relay while it answers; null otherwise. */
  get relay(): ReadonlySignal<RelayClient | null> {
    return this.#relay;
  }

  /** Where the relay is, or would be looked for. */
  get address(): string {
    return this.#pairing?.address ?? usualAddress;
  }

  /** Takes up the pairing that was remembered, or an offered one. */
  async start(): Promise<void> {
    const offer = parseStored(pairingOfferSchema, await this.#recall("pairing-offer"));
    this.#pairing = parseStored(pairingSchema, await this.#recall("pairing"));
    if (offer) {
      await this.#remember("pairing-offer", null);
      await this.pair(offer.address, offer.code);
      // A code that was used already takes nothing away from a pairing that there is.
      if (this.#connection.peek().kind !== "unpaired") return;
    }
    if (this.#pairing) return this.#connect(this.#pairing);
    if (!offer) this.#showUnpaired(usualAddress, null);
  }

  /** Exchanges the code that a relay shows for a pairing, and remembers that. */
  async pair(typed: string, code: string): Promise<void> {
    const address = readAddress(typed);
    if (address === null) {
      const problem = `"${typed.trim()}" is no address of a relay. Outside of this computer it begins with https://.`;
      this.#showUnpaired(typed, problem);
      return;
    }
    const turn = this.#begin();
    this.#connection.value = { kind: "unpaired", address, problem: null, steps: [], isBusy: true };
    try {
      const client = createRelayClient(this.#parts.sendTo(address), null);
      const body = { code: code.trim(), device: "Figma panel" };
      const { token, device, secret, relay } = await client.call("pair", { body });
      if (turn !== this.#turn) return;
      const pairing = { address, relay, device, secret, token };
      await this.#remember("pairing", JSON.stringify(pairing));
      this.#pairing = pairing;
      await this.#connect(pairing);
    } catch (error) {
      if (turn !== this.#turn) return;
      const { problem, steps } = await this.#wordsFor(error, address);
      this.#showUnpaired(address, problem, steps);
    }
  }

  /** Forgets the pairing; the relay keeps all runs and results. */
  async unpair(): Promise<void> {
    this.#begin();
    const { address } = this;
    this.#pairing = null;
    await this.#remember("pairing", null);
    this.#showUnpaired(address, null);
  }

  /** Tries again now. */
  async retry(): Promise<void> {
    this.#tries = 0;
    if (this.#pairing) return this.#connect(this.#pairing);
    this.#showUnpaired(usualAddress, null);
  }

  /** Asks again what the team has left. */
  async refresh(): Promise<void> {
    const client = this.#relay.peek();
    if (client) await this.#readStatus(client, this.#turn).catch(() => undefined);
  }

  stop(): void {
    this.#begin();
  }

  async #connect(pairing: Pairing): Promise<void> {
    const turn = this.#begin();
    try {
      const send = this.#parts.sendTo(pairing.address);
      const proof = await proveRelay(send, pairing, this.#parts.newId());
      if (turn !== this.#turn) return;
      if (proof !== "proved") {
        await this.#refuse(pairing.address, proof);
        return;
      }
      const client = createRelayClient(send, pairing.token);
      await this.#readStatus(client, turn);
      if (turn !== this.#turn) return;
      this.#tries = 0;
      this.#relay.value = watchClient(client, (error) => {
        if (turn === this.#turn) void this.#lose(pairing.address, error);
      });
    } catch (error) {
      if (turn === this.#turn) await this.#lose(pairing.address, error);
    }
  }

  async #readStatus(client: RelayClient, turn: number): Promise<void> {
    const { member, balance, held } = await client.call("status", { body: undefined });
    if (turn !== this.#turn) return;
    this.#connection.value = { kind: "paired", address: this.address, member, balance, held };
  }

  /** A new turn: nothing that was under way counts any more. */
  #begin(): number {
    this.#stopWaiting();
    this.#relay.value = null;
    this.#turn += 1;
    return this.#turn;
  }

  async #lose(address: string, error: unknown): Promise<void> {
    const turn = this.#begin();
    if (troubleOf(error) === "unknown-panel") return this.#forget(address);
    const { problem, steps } = await this.#wordsFor(error, address);
    if (turn !== this.#turn) return;
    this.#connection.value = { kind: "lost", address, problem, steps };
    const waitMs = backOffMs[Math.min(this.#tries, backOffMs.length - 1)] ?? 0;
    this.#tries += 1;
    this.#stopWaiting = this.#parts.time.wait(waitMs, () => {
      if (this.#pairing) void this.#connect(this.#pairing);
    });
  }

  async #forget(address: string): Promise<void> {
    this.#pairing = null;
    await this.#remember("pairing", null);
    this.#showUnpaired(address, wordsFor("unknown-panel", address).problem);
  }

  /** What does not prove itself is sent nothing more. */
  async #refuse(address: string, proof: "unknown-panel" | "another-relay"): Promise<void> {
    if (proof === "unknown-panel") return this.#forget(address);
    // The pairing is kept: the right relay may come back to its address.
    const problem = `Another relay answers at ${address} than the one that was paired. If it is yours, pair with its code; else start the right one.`;
    this.#showUnpaired(address, problem);
  }

  #showUnpaired(address: string, problem: string | null, steps: readonly string[] = []): void {
    this.#connection.value = { kind: "unpaired", address, problem, steps, isBusy: false };
  }

  async #wordsFor(error: unknown, address: string) {
    const trouble = troubleOf(error);
    if (trouble === "refused") return { problem: sentenceFor(error, address), steps: [] };
    const isBlocked = trouble === "gone" && (await this.#parts.page.isLocalBlocked());
    return wordsFor(isBlocked ? "blocked" : trouble, address);
  }

  async #recall(key: "pairing" | "pairing-offer"): Promise<AnswerOf<"recall">["value"]> {
    return (await this.#parts.channel.ask("recall", { key })).value;
  }

  async #remember(key: "pairing" | "pairing-offer", value: string | null): Promise<void> {
    await this.#parts.channel.ask("remember", { key, value });
  }
}
