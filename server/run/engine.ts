import { OpenWorkflow, defineWorkflowSpec, type Worker } from "openworkflow";
import type { Backend } from "openworkflow/internal";
import * as z from "zod";
import { openBackend, type EngineHome } from "./engine-backend.ts";

/**
 * Executes a run from wherever it stands. What of it was done is in our store alone: the engine's own
 * steps would say the same a second time, by two more commits for each node.
 */
export type ExecuteRun = (run: RunAddress) => Promise<void>;

const runAddressSchema = z.object({ team: z.string(), run: z.string() });
/** Whose run, and which. */
export type RunAddress = z.infer<typeof runAddressSchema>;

/** Hosts runs durably: a run given to it is executed until it ends, across restarts. */
export interface Engine {
  start(): Promise<void>;
  /**
   * Whether a run that is given to it is begun at once. What waits in a file of our own makes every look
   * into it slower, so it waits in memory instead; on a database another process may have room.
   */
  hasRoom(): boolean;
  /** Takes a run on; the same run twice is one. */
  give(address: RunAddress): Promise<void>;
  /** Takes on a run that has not ended, also where the engine itself had given up on it. */
  giveAgain(address: RunAddress): Promise<void>;
  /** Lets the runs in hand finish their pass and stops. */
  stop(): Promise<void>;
}

/**
 * Runs hosted at a time by one process: more than one member has there, so that nobody's runs, however
 * long they wait for a provider, keep everybody else's from starting.
 */
const hostedAtOnce = 64;

/** Only trouble of our own store gets as far as the engine; a run is never given up for it. */
const retryPolicy = {
  initialInterval: "1s",
  backoffCoefficient: 2,
  maximumInterval: "60s",
  maximumAttempts: 1_000_000,
} as const;
const spec = defineWorkflowSpec<RunAddress, null>({ name: "run", retryPolicy });

interface Hosting {
  readonly backend: Backend;
  readonly workflows: OpenWorkflow;
  readonly worker: Worker;
}

/**
 * The durable engine (OpenWorkflow). The truth about runs, attempts and money is in our store. It calls
 * `whenFree` each time that a pass over a run has ended.
 */
export function createEngine(home: EngineHome, execute: ExecuteRun, whenFree: () => void): Engine {
  const stopping = new AbortController();
  /** Runs that a pass is made over, and those that were given for one by this process alone. */
  const inHand = new Set<string>();
  let hosting: Hosting | null = null;
  let isStopping = false;
  const open = (): Hosting => {
    if (!hosting) throw new Error("The engine was not started.");
    return hosting;
  };
  const giveUnder = async (address: RunAddress, idempotencyKey: string) => {
    const { workflows, worker } = open();
    const { workflowRun } = await workflows.runWorkflow(spec, address, { idempotencyKey });
    if (home.kind === "file" && !isOver(workflowRun.status)) inHand.add(address.run);
    // An idle worker would look only after up to a second; it does so anyway where this fails.
    if (!isStopping) await worker.tick().catch(() => undefined);
    return workflowRun;
  };
  const pass: ExecuteRun = async (address) => {
    inHand.add(address.run);
    try {
      await execute(address);
    } finally {
      inHand.delete(address.run);
    }
  };
  // A slot is free once a pass is over; the idle worker would look only after up to a second. One that
  // stops takes on nothing: it waits for its passes, and would do so until there is no run left.
  const lookForMore = (worker: Worker) => {
    if (isStopping) return;
    whenFree();
    void worker.tick().catch(() => undefined);
  };
  return {
    start: async () => {
      const backend = await openBackend(home, stopping.signal);
      hosting = host(backend, pass, lookForMore);
      await hosting.worker.start();
    },
    hasRoom: () => home.kind !== "file" || inHand.size < hostedAtOnce,
    give: async (address) => {
      if (!inHand.has(address.run)) await giveUnder(address, address.run);
    },
    giveAgain: async (address) => {
      for (let key = address.run; !inHand.has(address.run);) {
        const { id, status } = await giveUnder(address, key);
        if (!isOver(status)) return;
        key = `${address.run} after ${id}`;
      }
    },
    stop: async () => {
      const { backend, worker } = open();
      isStopping = true;
      await worker.stop();
      stopping.abort();
      await backend.stop();
    },
  };
}

function host(backend: Backend, pass: ExecuteRun, lookForMore: (worker: Worker) => void): Hosting {
  const workflows = new OpenWorkflow({ backend });
  workflows.implementWorkflow(spec, async ({ input }) => {
    try {
      await pass(runAddressSchema.parse(input));
    } finally {
      setImmediate(() => lookForMore(worker));
    }
    return null;
  });
  // A worker knows the workflows that were there when it was made.
  const worker = workflows.newWorker({ concurrency: hostedAtOnce });
  return { backend, workflows, worker };
}

/** Whether the engine makes no further pass over a run that it has under a key. */
function isOver(status: string): boolean {
  return status === "failed" || status === "completed";
}
