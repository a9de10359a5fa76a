import type { Egress } from "../egress.ts";
import type { Handler, HandlerAnswer } from "../handler.ts";
import { DataKeyError } from "../keys/data-keys.ts";
import { forgetKey, setKey, showKeys, type KeyKeeperParts } from "../keys/key-keeper.ts";
import { findKeyProvider, keyProviders, type KeyProvider } from "../keys/key-providers.ts";
import { KeyUnreadable, type KeyRing } from "../keys/key-ring.ts";
import { noKeySentence, readKey } from "../keys/read-key.ts";
import { rekey } from "../keys/rekey.ts";
import { tryKey } from "../keys/try-key.ts";
import { Refusal } from "../refusal.ts";

/** What the routes of keys work with. */
export interface KeyParts {
  readonly keeper: KeyKeeperParts;
  readonly ring: KeyRing;
  readonly egress: Pick<Egress, "withKey">;
  /** The origins of the servers that the owner runs, by the id of their provider. */
  readonly ownServers: ReadonlyMap<string, string>;
}

/** How the team stands with every provider. */
export function keys({ keeper }: KeyParts): Handler<"keys"> {
  return async ({ caller }) => ({ keys: await showKeys(keeper, caller.team) });
}

/** Seals a key. */
export function keySet({ keeper }: KeyParts): Handler<"keySet"> {
  return async ({ caller: { team }, path, body }) => {
    const provider = readProvider(path["provider"]);
    const key = readKey(body.key);
    if (key === null) throw new Refusal("request-invalid", noKeySentence);
    await explained(() => setKey(keeper, team, provider.id, key));
    return showKey(keeper, team, provider);
  };
}

/** Takes a key away. */
export function keyRemove({ keeper }: KeyParts): Handler<"keyRemove"> {
  return async ({ caller: { team }, path }) => {
    const provider = readProvider(path["provider"]);
    if (!(await forgetKey(keeper, team, provider.id))) {
      throw new Refusal("not-found", `There is no key of ${provider.title} that was set.`);
    }
    return showKey(keeper, team, provider);
  };
}

/** Tries a key. */
export function keyTry({ ring, egress, ownServers }: KeyParts): Handler<"keyTry"> {
  return async ({ caller: { team }, path }) => {
    const provider = readProvider(path["provider"]);
    const key = await explained(() => ring.newest(team, provider.id));
    if (!key) throw new Refusal("not-found", `There is no key of ${provider.title} yet.`);
    const origins = provider.origins.length > 0 ? provider.origins : ownServers.get(provider.id);
    if (!origins) {
      const sentence = `${provider.title} has no address yet: the relay's owner sets it and starts the relay again.`;
      return { outcome: "unclear", sentence };
    }
    return tryKey(egress, { ...provider, origins: [origins].flat() }, key.reveal());
  };
}

/** Seals every key anew. */
export function keysReseal({ keeper }: KeyParts): Handler<"keysReseal"> {
  return async () => ({ ...(await explained(() => rekey(keeper))) });
}

function readProvider(id: string | undefined): KeyProvider {
  const provider = findKeyProvider(id ?? "");
  if (provider) return provider;
  const known = keyProviders.map((each) => each.id).join(", ");
  throw new Refusal("not-found", `There is no such provider; there are: ${known}.`);
}

async function showKey(
  keeper: KeyKeeperParts,
  team: string,
  { id }: KeyProvider,
): Promise<HandlerAnswer<"keySet">> {
  const shown = (await showKeys(keeper, team)).find(({ provider }) => provider === id);
  if (!shown) throw new Error(`${id} is not shown.`);
  return shown;
}

/** What is wrong with the data key is the operator's to know and to mend. */
async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DataKeyError || error instanceof KeyUnreadable) {
      throw new Refusal("unavailable", error.message);
    }
    throw error;
  }
}
