import { join } from "node:path";
import { announcing } from "../assets/announce-bytes.ts";
import { claimFolder } from "../assets/claim-folder.ts";
import { retentionOf } from "../assets/retention-rule.ts";
import { sweepAssets, type Swept, type SweepReport } from "../assets/sweep.ts";
import { systemClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";
import { ensureTeam } from "../store/members.ts";
import { openPostgresStore } from "../store/open-postgres-store.ts";
import { openStore, type Store } from "../store/open-store.ts";
import { StoreLocked } from "../store/lock-folder.ts";
import { UsageError } from "./arguments.ts";
import type { Command } from "./command.ts";
import { openWayToBytes } from "./relay-bytes.ts";

/** `spaces sweep` */
export const sweepCommand: Command = {
  usage: ["[--dry-run]"],
  does: ["Takes away what nothing needs any more, or says what would go."],
  run: (words, { env, terminal }) => sweepBy(words, env, terminal.print),
};

/**
 * Sweeps as the words say and answers the exit code. Throws one sentence where a relay owns the folder:
 * that one sweeps by itself.
 */
export async function sweepBy(
  words: readonly string[],
  env: Env,
  print: (line: string) => void,
): Promise<number> {
  const [word, ...more] = words;
  const isDry = word === "--dry-run";
  if (more.length > 0 || (word !== undefined && !isDry)) {
    throw new UsageError("Only --dry-run can stand behind sweep.");
  }
  const store = await openOwnStore(env);
  try {
    const { isOwnStore, report } = await sweepOnce(store, env, isDry);
    for (const line of describe(report, env.retentionDays, isDry)) print(line);
    if (!isOwnStore) {
      print("The folder holds another relay's files; those that no team here has were left alone.");
    }
    return 0;
  } finally {
    await store.close();
  }
}

async function openOwnStore(env: Env): Promise<Store> {
  if (env.databaseUrl !== null) return openPostgresStore({ url: env.databaseUrl });
  try {
    return await openStore({ folder: env.folder, nowMs: systemClock.nowMs });
  } catch (error) {
    if (!(error instanceof StoreLocked)) throw error;
    throw new Error(
      "The relay that runs on this folder sweeps at its start and every six hours. Stop it to sweep now.",
      { cause: error },
    );
  }
}

async function sweepOnce(store: Store, env: Env, isDry: boolean) {
  const clock = systemClock;
  const relay = await store.transaction((transaction) => ensureTeam(transaction, "local", newId));
  const folder = join(env.folder, "assets");
  const way = openWayToBytes(env);
  const bytes = announcing(await way.open(folder, relay), { store, clock });
  const isOwnStore = env.s3 !== null || (await claimFolder(folder, relay));
  const retention = retentionOf(env.retentionDays);
  const report = await sweepAssets({ store, bytes, clock, retention, isOwnStore }, { isDry });
  await way.close();
  return { isOwnStore, report };
}

function describe(
  { unused, waiting, leftOver }: SweepReport,
  retentionDays: number,
  isDry: boolean,
): string[] {
  const verb = isDry ? "would go" : "went";
  const kept =
    retentionDays === 0
      ? "SPACES_RETENTION_DAYS is 0: what nothing needs is kept for ever."
      : `${total(unused)} that nothing needed for ${retentionDays} days ${verb}.`;
  return [
    kept,
    `${total(leftOver)} that no team has ${verb}.`,
    ...(waiting.files > 0 ? [`${total(waiting)} are not needed now and have time left.`] : []),
  ];
}

function total({ files, bytes }: Swept): string {
  return `${files} files of ${(bytes / 1e6).toFixed(1)} MB`;
}
