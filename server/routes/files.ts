import { giveGeneration, judgeOpening, type FileFence } from "#domain/file-fence";
import type { Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import type { Transaction } from "../store/database.ts";
import { findFence, findSession, saveFence, saveSession } from "../store/file-fences.ts";
import type { RouteParts } from "./route-parts.ts";

/** What these routes work with. */
type FileParts = Pick<RouteParts, "store" | "clock">;

/** Lets a session into a file, or tells which other file was opened under the same id. */
export function fileOpen(parts: FileParts): Handler<"fileOpen"> {
  return ({ caller: { team }, body }) =>
    parts.store.transaction(async (transaction) => {
      const nowMs = parts.clock.nowMs();
      const known = await findFence(transaction, team, body.file);
      const given = await findSession(transaction, team, body.file, body.session);
      const { isOpen, fence } = judgeOpening(known, body, given !== null, nowMs);
      const { name, openedAtMs, generation } = fence;
      if (!isOpen) return { verdict: "behind", name, openedAtMs };
      if (fence !== known) await keepFence(transaction, team, body.file, fence);
      await saveSession(transaction, team, body.file, { ...body, generation, nowMs });
      return { verdict: "open", generation };
    });
}

/** Keeps the id for this file; whoever opens another one under it is asked next. */
export function fileKeep(parts: FileParts): Handler<"fileKeep"> {
  return ({ caller: { team }, body }) =>
    parts.store.transaction(async (transaction) => {
      const nowMs = parts.clock.nowMs();
      const known = await findFence(transaction, team, body.file);
      const fence = giveGeneration(known, body, nowMs);
      const { generation } = fence;
      await keepFence(transaction, team, body.file, fence);
      await saveSession(transaction, team, body.file, { ...body, generation, nowMs });
      return { generation };
    });
}

async function keepFence(
  transaction: Transaction,
  team: string,
  file: string,
  fence: FileFence,
): Promise<void> {
  if (await saveFence(transaction, team, file, fence)) return;
  throw new Refusal("conflict", "The file was opened elsewhere at the same moment. Try again.");
}
