import { hooks } from "./hook-migration.ts";
import { fairness } from "./fairness-migration.ts";
import { attemptKeys, keyTables } from "./key-tables.ts";
import { money } from "./money-migration.ts";
import { retention } from "./retention-migration.ts";
import { spendingTables } from "./spending-tables.ts";
import type { SqlFlavour } from "./sql-flavour.ts";
import { workflowTable } from "./workflow-migration.ts";

/** A change of the tables; runs once, whole or not at all. Never edit one that has been released. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * Every change of the tables, in order, in the words of one database. What must never happen is
 * refused here and not only by the code: a second end of a hold, an account below zero, a second
 * run-end, a row of one team that belongs to the run of another.
 */
export function createMigrations(flavour: SqlFlavour): readonly Migration[] {
  return [
    { name: "1-straight-path", statements: straightPath(flavour) },
    { name: "2-placements", statements: placements(flavour) },
    { name: "3-share", statements: shareSecrets(flavour) },
    { name: "3-processes", statements: processes(flavour) },
    { name: "4-refunds", statements: refunds() },
    { name: "4-spending", statements: spendingTables(flavour) },
    { name: "5-fairness", statements: fairness(flavour) },
    { name: "6-retention", statements: retention(flavour) },
    { name: "7-hooks", statements: hooks(flavour) },
    { name: "8-keys", statements: keyTables(flavour) },
    { name: "9-attempt-keys", statements: attemptKeys() },
    { name: "9-money", statements: money(flavour) },
    { name: "10-workflows", statements: workflowTable(flavour) },
    { name: "11-credits", statements: credits() },
    { name: "12-team-runs", statements: teamRuns() },
    { name: "13-fewer-indexes", statements: fewerIndexes() },
  ];
}

const text = "TEXT NOT NULL";

function straightPath(flavour: SqlFlavour): string[] {
  return [
    ...people(flavour),
    ...results(flavour),
    ...runs(flavour),
    ...ledger(flavour),
    ...["transfer", "entry"].flatMap((table) => flavour.refuseRewrites(table)),
  ];
}

function people({ integer, tableEnd }: SqlFlavour): string[] {
  const int = `${integer} NOT NULL`;
  return [
    `CREATE TABLE team (id TEXT PRIMARY KEY, relay ${text}) ${tableEnd}`,
    `CREATE TABLE member (team ${text}, name ${text},
       role ${text} CHECK (role IN ('owner', 'member')), PRIMARY KEY (team, name)) ${tableEnd}`,
    `CREATE TABLE device (id TEXT PRIMARY KEY, team ${text}, member ${text}, name ${text},
       token_hash ${text} UNIQUE, secret ${text}, created_at ${int}, used_at ${int},
       expires_at ${int}, is_revoked ${int},
       FOREIGN KEY (team, member) REFERENCES member (team, name)) ${tableEnd}`,
    `CREATE TABLE pairing_code (code_hash TEXT PRIMARY KEY, team ${text}, member ${text},
       expires_at ${int}, tries ${int}, is_used ${int}) ${tableEnd}`,
  ];
}

function results({ integer, tableEnd }: SqlFlavour): string[] {
  const int = `${integer} NOT NULL`;
  return [
    `CREATE TABLE asset (team ${text}, hash ${text}, media_type ${text}, bytes ${int},
       width_px ${integer}, height_px ${integer}, duration_ms ${integer}, created_at ${int},
       PRIMARY KEY (team, hash)) ${tableEnd}`,
    `CREATE TABLE version (id TEXT PRIMARY KEY, team ${text}, file ${text}, node ${text},
       run ${text}, fingerprint ${text}, version ${text}, created_at ${int}, place ${int},
       UNIQUE (team, file, node, place)) ${tableEnd}`,
    // The count is a row of its own, so that two results of a node at once wait for each other.
    `CREATE TABLE version_count (team ${text}, file ${text}, node ${text}, last ${int},
       PRIMARY KEY (team, file, node)) ${tableEnd}`,
  ];
}

function runs({ integer, tableEnd }: SqlFlavour): string[] {
  const int = `${integer} NOT NULL`;
  const ofRun = "FOREIGN KEY (run, team) REFERENCES run (id, team)";
  return [
    `CREATE TABLE quote (id TEXT PRIMARY KEY, team ${text}, member ${text}, file ${text},
       request_hash ${text}, plan ${text}, credits ${int}, expires_at ${int}) ${tableEnd}`,
    `CREATE TABLE run (id TEXT PRIMARY KEY, team ${text}, key ${text}, key_hash ${text},
       member ${text}, file ${text}, graph ${text}, target ${text}, is_again ${int}, plan ${text},
       quote ${text}, state ${text} CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
       is_cancel_requested ${int}, credits ${int}, last_event ${int}, started_at ${int},
       ended_at ${integer}, UNIQUE (team, key), UNIQUE (id, team)) ${tableEnd}`,
    `CREATE INDEX run_by_file ON run (team, file, started_at)`,
    `CREATE INDEX run_by_state ON run (state, started_at)`,
    `CREATE TABLE node_run (team ${text}, run ${text}, node ${text},
       state ${text} CHECK (state IN ('waiting', 'running', 'done', 'failed', 'skipped', 'reused')),
       version TEXT, PRIMARY KEY (run, node), ${ofRun}) ${tableEnd}`,
    `CREATE TABLE event (team ${text}, run ${text}, number ${int}, at ${int}, is_end ${int},
       event ${text}, PRIMARY KEY (run, number), ${ofRun}) ${tableEnd}`,
    `CREATE UNIQUE INDEX event_one_end ON event (run) WHERE is_end = 1`,
    `CREATE TABLE attempt (id TEXT PRIMARY KEY, team ${text}, run ${text}, node ${text},
       call ${int}, try_number ${int}, provider ${text}, model ${text},
       recovery ${text} CHECK (recovery IN ('A', 'B', 'C', 'D')), reference ${text} UNIQUE,
       request_hash ${text}, state ${text} CHECK (state IN ('reserved', 'submitting', 'submitted',
         'stored', 'settled', 'failed', 'cancelled', 'unknown')),
       handle TEXT, seed ${int}, deadline_at ${int}, items TEXT, notes ${text},
       billed_credits ${integer}, failure TEXT, created_at ${int}, updated_at ${int},
       UNIQUE (run, node, call, try_number), ${ofRun}) ${tableEnd}`,
    `CREATE INDEX attempt_by_state ON attempt (state, created_at)`,
  ];
}

function ledger({ integer, tableEnd }: SqlFlavour): string[] {
  const int = `${integer} NOT NULL`;
  return [
    `CREATE TABLE account (name TEXT PRIMARY KEY, credits ${int},
       CHECK (credits >= 0 OR name LIKE 'house:%')) ${tableEnd}`,
    `CREATE TABLE transfer (id TEXT PRIMARY KEY, team ${text},
       kind ${text} CHECK (kind IN ('grant', 'hold', 'post', 'void')),
       hold TEXT REFERENCES transfer (id), run TEXT, node TEXT, call ${integer}, reason TEXT,
       credits ${int} CHECK (credits >= 0), created_at ${int},
       CHECK ((hold IS NOT NULL) = (kind IN ('post', 'void')))) ${tableEnd}`,
    `CREATE UNIQUE INDEX transfer_one_end ON transfer (hold) WHERE hold IS NOT NULL`,
    `CREATE INDEX transfer_by_node ON transfer (run, node)`,
    `CREATE TABLE entry (transfer ${text} REFERENCES transfer (id), account ${text},
       credits ${int} CHECK (credits <> 0), PRIMARY KEY (transfer, account)) ${tableEnd}`,
    `CREATE INDEX entry_by_account ON entry (account)`,
  ];
}

function placements({ integer, tableEnd }: SqlFlavour): string[] {
  const int = `${integer} NOT NULL`;
  return [
    `ALTER TABLE run ADD COLUMN session TEXT`,
    `CREATE TABLE placement (team ${text}, pid ${text}, file ${text}, node ${text}, run ${text},
       version ${text} REFERENCES version (id), port ${text}, item ${int}, attempt ${int},
       state ${text} CHECK (state IN ('pending', 'placed', 'orphaned', 'removed')),
       layer TEXT, session TEXT, lease_session TEXT, lease_until ${integer}, made_at ${int},
       revision ${int}, PRIMARY KEY (team, pid), UNIQUE (version, item, attempt),
       FOREIGN KEY (run, team) REFERENCES run (id, team),
       CHECK ((lease_session IS NULL) = (lease_until IS NULL)),
       CHECK (state = 'pending' OR lease_session IS NULL)) ${tableEnd}`,
    `CREATE INDEX placement_by_state ON placement (team, file, state, made_at)`,
    `CREATE TABLE file_fence (team ${text}, file ${text}, generation ${int}, name ${text},
       file_key TEXT, session ${text}, opened_at ${int}, PRIMARY KEY (team, file)) ${tableEnd}`,
    `CREATE TABLE file_session (team ${text}, file ${text}, session ${text}, generation ${int},
       seen_at ${int}, PRIMARY KEY (team, file, session)) ${tableEnd}`,
  ];
}

function processes({ integer, tableEnd }: SqlFlavour): string[] {
  const int = `${integer} NOT NULL`;
  const ofProcess = "FOREIGN KEY (process) REFERENCES relay_process (id) ON DELETE CASCADE";
  return [
    // Two presses at once in two processes: the second one meets this and shares the first one's run.
    `CREATE UNIQUE INDEX run_asked_once ON run (team, key_hash)
       WHERE state = 'running' AND is_cancel_requested = 0`,
    `CREATE TABLE relay_process (id TEXT PRIMARY KEY, until ${int}) ${tableEnd}`,
    `CREATE TABLE provider_place (provider ${text}, place ${int}, process ${text},
       PRIMARY KEY (provider, place), ${ofProcess}) ${tableEnd}`,
    `CREATE INDEX provider_place_by_process ON provider_place (process)`,
    `CREATE TABLE run_turn (run TEXT PRIMARY KEY, process ${text}, ${ofProcess}) ${tableEnd}`,
    `CREATE INDEX run_turn_by_process ON run_turn (process)`,
  ];
}

/** What was given back of late is counted whenever somebody looks at the figures. */
function refunds(): string[] {
  return [`CREATE INDEX transfer_voided ON transfer (created_at) WHERE kind = 'void'`];
}

/** What has to be said of a picture of a stock library, as JSON. */
function credits(): string[] {
  return [`ALTER TABLE asset ADD COLUMN credit TEXT`];
}

/** A team's newest runs are found without reading what the others asked for. */
function teamRuns(): string[] {
  return [`CREATE INDEX run_by_team ON run (team, started_at, id)`];
}

/** Who asks for runs by their state asks for those of one or both kinds of host, which run_by_host answers. */
function fewerIndexes(): string[] {
  return [`DROP INDEX run_by_state`];
}

function shareSecrets({ tableEnd }: SqlFlavour): string[] {
  return [`CREATE TABLE share_secret (team TEXT PRIMARY KEY, secret ${text}) ${tableEnd}`];
}
