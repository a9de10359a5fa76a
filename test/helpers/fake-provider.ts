import type { Model, Task } from "#domain/model";
import type { Price } from "#domain/price";
import type {
  Provider,
  ProviderCall,
  ProviderResult,
  RecoveryClass,
  Standing,
  Submission,
} from "../../server/providers/provider.ts";

/** How a fake provider answers one call; may throw a CallFailure. */
export type Answer = (call: ProviderCall) => Promise<ProviderResult> | ProviderResult;

/** What a fake provider is told to be. */
export interface FakeOptions {
  readonly id?: string;
  readonly recovery?: RecoveryClass;
  readonly concurrency?: number;
  readonly price?: Price;
  readonly models?: readonly Model[];
  readonly answer?: Answer;
  /** With a queue, submit gives a handle and the answer comes by poll, after so many of them. */
  readonly pollsUntilDone?: number;
}

/** A provider whose every call is recorded, with the number of times that it would have billed. */
export interface FakeProvider extends Provider {
  readonly calls: ProviderCall[];
  /** Submissions by reference; more than one for a reference is a double submit unless class A. */
  readonly submits: Map<string, number>;
}

/** A model with usual limits for tests. */
export function fakeModel(task: Task, changes: Partial<Model> = {}): Model {
  return {
    id: `fake:${task}`,
    provider: "fake",
    title: `Fake ${task}`,
    description: "For tests.",
    task,
    fidelity: "generated",
    version: "1",
    inputs: {
      prompt: 99,
      references: 8,
      text: 99,
      reference: 8,
      image: 1,
      first: 1,
      last: 1,
      audio: 1,
    },
    maxPromptCharacters: 10_000,
    limits: {},
    outputsPerCall: 99,
    params: {},
    price: { kind: "fixed", credits: 5 },
    priceBasis: "list",
    expectedMs: 1_000,
    unavailable: null,
    isRetired: false,
    source: "For tests.",
    ...changes,
  };
}

/** A provider for tests: by default it answers each text call with the prompt in capitals. */
export function createFakeProvider(options: FakeOptions = {}): FakeProvider {
  const calls: ProviderCall[] = [];
  const submits = new Map<string, number>();
  const answer = options.answer ?? sayInCapitals;
  const accepted = new Map<string, { readonly call: ProviderCall; polls: number }>();
  const price = options.price ?? { kind: "fixed", credits: 5 };
  const models = options.models ?? [fakeModel("text", { price })];
  const submit = async (call: ProviderCall): Promise<Submission> => {
    calls.push(call);
    submits.set(call.reference, (submits.get(call.reference) ?? 0) + 1);
    if (options.pollsUntilDone === undefined) return { kind: "done", result: await answer(call) };
    accepted.set(call.reference, { call, polls: 0 });
    return { kind: "accepted", handle: call.reference };
  };
  const poll = async (handle: string): Promise<Standing> => {
    const found = accepted.get(handle);
    if (!found) throw new Error(`unknown handle ${handle}`);
    found.polls += 1;
    if (found.polls < (options.pollsUntilDone ?? 0)) return { kind: "running", done: null };
    return { kind: "done", result: await answer(found.call) };
  };
  return {
    id: options.id ?? "fake",
    title: "Fake",
    recovery: options.recovery ?? "D",
    concurrency: options.concurrency ?? 8,
    models: () => models,
    submit,
    poll,
    lookUp: (reference) =>
      Promise.resolve(accepted.has(reference) ? { kind: "accepted", handle: reference } : null),
    cancel: () => Promise.resolve(true),
    calls,
    submits,
  };
}

function sayInCapitals(call: ProviderCall): ProviderResult {
  const { request } = call;
  const words = request.task === "text" ? [...request.texts, request.instruction] : ["made"];
  const text = words.filter(Boolean).join(" ").toUpperCase();
  return { outputs: [{ kind: "text", text: text || "NOTHING" }], billedCredits: null, notes: [] };
}
