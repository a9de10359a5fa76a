import type { Handlers } from "../handler.ts";
import { assetGet, assetPut, assetsMissing } from "./assets.ts";
import { openapi } from "./openapi.ts";
import { fileKeep, fileOpen } from "./files.ts";
import { hook } from "./hooks.ts";
import { keyRemove, keys, keySet, keysReseal, keyTry } from "./keys.ts";
import { healthz, readyz } from "./health.ts";
import { capSet, caps, confirmAboveSet, usage, usageDays } from "./spending.ts";
import { hello, pair, unpair } from "./pairing.ts";
import { memberInvite, memberRemove, members } from "./members.ts";
import { placeAgain, placementClaim, placementEnd, placements } from "./placements.ts";
import type { RouteParts } from "./route-parts.ts";
import { runEvents } from "./run-events.ts";
import { allResults, allRuns, runNodes } from "./all-runs.ts";
import { quote, runCancel, runGet, runList, runStart, versions, versionsNewest } from "./runs.ts";
import { shareEmbed, shareFile, shareLink, sharePage, sharesEnd } from "./share.ts";
import { models, status } from "./status.ts";
import { stockLibraries, stockSearch, stockTake } from "./stock.ts";
import { stockThumb } from "./stock-thumb.ts";
import { workflowRead, workflowRemove, workflows, workflowSave } from "./workflows.ts";

/** The handler of every route. */
export function createHandlers(parts: RouteParts): Handlers {
  return {
    hello: hello(parts),
    pair: pair(parts),
    unpair: unpair(parts),
    status: status(parts),
    models: models(parts),
    assetsMissing: assetsMissing(parts),
    assetPut: assetPut(parts),
    assetGet: assetGet(parts),
    shareLink: shareLink(parts),
    sharesEnd: sharesEnd(parts),
    usage: usage(parts),
    usageDays: usageDays(parts),
    caps: caps(parts),
    capSet: capSet(parts),
    confirmAboveSet: confirmAboveSet(parts),
    sharePage: sharePage(parts),
    shareFile: shareFile(parts),
    shareEmbed: shareEmbed(parts),
    quote: quote(parts),
    runStart: runStart(parts),
    runList: runList(parts),
    allRuns: allRuns(parts),
    allResults: allResults(parts),
    runNodes: runNodes(parts),
    runGet: runGet(parts),
    runEvents: runEvents(parts),
    runCancel: runCancel(parts),
    versions: versions(parts),
    versionsNewest: versionsNewest(parts),
    placements: placements(parts),
    placementClaim: placementClaim(parts),
    placementEnd: placementEnd(parts),
    placeAgain: placeAgain(parts),
    fileOpen: fileOpen(parts),
    fileKeep: fileKeep(parts),
    hook: hook(parts),
    keys: keys(parts.keys),
    keySet: keySet(parts.keys),
    keyRemove: keyRemove(parts.keys),
    keyTry: keyTry(parts.keys),
    keysReseal: keysReseal(parts.keys),
    members: members(parts),
    memberInvite: memberInvite(parts),
    memberRemove: memberRemove(parts),
    stockLibraries: stockLibraries(parts),
    stockSearch: stockSearch(parts),
    stockThumb: stockThumb(parts),
    stockTake: stockTake(parts),
    workflows: workflows(parts),
    workflowRead: workflowRead(parts),
    workflowSave: workflowSave(parts),
    workflowRemove: workflowRemove(parts),
    healthz: healthz(),
    readyz: readyz(parts),
    openapi: openapi(parts),
  };
}
