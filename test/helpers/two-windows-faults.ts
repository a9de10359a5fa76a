import type { RelayClient } from "#domain/relay-client";
import type { Faults } from "./two-windows.ts";

/** A call without its types: faults break what the types promise. */
type LooseCall = (name: string, asked: { readonly body?: unknown }) => Promise<unknown>;

function breakCalls(change: (call: LooseCall) => LooseCall): (client: RelayClient) => RelayClient {
  return (client) => {
    const loose = client as unknown as { readonly call: LooseCall };
    const call = change((name, asked) => loose.call(name, asked));
    return { ...client, call } as unknown as RelayClient;
  };
}

/** Changes the built main code; throws where it is not as it was thought to be. */
function breakCode(pattern: RegExp, instead: string): (code: string) => string {
  return (code) => {
    const broken = code.replaceAll(pattern, instead);
    if (broken === code) throw new Error(`The main code has nothing like ${pattern.source}.`);
    return broken;
  };
}

/** A session that goes on without its lease. */
const ignoreClaims = breakCalls((call) => async (name, asked) => {
  try {
    return await call(name, asked);
  } catch (error) {
    if (name === "placementClaim") return {};
    throw error;
  }
});

/** What is never told to the relay. */
function withhold(outcome: "placed" | "removed") {
  return breakCalls((call) => (name, asked) => {
    const said = (asked.body as { readonly outcome?: string } | undefined)?.outcome;
    return said === outcome ? Promise.resolve({}) : call(name, asked);
  });
}

/** `found = page && findPlaced(page, content.record.pid)`, as it is minified. */
const markerCheck = /(\w+)=(\w+)&&\w+\(\2,\w+\.record\.pid\)/g;
/** `if (Date.now() >= content.leaseEndsAtMs)`, as it is minified. */
const leaseCheck = /Date\.now\(\)>=\w+\.leaseEndsAtMs/g;

/** What is broken, and in which words the promise that it breaks is missed. */
export const seededFaults: readonly (readonly [string, Faults, RegExp])[] = [
  ["a claim that is refused is passed over", { client: ignoreClaims }, /without its lease/],
  [
    "the end of a lease is not looked at",
    { mainCode: breakCode(leaseCheck, "!1") },
    /without its lease/,
  ],
  [
    "neither claims nor markers are looked at",
    { isLeaseFree: true, client: ignoreClaims, mainCode: breakCode(markerCheck, "$1=null") },
    /is in two layers/,
  ],
  [
    "what was placed is not told",
    { client: withhold("placed") },
    /Not placed: .* for the relay pending/,
  ],
  [
    "what was taken away is not told",
    { client: withhold("removed") },
    /Not gone: .* for the relay placed/,
  ],
];
