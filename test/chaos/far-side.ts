import {
  CallFailure,
  type Provider,
  type ProviderResult,
  type RecoveryClass,
  type Submission,
} from "../../server/providers/provider.ts";
import type { Price } from "#domain/price";
import { fakeModel } from "../helpers/fake-provider.ts";

/** What happens to the next submission, each in turn; then all goes well again. */
export const troubles = [
  "refused",
  "limited",
  "answer-lost",
  "never-arrived",
  "done-at-once",
  "billed-above",
  "nothing-made",
  "never-done",
] as const;
/** Something that happens to a submission. */
export type Trouble = (typeof troubles)[number];

interface Job {
  readonly reference: string;
  readonly trouble: Trouble | null;
  polls: number;
}

const price = 5;
/** What a call is expected to cost on the team's own account beside, and what it comes to at times. */
export const money = { quotedMicroDollars: 40_000, aboveMicroDollars: 50_000 } as const;
const bothKinds: Price = {
  kind: "sum",
  prices: [
    { kind: "fixed", credits: price },
    { kind: "money", microDollars: money.quotedMicroDollars },
  ],
};
const good: ProviderResult = {
  outputs: [{ kind: "bytes", bytes: Buffer.from("picture") }],
  billedCredits: null,
  notes: [],
};

/** The provider of a class, beyond the reach of any crash of ours: its jobs and bills outlive them. */
export class FarSide {
  readonly recovery: RecoveryClass;
  readonly trouble: Trouble[] = [];
  /** Jobs that were made and billed, by our reference. */
  readonly jobs = new Map<string, Job[]>();

  constructor(recovery: RecoveryClass) {
    this.recovery = recovery;
  }

  /** The provider as the relay has it in one of its lives; nothing of a life that is over gets here. */
  provider(isAlive: () => boolean): Provider {
    const alive = async <Result>(answer: () => Result): Promise<Result> =>
      isAlive() ? answer() : new Promise<never>(() => undefined);
    const id = `far-${this.recovery.toLowerCase()}`;
    return {
      id,
      title: `Far ${this.recovery}`,
      recovery: this.recovery,
      concurrency: 2,
      models: () => [fakeModel("image", { id: `${id}:image`, provider: id, price: bothKinds })],
      submit: ({ reference }) => alive(() => this.#submit(reference)),
      poll: (handle) => alive(() => this.#poll(handle)),
      ...(this.recovery === "B" && {
        lookUp: (reference: string) => alive(() => this.#lookUp(reference)),
      }),
      cancel: () => alive(() => false),
    };
  }

  #submit(reference: string): Submission {
    const trouble = this.trouble.shift() ?? null;
    if (trouble === "refused") throw failure("provider-refused", false, "not-billed");
    if (trouble === "limited") throw failure("provider-limited", true, "not-billed");
    if (trouble === "never-arrived") throw failure("provider-unavailable", true, "unknown");
    const known = this.#found(reference);
    if (known && this.recovery === "A") return known;
    this.jobs.set(reference, [
      ...(this.jobs.get(reference) ?? []),
      { reference, trouble, polls: 0 },
    ]);
    if (trouble === "answer-lost") throw failure("provider-unavailable", true, "unknown");
    if (trouble === "done-at-once") return { kind: "done", result: good };
    return { kind: "accepted", handle: reference };
  }

  /** What befalls a question befalls it, and says nothing about the job. */
  #lookUp(reference: string): Submission | null {
    const trouble = this.trouble.shift();
    if (trouble === "limited") throw failure("provider-limited", true, "not-billed");
    if (trouble === "never-arrived") throw failure("provider-unavailable", true, "not-billed");
    return this.#found(reference);
  }

  #found(reference: string): Submission | null {
    return this.jobs.has(reference) ? { kind: "accepted", handle: reference } : null;
  }

  #poll(
    handle: string,
  ): ReturnType<NonNullable<Provider["poll"]>> extends Promise<infer R> ? R : never {
    const job = this.jobs.get(handle)?.[0];
    if (!job) throw failure("provider-refused", false, "not-billed");
    job.polls += 1;
    if (job.polls < 2 || job.trouble === "never-done") return { kind: "running", done: null };
    if (job.trouble === "nothing-made") {
      const billedMicroDollars = money.aboveMicroDollars;
      return { kind: "done", result: { ...good, outputs: [], billedMicroDollars } };
    }
    const isAbove = job.trouble === "billed-above";
    const billedCredits = isAbove ? price + 3 : null;
    const billedMicroDollars = isAbove ? money.aboveMicroDollars : null;
    return { kind: "done", result: { ...good, billedCredits, billedMicroDollars } };
  }
}

function failure(
  code: "provider-refused" | "provider-limited" | "provider-unavailable",
  isRetryable: boolean,
  outcome: "not-billed" | "unknown",
): CallFailure {
  return new CallFailure({ code, message: "It did not go well.", isRetryable }, outcome);
}
