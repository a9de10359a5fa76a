import { monthOf } from "#domain/month";
import type { PageRelay } from "../relay-of-page.ts";

/** What the relay told of a month, with the caps and the balance of now. */
export type MonthFigures = Awaited<ReturnType<typeof askMonth>>;

/** Asks for everything that stands on the page of a month ("2026-11"). Throws as requests do. */
export async function askMonth(relay: PageRelay, month: string) {
  const { fromMs, untilMs } = monthOf(Date.parse(`${month}-01`));
  const [from, to] = [fromMs, untilMs - 1].map((atMs) => new Date(atMs).toISOString().slice(0, 10));
  const query = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const [{ rows }, { days }, { caps, confirmAbove }, { balance, held }] = await Promise.all([
    relay.command("usage", { query, body: undefined }),
    relay.command("usageDays", { query: { month }, body: undefined }),
    relay.command("caps", { body: undefined }),
    relay.call("status", { body: undefined }),
  ]);
  return { month, rows, days, caps, confirmAbove, balance, held };
}
