import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { grant, hold, HoldEnded, post, voidHold } from "../../../server/store/ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import type { Transaction } from "../../../server/store/database.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { nowMs, type OpenEmptyStore } from "./rows.ts";

const teams = ["red", "blue"] as const;
const teamOf = fc.constantFrom(...teams);
/** Credits collide with the balances of a short program often enough to be refused. */
const credits = fc.integer({ min: 0, max: 12 });
const paidCredits = fc.integer({ min: 0, max: 6 });
const grantCredits = fc.integer({ min: 0, max: 60 });
/** Few ids, so that the same hold is ended twice and the same grant given twice. */
const id = fc.integer({ min: 0, max: 3 });
/** Whether the transaction fails after the verb. */
const fails = fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0);

const shared = { team: teamOf, id, fails };
const command = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant("grant" as const),
      credits: grantCredits,
      ...shared,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ verb: fc.constant("hold" as const), credits, ...shared }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constant("post" as const),
      credits: paidCredits,
      extra: credits,
      ...shared,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ verb: fc.constant("void" as const), extra: credits, ...shared }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

interface Books {
  readonly available: number;
  readonly held: number;
  readonly spent: number;
  readonly grants: Readonly<Record<number, number>>;
  readonly holds: Readonly<Record<number, { reserved: number; hasEnded: boolean }>>;
}

/** The books after a command, and how it must end. */
function expectEnd(books: Books, command: Command): { end: string; books: Books } {
  const { available, held, spent, grants, holds } = books;
  const refuse = (end: string) => ({ end, books });
  if (command.verb === "grant") {
    const known = grants[command.id];
    if (known !== undefined) return refuse(known === command.credits ? "again" : "refused");
    const next = { ...grants, [command.id]: command.credits };
    return {
      end: "done",
      books: { ...books, available: available + command.credits, grants: next },
    };
  }
  const known = holds[command.id];
  if (command.verb === "hold") {
    if (available < command.credits) return refuse("too little");
    if (known) return refuse("refused");
    const next = { ...holds, [command.id]: { reserved: command.credits, hasEnded: false } };
    const left = { available: available - command.credits, held: held + command.credits };
    return { end: "done", books: { ...books, ...left, holds: next } };
  }
  const paid = command.verb === "post" ? command.credits : 0;
  if (!known || paid > known.reserved) return refuse("refused");
  if (known.hasEnded) return refuse("ended");
  const moved = {
    available: available + known.reserved - paid,
    held: held - known.reserved,
    spent: spent + paid,
    holds: { ...holds, [command.id]: { ...known, hasEnded: true } },
  };
  return { end: "done", books: { ...books, ...moved } };
}

async function perform(transaction: Transaction, command: Command): Promise<string> {
  const { team } = command;
  const named = { id: `${team}-${command.verb}-${command.id}`, nowMs };
  const ended = { hold: `${team}-hold-${command.id}`, nowMs };
  switch (command.verb) {
    case "grant":
      await grant(transaction, team, { ...named, credits: command.credits });
      return "done";
    case "hold": {
      const place = { run: "run-1", node: "1:2", call: command.id };
      const values = { ...named, ...place, credits: command.credits };
      return (await hold(transaction, team, values)) ? "done" : "too little";
    }
    case "post":
      await post(transaction, team, { ...ended, credits: command.credits, overrun: command.extra });
      return "done";
    case "void":
      await voidHold(transaction, team, { ...ended, houseLoss: command.extra });
      return "done";
  }
}

class Interrupted extends Error {}

async function run(store: Store, command: Command): Promise<string> {
  try {
    return await store.transaction(async (transaction) => {
      const end = await perform(transaction, command);
      if (command.fails) throw new Interrupted();
      return end;
    });
  } catch (error) {
    if (error instanceof Interrupted) return "interrupted";
    return error instanceof HoldEnded ? "ended" : "refused";
  }
}

const waysToEnd = [
  ...["grant done", "grant refused", "grant interrupted"],
  ...["hold done", "hold too little", "hold refused", "hold interrupted"],
  ...["post done", "post refused", "post ended", "post interrupted"],
  ...["void done", "void refused", "void ended", "void interrupted"],
];

const emptyBooks: Books = { available: 0, held: 0, spent: 0, grants: {}, holds: {} };

/** Programs of every verb, broken off at random, keep I1-I4 after every command. */
export function ledgerProgramContract(open: OpenEmptyStore): void {
  describe("the ledger under any program", () => {
    it("keeps its rules after every command, and every way to end is met", async () => {
      const met = new Map<string, number>();
      const program = fc.array(command, { minLength: 30, maxLength: 60, size: "max" });
      await fc.assert(
        fc.asyncProperty(program, async (commands) => {
          const store = await open();
          const books = new Map<string, Books>(teams.map((team) => [team, emptyBooks]));
          for (const each of commands) {
            const expected = expectEnd(books.get(each.team)!, each);
            const end = await run(store, each);
            met.set(`${each.verb} ${end}`, (met.get(`${each.verb} ${end}`) ?? 0) + 1);
            if (end !== "interrupted") {
              expect(end).toBe(expected.end === "again" ? "done" : expected.end);
              books.set(each.team, expected.books);
            }
            for (const team of teams) {
              const { available, held, spent } = books.get(team)!;
              expect(await balanceOf(store.database, team)).toEqual({ available, held, spent });
            }
            expect(await checkLedger(store.database)).toEqual([]);
          }
          await store.close();
        }),
        { numRuns: 60 },
      );
      // A generator that never reaches a case proves nothing about it.
      for (const way of waysToEnd) expect(met.get(way) ?? 0, way).toBeGreaterThan(0);
    }, 90_000);
  });
}
