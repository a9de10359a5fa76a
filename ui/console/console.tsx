import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ConsoleContext } from "./console-context.ts";
import { forgetToken, keepToken, readToken, takeCode } from "./kept-token.ts";
import { isSignedOut, openRelay, pairPage, sentenceOf } from "./relay-of-page.ts";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";

interface ConsoleProps {
  /** The pairing code that stood in the address, if one did. */
  readonly code: string | null;
}

/** The relay's own page: signs in, and shows what its owner may see and do. */
export function Console({ code }: ConsoleProps) {
  const [token, setToken] = useState(code === null ? readToken() : null);
  const [isBusy, setBusy] = useState(code !== null);
  const [problem, setProblem] = useState<string | null>(null);
  const signIn = async (typed: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const paired = await pairPage(typed);
      keepToken(paired);
      setToken(paired);
    } catch (error) {
      // A code is good once: a tab that was signed in by it before stays so.
      const kept = typed === code ? readToken() : null;
      if (kept !== null) setToken(kept);
      else setProblem(sentenceOf(error));
    }
    setBusy(false);
  };
  const signOut = (sentence: string | null): void => {
    forgetToken();
    setToken(null);
    setProblem(sentence);
  };
  useEffect(() => {
    if (code !== null) void signIn(code);
  }, []);
  usePastedCode((pasted) => {
    if (token === null && !isBusy) void signIn(pasted);
  });
  const surroundings = useMemo(() => {
    if (token === null) return null;
    const tell = (error: unknown): string => {
      if (isSignedOut(error)) signOut("This page is signed out. Sign in with a new code.");
      return sentenceOf(error);
    };
    return { relay: openRelay(token), tell };
  }, [token]);
  if (surroundings === null) {
    return <SignIn isBusy={isBusy} problem={problem} signIn={(typed) => void signIn(typed)} />;
  }
  return (
    <ConsoleContext.Provider value={surroundings}>
      <Shell signOut={() => signOut(null)} />
    </ConsoleContext.Provider>
  );
}

/** Takes a code that is pasted into the address of the open page, as one that it is opened with. */
function usePastedCode(use: (code: string) => void): void {
  const newest = useRef(use);
  newest.current = use;
  useEffect(() => {
    const follow = (): void => {
      const code = takeCode();
      if (code !== null) newest.current(code);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
}
