/**
 * A fault of reliability.md 3.3, in our words. It is held once tests carry its number; "no" gives the
 * reason why it cannot happen yet, "open" that its test is still missing.
 */
export type Fault = {
  readonly number: number;
  readonly what: string;
} & ({ readonly applies: "yes" | "open" } | { readonly applies: "no"; readonly reason: string });

type Row = string | { readonly what: string; readonly reason: string } | { readonly open: string };

/** In the order of their numbers, from 1. */
const rows: readonly Row[] = [
  "killed before the provider is asked",
  "killed when the intent is kept and the provider was not asked yet",
  "killed when the provider has the call and its answer is not kept",
  "killed while it asks how a call stands",
  "killed with the result in hand, before it is stored",
  "killed with the result stored, before it is paid",
  "killed when it is paid, before anybody is told",
  "killed twice, and again while it recovers",
  "the power goes, or the system crashes",
  "the provider takes no more for a while, and says for how long or not",
  "the provider breaks before it takes a call",
  "the provider cannot be reached: port, name or certificate",
  "no answer comes to a call that was sent whole",
  "an answer that drips and never ends",
  "an answer that is cut off",
  "a result that is whole by its frame and too short",
  "an error page with status 200, another type, nothing at all",
  "numbers and keys of odd shapes in an answer",
  "a result whose address leads nowhere (any more)",
  "a call that is never finished",
  "a provider that bills more than was quoted",
  "a webhook that is lost",
  "a webhook that comes a hundred times",
  "a webhook out of order: early, before its job is kept, late",
  "a webhook for nobody: unknown, of a deleted team, of another one",
  "the disk is full under the database",
  "the disk is full under the assets",
  "little space is left",
  "another program holds the database",
  "a transaction that reads first and writes then",
  "a second relay on one data folder",
  "the connection to PostgreSQL is lost while it commits",
  "the clock is set forward or back by hours",
  "the laptop sleeps for eight hours with runs open",
  "the event stream breaks off and is read on",
  "the event stream is asked for numbers that are not there",
  "a reader of events that does not read",
  "the plugin is closed during a run",
  "two windows place the same result",
  "the same press arrives again",
  "a run is stopped, in each state of its calls",
  "a run is stopped while its call comes to an end",
  "a graph of ten thousand nodes",
  "a graph with a circle",
  "a hundred times a hundred calls",
  "one node of many fails",
  "an upload or a result of a hundred megabytes",
  "a picture that is broken, lies about its size, or is a bomb",
  "texts of any characters: NUL, half ones, byte order marks, huge ones",
  "the relay stops during an upload",
  "credits for fewer runs than are started at once",
  "the process that decodes pictures dies",
  "an exception that nobody expected",
  "the relay is told to stop at work",
  "a change of the tables is broken off, or comes from a newer program",
  {
    what: "Figma's REST refuses, limits or has lost the file",
    reason: "comments by REST are not read yet",
  },
  { what: "a comment is posted twice by a retry of ours", reason: "comments are not posted yet" },
  "a provider's key is changed or removed during runs",
  "a proxy before us gives up and the press is sent again",
  "ten thousand runs are open at the start",
];

/** Every fault, F1 first. */
export const faults: readonly Fault[] = rows.map((row, at): Fault => {
  const number = at + 1;
  if (typeof row === "string") return { number, what: row, applies: "yes" };
  if ("open" in row) return { number, what: row.open, applies: "open" };
  return { number, what: row.what, applies: "no", reason: row.reason };
});
