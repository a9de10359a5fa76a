import * as assetIndex from "../../../server/store/asset-index.ts";
import * as assetReferences from "../../../server/store/asset-references.ts";
import * as caps from "../../../server/store/caps.ts";
import * as attempts from "../../../server/store/attempts.ts";
import * as findAttempts from "../../../server/store/find-attempts.ts";
import * as fileFences from "../../../server/store/file-fences.ts";
import * as hooks from "../../../server/store/hooks.ts";
import * as hostedRuns from "../../../server/store/hosted-runs.ts";
import * as ledger from "../../../server/store/ledger.ts";
import * as members from "../../../server/store/members.ts";
import * as membership from "../../../server/store/membership.ts";
import * as newestResults from "../../../server/store/newest-results.ts";
import * as nodeRuns from "../../../server/store/node-runs.ts";
import * as readLedger from "../../../server/store/read-ledger.ts";
import * as pairing from "../../../server/store/pairing.ts";
import * as placements from "../../../server/store/placements.ts";
import * as quotes from "../../../server/store/quotes.ts";
import * as runEvents from "../../../server/store/run-events.ts";
import * as runListings from "../../../server/store/run-listings.ts";
import * as runs from "../../../server/store/runs.ts";
import * as spendingSettings from "../../../server/store/spending-settings.ts";
import * as usage from "../../../server/store/usage.ts";
import * as versions from "../../../server/store/versions.ts";
import * as workflows from "../../../server/store/workflows.ts";

const modules = {
  ...assetIndex,
  ...assetReferences,
  ...attempts,
  ...caps,
  ...fileFences,
  ...findAttempts,
  ...hooks,
  ...hostedRuns,
  ...ledger,
  ...members,
  ...membership,
  ...newestResults,
  ...nodeRuns,
  ...pairing,
  ...placements,
  ...quotes,
  ...readLedger,
  ...runEvents,
  ...runListings,
  ...runs,
  ...spendingSettings,
  ...usage,
  ...versions,
  ...workflows,
};

/** The names of every function that asks or changes the store. */
export const storeFunctions: readonly string[] = Object.entries(modules)
  .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
  .map(([name]) => name);

/** Functions that take no team: they find it (a token, a code), or serve the relay as a whole. */
export const withoutTeam = [
  "attemptByReference",
  "deviceSecret",
  "findDevice",
  "hashesIn",
  "openAttempts",
  "readAttempt",
  "readListing",
  "hostedRuns",
  "redeemCode",
  "waitingMembers",
];

/** Functions that {@link hostContract} asks. */
export const hosting = ["hostRun", "hostWaiting", "openWork"];
