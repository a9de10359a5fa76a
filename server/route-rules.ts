import { maxAssetBytes } from "#domain/asset";
import { consoleRules } from "./console-rules.ts";
import type { RouteName } from "./declared-routes.ts";

/** What the relay alone has to know of a route. */
export interface RouteRules {
  /** What it does, for the OpenAPI document. */
  readonly summary: string;
  /**
   * Only pairing, its proof and what an address opens that is itself the token are open to anyone;
   * what concerns people, keys and credits is the owner's.
   */
  readonly access: "anyone" | "member" | "owner";
  /** Asked by whoever watches over the relay: answered also while it stops. */
  readonly isProbe?: boolean;
  /** A longer body is refused before anything is read; 16 kB where nothing is said. */
  readonly maxBodyBytes?: number;
  /** The headers it asks for, by name, and what they hold. */
  readonly headers?: Readonly<Record<string, string>>;
}

const graphBodyBytes = 1024 * 1024;

/** The rules of every route; the compiler asks for the missing one. */
export const routeRules = {
  ...consoleRules,
  hello: {
    summary: "Proves that this relay is the one that was paired, before a token is sent to it.",
    access: "anyone",
  },
  pair: {
    summary: "Exchanges the code shown by the relay for a token of this device.",
    access: "anyone",
  },
  status: {
    summary: "Who is asking, the team's credits, and the relay's version.",
    access: "member",
  },
  models: {
    summary: "Every model, with its limits, settings and price, and what is missing to run it.",
    access: "member",
  },
  assetsMissing: {
    summary: "Which of these assets the relay does not have yet.",
    access: "member",
    maxBodyBytes: 256 * 1024,
  },
  assetPut: {
    summary: "Uploads bytes under their SHA-256. Answers at once when they are already there.",
    access: "member",
    maxBodyBytes: maxAssetBytes,
  },
  assetGet: {
    summary: "The bytes of an asset, whole or a range of them.",
    access: "member",
  },
  quote: {
    summary: "Plans a run and promises its price. Nothing is spent.",
    access: "member",
    maxBodyBytes: graphBodyBytes,
  },
  runStart: {
    summary: "Starts what a quote promised. The same Idempotency-Key gives the same run.",
    access: "member",
    headers: { "Idempotency-Key": "8 to 200 characters, new for each press of Run" },
    maxBodyBytes: graphBodyBytes,
  },
  runList: {
    summary: "The newest runs of a file, newest first.",
    access: "member",
  },
  runGet: {
    summary: "A run as it stands.",
    access: "member",
  },
  runEvents: {
    summary: "The run's numbered events as a stream, from Last-Event-ID on; ends with run-end.",
    access: "member",
    headers: { "Last-Event-ID": "the number of the last event that arrived" },
  },
  runCancel: {
    summary: "Stops a run. What a provider has already made is kept.",
    access: "member",
  },
  versions: {
    summary: "The kept results of a node, newest first.",
    access: "member",
  },
  versionsNewest: {
    summary: "The newest kept result of each of these nodes that has one.",
    access: "member",
    maxBodyBytes: 512 * 1024,
  },
  openapi: {
    summary: "This list as an OpenAPI 3.1 document.",
    access: "member",
  },
  shareLink: {
    summary: "The address under which anyone who is given it sees one of the team's assets.",
    access: "member",
  },
  sharesEnd: {
    summary: "Ends every share link of the team. Links that are asked for from then on open again.",
    access: "member",
  },
  workflows: {
    summary: "The team's own ComfyUI workflows, and whether they can run.",
    access: "member",
  },
  workflowRead: {
    summary: "What of a ComfyUI workflow can be shown and filled, and what is missing to run it.",
    access: "owner",
    maxBodyBytes: graphBodyBytes,
  },
  workflowSave: {
    summary: "Keeps a ComfyUI workflow as a model of the team.",
    access: "owner",
    maxBodyBytes: graphBodyBytes,
  },
  workflowRemove: {
    summary: "Takes a ComfyUI workflow away.",
    access: "owner",
  },
  healthz: {
    summary: "Whether the relay's process is alive. Nothing else is told.",
    access: "anyone",
    isProbe: true,
  },
  readyz: {
    summary:
      "Whether the relay takes requests; where it does not, the names of the parts that are missing.",
    access: "anyone",
    isProbe: true,
  },
  usage: {
    summary: "What was spent, by month, member, file and model; to a member their own.",
    access: "member",
  },
  caps: {
    summary:
      "The caps by month with what counts against them, and the price that is confirmed twice.",
    access: "member",
  },
  capSet: {
    summary: "Sets or ends a cap by month.",
    access: "owner",
  },
  confirmAboveSet: {
    summary: "Sets the price above which a run is confirmed twice.",
    access: "owner",
  },
  sharePage: {
    summary: "A page that shows a shared asset. Anyone may: the address itself is the token.",
    access: "anyone",
  },
  shareFile: {
    summary:
      "The bytes of a shared asset, whole or a range of them. Anyone may: the address itself is the token.",
    access: "anyone",
  },
  shareEmbed: {
    summary:
      "How to embed a shared asset, for link previews. Anyone may: the address itself is the token.",
    access: "anyone",
  },
  hook: {
    summary:
      "A provider tells that there is news of a call; it is asked then. Anyone may: the address itself is the token.",
    access: "anyone",
    maxBodyBytes: 256 * 1024,
  },
  placements: {
    summary:
      "The results of a file that wait to be placed, oldest first, at most 200, and the time.",
    access: "member",
  },
  placementClaim: {
    summary:
      "Gives a session alone the right to place a result, for a minute; asked again, from then on. Says not-allowed to one that must open the file again first.",
    access: "member",
  },
  placementEnd: {
    summary: "Tells what became of a placement. A conflict asks to look at the canvas again.",
    access: "member",
  },
  placeAgain: {
    summary: "Wishes for one item of a kept result on the canvas again.",
    access: "member",
  },
  fileOpen: {
    summary:
      "Gives a session the generation to write into its file, or tells which file was opened last.",
    access: "member",
  },
  fileKeep: {
    summary: "Keeps the history for this file; the other one that shares it is asked next.",
    access: "member",
  },
  keys: {
    summary: "Which providers have a key: its last four characters and when it was set, no more.",
    access: "owner",
  },
  keySet: {
    summary:
      "Seals a key for a provider. It never comes out again; runs that are open keep theirs.",
    access: "owner",
  },
  keyRemove: {
    summary: "Takes a provider's key away.",
    access: "owner",
  },
  keyTry: {
    summary: "Tries a provider's key by a request that costs nothing.",
    access: "owner",
  },
  keysReseal: {
    summary: "Seals every key under a new data key. Broken off, it is finished by asking again.",
    access: "owner",
  },
  members: {
    summary: "Who may use the relay, and how many devices they have paired.",
    access: "owner",
  },
  memberInvite: {
    summary: "Makes somebody a member and a pairing code for them, good once and for five minutes.",
    access: "owner",
  },
  stockLibraries: {
    summary: "The stock libraries that the team has a key of.",
    access: "member",
  },
  stockThumb: {
    summary: "A small picture that a search of a stock library found.",
    access: "member",
  },
  stockSearch: {
    summary:
      "Searches a stock library for pictures. The same search is answered from memory for a day.",
    access: "member",
  },
  stockTake: {
    summary: "Takes a picture of a stock library into the team's assets, with its credit.",
    access: "member",
  },
  memberRemove: {
    summary: "Takes a member out: their devices get in no more. What they ran stays.",
    access: "owner",
  },
} as const satisfies Record<RouteName, RouteRules>;
