import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A rule of the ledger, and a query for the names of whatever breaks it. */
interface Rule {
  readonly sentence: string;
  readonly broken: ReturnType<typeof sql<{ name: string }>>;
}

/** The rules I1-I4 of reliability.md 3.2, as far as the ledger alone can tell. */
const rules: readonly Rule[] = [
  {
    sentence: "A transfer takes from some accounts what it gives to others",
    broken: sql`SELECT transfer AS name FROM entry GROUP BY transfer HAVING sum(credits) <> 0`,
  },
  {
    sentence: "A balance is the sum of its entries",
    broken: sql`SELECT names.name FROM
      (SELECT name FROM account UNION SELECT account FROM entry) AS names
      WHERE coalesce((SELECT credits FROM account WHERE account.name = names.name), 0) <>
        coalesce((SELECT sum(credits) FROM entry WHERE entry.account = names.name), 0)`,
  },
  {
    sentence: "No account of a team is below zero",
    broken: sql`SELECT name FROM account WHERE credits < 0 AND name NOT LIKE 'house:%'`,
  },
  {
    sentence: "An entry is in an account of the house or of the transfer's own team",
    broken: sql`SELECT entry.transfer AS name FROM entry JOIN transfer ON transfer.id = entry.transfer
      WHERE entry.account NOT LIKE 'house:%' AND entry.account NOT IN
        ('available:' || transfer.team, 'held:' || transfer.team, 'spent:' || transfer.team)`,
  },
  {
    sentence: "A hold has one end at most",
    broken: sql`SELECT hold AS name FROM transfer WHERE hold IS NOT NULL
      GROUP BY hold HAVING count(*) > 1`,
  },
  {
    sentence: "An end belongs to a hold of the same team and call, and pays no more than it",
    broken: sql`SELECT ending.id AS name FROM transfer AS ending
      LEFT JOIN transfer AS held ON held.id = ending.hold
      WHERE ending.kind IN ('post', 'void') AND NOT coalesce(held.kind = 'hold'
        AND held.team = ending.team AND held.run = ending.run AND held.node = ending.node
        AND held.call = ending.call AND ending.credits <= held.credits, 1 = 0)`,
  },
  {
    sentence: "What is held is the sum of the holds that have not ended",
    broken: sql`SELECT 'held:' || teams.team AS name FROM
      (SELECT DISTINCT team FROM transfer) AS teams
      WHERE coalesce((SELECT credits FROM account WHERE name = 'held:' || teams.team), 0) <>
        coalesce((SELECT sum(held.credits) FROM transfer AS held WHERE held.team = teams.team
          AND held.kind = 'hold'
          AND NOT EXISTS (SELECT 1 FROM transfer AS ending WHERE ending.hold = held.id)), 0)`,
  },
  {
    sentence: "What is spent is the sum of the posts",
    broken: sql`SELECT 'spent:' || teams.team AS name FROM
      (SELECT DISTINCT team FROM transfer) AS teams
      WHERE coalesce((SELECT credits FROM account WHERE name = 'spent:' || teams.team), 0) <>
        coalesce((SELECT sum(post.credits) FROM transfer AS post
          WHERE post.team = teams.team AND post.kind = 'post'), 0)`,
  },
  {
    sentence: "What was paid in each month is counted for who started the run, in its file",
    broken: sql`SELECT 'paid:' || names.team AS name FROM
      (SELECT DISTINCT team, member, file FROM run) AS names
      WHERE coalesce((SELECT sum(paid.credits) FROM paid_in_month AS paid
          WHERE paid.team = names.team AND paid.member = names.member AND paid.file = names.file), 0)
        <> coalesce((SELECT sum(post.credits) FROM transfer AS post
          JOIN run ON run.id = post.run AND run.team = post.team
          WHERE post.kind = 'post' AND run.team = names.team AND run.member = names.member
            AND run.file = names.file), 0)`,
  },
  {
    sentence: "What providers took in each month is counted for who started the run, in its file",
    broken: sql`SELECT 'money:' || names.team AS name FROM
      (SELECT DISTINCT team, member, file FROM run) AS names
      WHERE coalesce((SELECT sum(money.micro_dollars) FROM money_in_month AS money WHERE
          money.team = names.team AND money.member = names.member AND money.file = names.file), 0)
        <> coalesce((SELECT sum(ending.micro_dollars) FROM transfer AS ending
          JOIN run ON run.id = ending.run AND run.team = ending.team
          WHERE ending.hold IS NOT NULL AND run.team = names.team AND run.member = names.member
            AND run.file = names.file), 0)`,
  },
  {
    sentence: "What was granted is the sum of the grants",
    broken: sql`SELECT 'house:granted' AS name FROM (SELECT 1) AS one
      WHERE coalesce((SELECT credits FROM account WHERE name = 'house:granted'), 0) <>
        -coalesce((SELECT sum(credits) FROM transfer WHERE kind = 'grant'), 0)`,
  },
  {
    sentence: "An open hold belongs to a run that has not ended",
    broken: sql`SELECT held.id AS name FROM transfer AS held
      JOIN run ON run.id = held.run AND run.team = held.team
      WHERE held.kind = 'hold' AND run.state <> 'running'
        AND NOT EXISTS (SELECT 1 FROM transfer AS ending WHERE ending.hold = held.id)`,
  },
];

/** What breaks any of the rules, by the place of the rule in the list. One statement sees one moment. */
const brokenRules = sql.join(
  rules.map(
    ({ broken }, at) => sql`SELECT ${sql.lit(at)} AS rule, found.name FROM (${broken}) AS found`,
  ),
  sql` UNION ALL `,
);

/**
 * Reads the whole ledger as it is at one moment and says which of its rules do not hold, each as a
 * sentence with what breaks it; an empty list is a sound ledger.
 */
export async function checkLedger(database: Database): Promise<string[]> {
  const { rows } = await sql<{ rule: number; name: string }>`${brokenRules}`.execute(database);
  return rules.flatMap(({ sentence }, at) => {
    const names = rows.filter(({ rule }) => rule === at).map(({ name }) => name);
    if (names.length === 0) return [];
    return [`${sentence}: not so for ${names.slice(0, 5).join(", ")} (${names.length} in all).`];
  });
}
