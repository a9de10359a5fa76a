import { packStored } from "../../figma/api/stored-value.ts";

/** The key of clientStorage under which the plugin finds an offer to pair by itself. */
const offerKey = "spaces/pairing-offer";
/** Where this tab remembers the code that it offered last: a code is good once. */
const offeredKey = "spaces-playground-offered-code";

/**
 * Takes the pairing code out of the address (`#code=…`, which no server ever sees) and offers it to the
 * plugin: JSON with the relay's address and the code. The address bar is cleared. A code that this tab
 * offered before is used by now: the pairing that it gave stays.
 */
export function takePairingOffer(storage: Map<string, string>): void {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code === null) return;
  history.replaceState(null, "", location.pathname + location.search);
  const isNew = sessionStorage.getItem(offeredKey) !== code;
  if (!isNew || !/^[\w-]{4,40}$/.test(code)) return;
  sessionStorage.setItem(offeredKey, code);
  storage.set(
    offerKey,
    packStored(JSON.stringify({ address: `http://localhost:${location.port}`, code })),
  );
}
