/** A mistake that is easy to make, as a change of one place of the source; `find` stands there once. */
export interface SeededBug {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** A second place of the same file, where the mistake needs two. */
  readonly alsoFind?: string;
  readonly alsoReplace?: string;
}

/** Mistakes that the programs of this folder must find (reliability.md 3.4.5). */
export const seededBugs: readonly SeededBug[] = [
  {
    name: "no-intent: the provider is asked before anything says so",
    file: "server/run/pursue-node.ts",
    find: "beginAttempts(context, ready, hasPlace)",
    replace: "beginAttempts(context, ready, false)",
  },
  {
    name: "no-intent in the queue: the same for a call that waited for its place",
    file: "server/run/pursue-call.ts",
    find: `const submitting = await moveCall(parts, attempt, "submitting", {
    deadlineAtMs,
    keyVersion: await newestKeyVersion(parts, context),
  });`,
    replace: "const submitting = attempt;",
  },
  {
    name: "check-then-hold: the run is kept in one commit, its holds in the next",
    file: "server/run/start-run.ts",
    find: "  await holdPlan(parts, transaction, caller.team, id, planned, nowMs);\n",
    replace: "",
    alsoFind: '  await parts.reach("afterReserve");\n',
    alsoReplace: `  await parts.reach("afterReserve");
  if (begun !== null && typeof begun !== "string") {
    await parts.store.transaction((next) =>
      holdPlan(parts, next, caller.team, id, planned, parts.clock.nowMs()),
    );
  }
`,
  },
  {
    name: "settle-then-event: the money in one commit, the event in the next",
    file: "server/run/settle-node.ts",
    find: "await appendEvent(transaction, run.team, run.id, event, parts.clock.nowMs());",
    replace: "ready = { ...ready, event } as typeof ready;",
    alsoFind: '  await parts.reach("afterSettle");\n',
    alsoReplace: `  await parts.reach("afterSettle");
  await parts.store.transaction((next) =>
    appendEvent(next, run.team, run.id, (ready as any).event, parts.clock.nowMs()),
  );
`,
  },
  {
    name: "settle-then-place: the result in one commit, the wish for the canvas in the next",
    file: "server/run/settle-node.ts",
    find: "await wishForItems(parts, transaction, run, version);",
    replace: "ready = { ...ready, version } as typeof ready;",
    alsoFind: '  await parts.reach("afterSettle");\n',
    alsoReplace: `  await parts.reach("afterSettle");
  const { version } = ready as any;
  if (version) await parts.store.transaction((next) => wishForItems(parts, next, run, version));
`,
  },
  {
    name: "resubmit-unknown: class D is asked again when nobody knows",
    file: "server/run/recover-call.ts",
    find: 'case "D":\n      return giveUp(parts, context, attempt);',
    replace: 'case "D":\n      return Promise.resolve({ kind: "send-again" });',
  },
  {
    name: "resubmit-lost: a lost answer counts as a definite failure",
    file: "server/run/guard-calls.ts",
    find: 'error.outcome === "not-billed"',
    replace: "error.outcome !== null",
  },
  {
    name: "pay-unknown: a call of which nobody knows is paid",
    file: "server/run/settle-calls.ts",
    find: 'if (attempt?.state === "stored") {',
    replace: 'if (attempt?.state === "stored" || attempt?.state === "unknown") {',
  },
  {
    name: "quoted-money: what the provider says that it took is not what counts",
    file: "server/run/settle-calls.ts",
    find: "const microDollars = (billed ?? quoted.microDollars) + lostMicroDollars;",
    replace: "const microDollars = quoted.microDollars + lostMicroDollars;",
  },
  {
    name: "no-deadline: what never ends is waited for",
    file: "server/run/follow-call.ts",
    find: "askedAtMs >= attempt.deadlineAtMs",
    replace: "parts.clock.nowMs() < 0",
  },
  {
    name: "two-ends: every pass tells the end of the run",
    file: "server/run/execute-run.ts",
    find: "if (!(await endRun(transaction, run.team, run.id, { state, ...spent, nowMs }))) return;",
    replace: "await endRun(transaction, run.team, run.id, { state, credits: 0, nowMs });",
  },
];
