import type { Capped } from "#domain/cap";
import { monthOf, monthsWithin } from "#domain/month";
import type { Caller, Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import { listCaps, setCap } from "../store/caps.ts";
import { findFence } from "../store/file-fences.ts";
import { roleOf } from "../store/members.ts";
import { listRuns } from "../store/run-listings.ts";
import { confirmAbove, setConfirmAbove } from "../store/spending-settings.ts";
import { usageByDay, usageOf } from "../store/usage.ts";
import type { RouteParts } from "./route-parts.ts";

/** What the routes of spending work with. */
type SpendingParts = Pick<RouteParts, "store" | "clock">;

const dayMs = 24 * 60 * 60_000;
/** More months at once than anybody looks at; each is a query of its own. */
const mostMonths = 120;

/** Who spent what: the owner sees everyone's, a member their own. */
export function usage({ store, clock }: SpendingParts): Handler<"usage"> {
  return async ({ caller, query }) => {
    const nowMs = clock.nowMs();
    const fromMs = query.from === undefined ? monthOf(nowMs).fromMs : dayOf(query.from);
    const untilMs = query.to === undefined ? nowMs + 1 : dayOf(query.to) + dayMs;
    if (untilMs < fromMs) throw new Refusal("request-invalid", "That time ends before it begins.");
    if (
      untilMs - fromMs > mostMonths * 28 * dayMs &&
      monthsWithin(fromMs, untilMs).length > mostMonths
    ) {
      throw new Refusal("request-invalid", `Ask for at most ${mostMonths} months at once.`);
    }
    const isOwner = await isOwnerOf({ store }, caller);
    const member = isOwner ? null : caller.member;
    const rows = await usageOf(store.database, caller.team, { fromMs, untilMs, member });
    return { rows: rows.map((row) => (isOwner ? row : { ...row, houseLoss: null })) };
  };
}

/** Who spent what on which day of a month: the owner sees everyone's, a member their own. */
export function usageDays({ store }: SpendingParts): Handler<"usageDays"> {
  return async ({ caller, query }) => {
    const month = monthOf(dayOf(`${query.month}-01`));
    const member = (await isOwnerOf({ store }, caller)) ? null : caller.member;
    return { days: await usageByDay(store.database, caller.team, { ...month, member }) };
  };
}

/** The caps that there are: the owner sees all, a member the team's, the files' and their own. */
export function caps({ store, clock }: SpendingParts): Handler<"caps"> {
  return async ({ caller }) => {
    const all = await listCaps(store.database, caller.team, clock.nowMs());
    const isOwner = await isOwnerOf({ store }, caller);
    const shown = all.filter(
      ({ kind, name }) => isOwner || kind !== "member" || name === caller.member,
    );
    const caps = [];
    for (const cap of shown) caps.push({ ...cap, fileName: await fileNameOf(store, caller, cap) });
    return { caps, confirmAbove: await confirmAbove(store.database, caller.team) };
  };
}

async function fileNameOf(
  { database }: SpendingParts["store"],
  { team }: Caller,
  { kind, name }: Capped,
): Promise<string | null> {
  return kind === "file" ? ((await findFence(database, team, name))?.name ?? null) : null;
}

/** Sets or ends a cap. */
export function capSet({ store }: SpendingParts): Handler<"capSet"> {
  return async ({ caller, body: { most, ...capped } }) => {
    if (most !== null) await checkKnown({ store }, caller.team, capped);
    const named = capped.kind === "team" ? { ...capped, name: "" } : capped;
    await store.transaction((transaction) => setCap(transaction, caller.team, named, most));
    return {};
  };
}

/** Chooses the price that is confirmed twice. */
export function confirmAboveSet({ store }: SpendingParts): Handler<"confirmAboveSet"> {
  return async ({ caller, body: { most, unit } }) => {
    await store.transaction((transaction) => setConfirmAbove(transaction, caller.team, most, unit));
    return {};
  };
}

async function isOwnerOf(
  { store }: Pick<SpendingParts, "store">,
  caller: Caller,
): Promise<boolean> {
  return (await roleOf(store.database, caller.team, caller.member)) === "owner";
}

/** A cap on a name that is written wrongly would cap nobody. */
async function checkKnown(
  { store: { database } }: Pick<SpendingParts, "store">,
  team: string,
  { kind, name }: Capped,
): Promise<void> {
  if (kind === "member" && (await roleOf(database, team, name)) === null) {
    throw new Refusal("not-found", `The team has no member "${name}".`);
  }
  if (kind !== "file" || (await findFence(database, team, name))) return;
  if ((await listRuns(database, team, name, 1)).length > 0) return;
  const sentence = `No file "${name}" was opened or run here; "spaces usage" names the files.`;
  throw new Refusal("not-found", sentence);
}

/** The first moment of a day (UTC); a day that is in no calendar is refused. */
function dayOf(day: string): number {
  const atMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(atMs) || new Date(atMs).toISOString().slice(0, 10) !== day) {
    throw new Refusal("request-invalid", `${day} is no day of the calendar.`);
  }
  return atMs;
}
