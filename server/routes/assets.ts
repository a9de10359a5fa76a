import { maxAssetBytes } from "#domain/asset";
import type { Received } from "../assets/receive-asset.ts";
import type { Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import { findAsset } from "../store/asset-index.ts";
import { reviveAssets } from "../store/asset-references.ts";
import { answerAsset, findForm, readHash } from "./answer-asset.ts";
import type { RouteParts } from "./route-parts.ts";

/** Which of these the team does not have; the others are kept for their whole time from now. */
export function assetsMissing(parts: RouteParts): Handler<"assetsMissing"> {
  return async ({ caller, body }) => ({
    missing: await reviveAssets(parts.store.database, caller.team, body.hashes),
  });
}

/** Takes bytes under their hash; what the team has already is not read again. */
export function assetPut(parts: RouteParts): Handler<"assetPut"> {
  return async ({ caller, path, stream, signal }) => {
    const expectedHash = readHash(path["hash"]);
    await reviveAssets(parts.store.database, caller.team, [expectedHash]);
    const known = await findAsset(parts.store.database, caller.team, expectedHash);
    if (known && (await parts.assets.bytes.has(expectedHash))) {
      await stream?.cancel();
      return known;
    }
    if (!stream) throw new Refusal("request-invalid", "The upload has no bytes.");
    const limits = { maxBytes: maxAssetBytes, expectedHash, signal: signal() };
    const received = await parts.assets.receive(caller.team, stream, limits);
    if (received.kind === "refused") throw refusalOf(received);
    return received.asset;
  };
}

/** The bytes of one of the team's assets: whole, a range, or a picture as Figma takes it. */
export function assetGet(parts: RouteParts): Handler<"assetGet"> {
  return async ({ caller, path, query, header }) =>
    answerAsset(parts, await findForm(parts, caller.team, readHash(path["hash"]), query), header);
}

/** Why bytes were not taken, as the relay says it. */
export function refusalOf({ code, sentence }: Extract<Received, { kind: "refused" }>): Refusal {
  switch (code) {
    case "too-large":
      return new Refusal("too-large", sentence);
    case "hash-mismatch":
      return new Refusal("request-invalid", sentence);
    case "empty":
    case "type-unsupported":
    case "unreadable":
    case "too-many-pixels":
    case "too-heavy":
      return new Refusal("asset-refused", sentence);
  }
}
