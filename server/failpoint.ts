/**
 * The places at which a crash is tried (reliability.md 3.1): between any two commits and foreign
 * calls of a run. Inert unless SPACES_FAILPOINTS names them.
 */
export const failpoints = [
  "afterReserve",
  "beforeIntent",
  "afterIntent",
  "afterSubmitCall",
  "afterJobSaved",
  "afterPoll",
  "afterDownload",
  "afterTmpWrite",
  "afterStore",
  "afterSettle",
  "afterPublish",
] as const;
/** The name of a place at which a crash is tried. */
export type Failpoint = (typeof failpoints)[number];

/** Called at each place; does nothing unless that place was switched on. */
export type ReachFailpoint = (name: Failpoint) => Promise<void>;

/** Never crashes. */
export const noFailpoints: ReachFailpoint = () => Promise.resolve();

/**
 * Reads "afterIntent:2=kill,afterStore=throw": at the second time that afterIntent is reached the
 * process is killed, at the first time of afterStore an error is thrown. Throws on a word that it
 * does not know, so that a test cannot switch on nothing.
 */
export function createFailpoints(setting: string, kill: () => void): ReachFailpoint {
  const armed = new Map<string, { at: number; action: string; reached: number }>();
  for (const part of setting.split(",").filter(Boolean)) {
    const match = /^(\w+)(?::(\d+))?=(kill|throw)$/.exec(part.trim());
    const name = match?.[1];
    if (!match || !failpoints.some((known) => known === name)) {
      throw new Error(`SPACES_FAILPOINTS: "${part}" is not NAME[:TIMES]=kill|throw.`);
    }
    armed.set(name ?? "", { at: Number(match[2] ?? 1), action: match[3] ?? "throw", reached: 0 });
  }
  return (name) => {
    const point = armed.get(name);
    if (point === undefined) return Promise.resolve();
    point.reached += 1;
    if (point.reached !== point.at) return Promise.resolve();
    if (point.action === "kill") {
      kill();
      // SIGKILL takes a moment to arrive; nothing may happen after the point.
      return new Promise(() => undefined);
    }
    return Promise.reject(new Error(`failpoint ${name}`));
  };
}
