import { afterEach, describe } from "vitest";
import type { Store } from "../../server/store/open-store.ts";
import { attemptContract } from "./store/attempt-contract.ts";
import { hookContract } from "./store/hook-contract.ts";
import { hostContract } from "./store/host-contract.ts";
import { figuresContract } from "./store/figures-contract.ts";
import { nodeRunContract } from "./store/node-run-contract.ts";
import { isolationContract } from "./store/isolation-contract.ts";
import { keyContract } from "./store/key-contract.ts";
import { ledgerContract } from "./store/ledger-contract.ts";
import { ledgerProgramContract } from "./store/ledger-program-contract.ts";
import { membershipContract } from "./store/membership-contract.ts";
import { peopleContract } from "./store/people-contract.ts";
import { placementContract } from "./store/placement-contract.ts";
import { rateContract } from "./store/rate-contract.ts";
import { referenceContract } from "./store/reference-contract.ts";
import { resultContract } from "./store/result-contract.ts";
import { retentionContract } from "./store/retention-contract.ts";
import type { OpenEmptyStore } from "./store/rows.ts";
import { runContract } from "./store/run-contract.ts";
import { shareContract } from "./store/share-contract.ts";
import { spendingContract } from "./store/spending-contract.ts";
import { usageContract } from "./store/usage-contract.ts";
import { textContract } from "./store/text-contract.ts";

/**
 * What every database under the relay must do alike. `open` gives a store with the released tables and
 * nothing in them; it is closed here, if not before.
 */
export function storeContract(name: string, open: OpenEmptyStore): void {
  describe(`the store on ${name}`, () => {
    const opened = new Set<Store>();
    const close = async (store: Store) => {
      if (opened.delete(store)) await store.close();
    };
    afterEach(async () => {
      for (const store of opened) await close(store);
    });
    const openClosing: OpenEmptyStore = async () => {
      const store = await open();
      opened.add(store);
      return { ...store, close: () => close(store) };
    };
    ledgerContract(openClosing);
    ledgerProgramContract(openClosing);
    runContract(openClosing);
    hostContract(openClosing);
    rateContract(openClosing);
    attemptContract(openClosing);
    resultContract(openClosing);
    placementContract(openClosing);
    peopleContract(openClosing);
    membershipContract(openClosing);
    shareContract(openClosing);
    hookContract(openClosing);
    keyContract(openClosing);
    referenceContract(openClosing);
    retentionContract(openClosing);
    spendingContract(openClosing);
    usageContract(openClosing);
    textContract(openClosing);
    figuresContract(openClosing);
    nodeRunContract(openClosing);
    isolationContract(openClosing);
  });
}
