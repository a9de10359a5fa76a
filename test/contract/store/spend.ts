import { monthOf } from "#domain/month";
import { hold, post, voidHold } from "../../../server/store/ledger.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { nowMs } from "./rows.ts";

/** The team that spends. */
export const team = "red";
/** The month in which it does. */
export const month = monthOf(nowMs);

/** Holds credits for a call, and notes what it is expected to cost in dollars. */
export const holdFor = (
  store: Store,
  run: string,
  id: string,
  credits: number,
  call = 0,
  microDollars = 0,
) =>
  store.transaction((transaction) =>
    hold(transaction, team, { id, run, node: "1:2", call, credits, microDollars, nowMs }),
  );
/** Pays a hold. */
export const payOn = (
  store: Store,
  id: string,
  credits: number,
  atMs = nowMs,
  overrun = 0,
  microDollars = 0,
) =>
  store.transaction((transaction) =>
    post(transaction, team, { hold: id, credits, microDollars, overrun, nowMs: atMs }),
  );
/** Gives a hold back. */
export const giveBack = (store: Store, id: string, atMs = nowMs, houseLoss = 0, microDollars = 0) =>
  store.transaction((transaction) =>
    voidHold(transaction, team, { hold: id, houseLoss, microDollars, nowMs: atMs }),
  );
