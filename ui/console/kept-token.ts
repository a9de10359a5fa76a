/** Where this tab keeps its token; it ends with the tab, and no other site is ever sent it. */
const tokenKey = "spaces-console-token";

/** The token of this tab, or null before it has signed in. */
export function readToken(): string | null {
  return storage()?.getItem(tokenKey) ?? null;
}

/** Keeps the token for as long as the tab is open, so that loading the page again does not sign out. */
export function keepToken(token: string): void {
  storage()?.setItem(tokenKey, token);
}

/** Forgets the token. */
export function forgetToken(): void {
  storage()?.removeItem(tokenKey);
}

/**
 * The pairing code in the address that the relay prints (`#code=…`, which no server ever sees), or null.
 * It leaves the address bar and the history at once.
 */
export function takeCode(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code === null) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return /^[\w-]{4,20}$/.test(code) ? code : null;
}

/** Null where the browser keeps nothing for pages: then loading the page again signs out. */
function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
