import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { graphSchema } from "#domain/graph";
import { childEnvironment } from "./child-environment.ts";

const program = fileURLToPath(new URL("./one-of-several.ts", import.meta.url));

/** What a process of one-of-several.ts is asked. */
export const requestOfParent = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("press"),
    key: z.string(),
    file: z.string(),
    graph: graphSchema,
  }),
  z.object({
    kind: z.literal("hook"),
    provider: z.string(),
    reference: z.string(),
    handle: z.string(),
  }),
]);
/** A request of the parent's. */
export type RequestOfParent = z.infer<typeof requestOfParent>;

/** Relay processes on one database, of which any may be killed. */
export interface SeveralRelays {
  /** Asks a process that answers; a press that is lost with its process is asked again by `pressed`. */
  ask(request: RequestOfParent): void;
  /** Resolves once some process has taken the press. */
  pressed(request: RequestOfParent & { readonly kind: "press" }): Promise<void>;
  /**
   * Kills the next process in turn with SIGKILL; another one starts in its
   * place, and is there before the next kill.
   */
  killOne(): Promise<void>;
  close(): Promise<void>;
}

interface Member {
  readonly child: ChildProcess;
  isReady: boolean;
}

async function kill(member: Member | undefined): Promise<void> {
  if (member?.child.exitCode !== null || member.child.signalCode !== null) return;
  member.isReady = false;
  const exited = new Promise((resolve) => member.child.once("exit", resolve));
  member.child.kill("SIGKILL");
  await exited;
}

const pressAgainMs = 2_000;

/** Starts so many processes and resolves when all of them answer. */
export async function startRelays(
  count: number,
  variables: Readonly<Record<string, string>>,
): Promise<SeveralRelays> {
  const members: Member[] = [];
  const taken = new Map<string, () => void>();
  let next = 0;
  /** On a slow machine the next one is killed only when the last one is back: else none is ever there. */
  let restarted: Promise<void> = Promise.resolve();
  const start = (at: number) => {
    const child = fork(program, [], {
      env: {
        ...childEnvironment(),
        ...variables,
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const member: Member = { child, isReady: false };
    members[at] = member;
    return new Promise<void>((resolve) => {
      child.on("message", (message) => {
        if (message === "ready") {
          member.isReady = true;
          resolve();
        } else {
          taken.get(z.string().parse(message))?.();
        }
      });
      // One that could not start is replaced like one that was killed.
      child.once("exit", () => resolve());
    });
  };
  await Promise.all(Array.from({ length: count }, (_, at) => start(at)));
  const ask = (request: RequestOfParent) => {
    const ready = members.filter(({ isReady }) => isReady);
    ready[(next += 1) % Math.max(ready.length, 1)]?.child.send(request, () => undefined);
  };
  return {
    ask,
    pressed: (request) =>
      new Promise((resolve) => {
        ask(request);
        const again = setInterval(() => ask(request), pressAgainMs);
        taken.set(request.key, () => {
          clearInterval(again);
          resolve();
        });
      }),
    killOne: async () => {
      await restarted;
      const at = (next += 1) % count;
      await kill(members[at]);
      restarted = start(at);
    },
    close: async () => {
      await Promise.all(members.map(kill));
    },
  };
}
