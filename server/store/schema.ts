import type { WorkflowRow } from "./workflow-migration.ts";
import type { SpendingSchema } from "./spending-tables.ts";

/**
 * The tables of the relay. Times are milliseconds since 1970, money is whole credits and, where it is paid
 * straight to providers, whole micro-dollars; JSON is text
 * that is parsed by its schema on every read; flags are 0 or 1, so that both databases agree.
 */
export interface Schema extends SpendingSchema {
  team: { id: string; relay: string };
  member: { team: string; name: string; role: string };
  device: {
    id: string;
    team: string;
    member: string;
    name: string;
    token_hash: string;
    secret: string;
    created_at: number;
    used_at: number;
    expires_at: number;
    is_revoked: number;
  };
  pairing_code: {
    code_hash: string;
    team: string;
    member: string;
    expires_at: number;
    tries: number;
    is_used: number;
  };
  asset: {
    team: string;
    hash: string;
    media_type: string;
    bytes: number;
    width_px: number | null;
    height_px: number | null;
    duration_ms: number | null;
    created_at: number;
    /** Since when nothing refers to it, as far as the sweep has seen; null while something does. */
    unused_since: number | null;
    /** What has to be said of it, as JSON (StockCredit). */
    credit: string | null;
  };
  /** What needs an asset; while there is such a row the database itself keeps the asset's. */
  asset_reference: { team: string; hash: string; kind: string; owner: string };
  /** A picture that was made of an asset, which is its source. */
  derived_asset: { team: string; hash: string; source: string };
  /**
   * Bytes that are in the asset store or on their way into it, whatever the team; while they are being
   * taken out `leaving_until` says until when at the latest.
   */
  asset_bytes: { hash: string; kept_at: number; leaving_until: number | null };
  /** From which results a result was made. */
  version_parent: { team: string; version: string; node: string; parent: string };
  /** Under which the share links of a team are made; another one ends them all. */
  share_secret: { team: string; secret: string };
  /** Under which the addresses for a team's webhooks are made. */
  hook_secret: { team: string; secret: string };
  /** A webhook that was taken, by a hash of its sender and id, so that sent again it does nothing. */
  hook_seen: { team: string; hash: string; at: number };
  /** A key for a provider; `sealed` and what may be shown of it are gone once it was removed. */
  provider_key: {
    team: string;
    provider: string;
    version: number;
    sealed: string | null;
    last_four: string;
    set_at: number;
    /** When another took its place or it was removed; null for the one in use. */
    ended_at: number | null;
  };
  quote: {
    id: string;
    team: string;
    member: string;
    file: string;
    request_hash: string;
    plan: string;
    credits: number;
    micro_dollars: number;
    expires_at: number;
    /** 1 where the start needs a second confirmation. */
    is_large: number;
  };
  run: {
    id: string;
    team: string;
    key: string;
    key_hash: string;
    member: string;
    file: string;
    graph: string;
    target: string;
    is_again: number;
    plan: string;
    quote: string;
    state: string;
    is_cancel_requested: number;
    credits: number;
    micro_dollars: number;
    last_event: number;
    started_at: number;
    ended_at: number | null;
    /** Which panel pressed Run; null where it did not say. */
    session: string | null;
    /** How many calls its plan makes. */
    calls: number;
    /** 1 once the engine has it in hand; before, it waits for earlier runs of the same member. */
    is_hosted: number;
  };
  node_run: {
    team: string;
    run: string;
    node: string;
    state: string;
    version: string | null;
  };
  event: {
    team: string;
    run: string;
    number: number;
    at: number;
    /** 1 for run-end, of which a run has one. */
    is_end: number;
    event: string;
  };
  attempt: {
    id: string;
    team: string;
    run: string;
    node: string;
    call: number;
    try_number: number;
    provider: string;
    model: string;
    recovery: string;
    reference: string;
    request_hash: string;
    key_version: string | null;
    state: string;
    handle: string | null;
    seed: number;
    deadline_at: number;
    items: string | null;
    notes: string;
    billed_credits: number | null;
    /** What the provider said that it took on the team's own account; null where it said nothing. */
    billed_micro_dollars: number | null;
    failure: string | null;
    created_at: number;
    updated_at: number;
  };
  workflow: WorkflowRow;
  version_count: { team: string; file: string; node: string; last: number };
  version: {
    id: string;
    team: string;
    file: string;
    node: string;
    run: string;
    fingerprint: string;
    version: string;
    created_at: number;
    /** Grows with every version; decides which is the newest. */
    place: number;
  };
  placement: {
    team: string;
    pid: string;
    file: string;
    node: string;
    run: string;
    version: string;
    port: string;
    /** Which of the version's items, from 0. */
    item: number;
    attempt: number;
    state: string;
    layer: string | null;
    session: string | null;
    lease_session: string | null;
    lease_until: number | null;
    made_at: number;
    /** Grows with every change, so that a change made in between is noticed. */
    revision: number;
  };
  file_fence: {
    team: string;
    file: string;
    generation: number;
    name: string;
    file_key: string | null;
    session: string;
    opened_at: number;
  };
  file_session: {
    team: string;
    file: string;
    session: string;
    /** The newest generation that the session showed or was given. */
    generation: number;
    seen_at: number;
  };
  /** A relay process that shares the database with others; `until` is when it counts as dead. */
  relay_process: { id: string; until: number };
  /** A call of a provider that a process may make now. */
  provider_place: { provider: string; place: number; process: string; call: string | null };
  /** The line before a provider: how many came and were served, and until when nobody is. */
  provider_line: { provider: string; arrived: number; served: number; paused_until: number };
  /** When a member had a place at a provider last, counted in places given. */
  provider_served: { provider: string; team: string; member: string; served: number };
  /** A call that waits for a place; it goes with its process. */
  provider_wait: {
    id: string;
    provider: string;
    team: string;
    member: string;
    arrived: number;
    starts_call: number;
    process: string;
  };
  /** When a provider with a rate was asked, for as long as it counts. */
  provider_start: { provider: string; number: number; at: number };
  /** The process that works on a run. */
  run_turn: { run: string; process: string };
  account: { name: string; credits: number };
  transfer: {
    id: string;
    team: string;
    kind: string;
    hold: string | null;
    run: string | null;
    node: string | null;
    call: number | null;
    reason: string | null;
    credits: number;
    /**
     * What a call costs on the team's own account, beside the ledger: with its hold what is expected, with
     * the end what it came to. No account has it.
     */
    micro_dollars: number;
    created_at: number;
  };
  entry: { transfer: string; account: string; credits: number };
  migration: { name: string; place: number };
}
