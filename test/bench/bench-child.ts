import { fork } from "node:child_process";
import { once } from "node:events";
import type * as z from "zod";
import { childEnvironment } from "../helpers/child-environment.ts";

/** A process of a benchmark: it says that it is ready, then answers one question at a time. */
export interface BenchChild<Ready> {
  readonly ready: Ready;
  /** Asks and waits for the answer; rejects when the process ends first. */
  ask<Schema extends z.ZodType>(question: unknown, answer: Schema): Promise<z.output<Schema>>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** Starts a program in a process of its own and resolves with what it says first. */
export async function startBenchChild<Schema extends z.ZodType>(
  program: URL,
  variables: Readonly<Record<string, string>>,
  ready: Schema,
): Promise<BenchChild<z.output<Schema>>> {
  const child = fork(program, [], {
    env: { ...childEnvironment(), ...variables },
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const next = async (): Promise<unknown> => {
    const gone = exited.then(() => {
      throw new Error(`${program.pathname} ended before it answered.`);
    });
    const [message] = (await Promise.race([once(child, "message"), gone])) as unknown[];
    return message;
  };
  return {
    ready: ready.parse(await next()),
    ask: async (question, answer) => {
      const answered = next();
      child.send(question as object);
      return answer.parse(await answered);
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
