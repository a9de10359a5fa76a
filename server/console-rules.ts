/** The rules of the routes that only the console asks; route-rules.ts says what they mean. */
export const consoleRules = {
  allRuns: {
    summary: "The newest fifty runs of the team, of all files and members, newest first.",
    access: "owner",
  },
  allResults: {
    summary:
      "What the newest fifty runs of the team made, at most sixty results, newest run first.",
    access: "owner",
  },
  runNodes: {
    summary: "What the nodes of a run were called when it began.",
    access: "member",
  },
  usageDays: {
    summary: "What was spent on each day (UTC) of a month, by member; to a member their own.",
    access: "member",
  },
  unpair: {
    summary: "Ends the pairing of the device that asks: its token gets in no more.",
    access: "member",
  },
} as const;
