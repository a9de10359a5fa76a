import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useConsole } from "./console-context.ts";

/** What the relay was asked for a part of the page. */
export interface Asked<Value> {
  /** The last good answer; null before the first. */
  readonly value: Value | null;
  /** Why the last question was not answered; null when it was. */
  readonly problem: string | null;
  readonly again: () => void;
}

/** Asks when the part appears and whenever an input changes; only the newest question counts. */
export function useAsked<Value>(
  ask: () => Promise<Value>,
  inputs: readonly unknown[],
): Asked<Value> {
  const { tell } = useConsole();
  const [value, setValue] = useState<Value | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const newest = useRef(0);
  // Who asks again after a while means the question that the part asks now.
  const question = useRef(ask);
  question.current = ask;
  const again = useCallback((): void => {
    const number = (newest.current += 1);
    const isNewest = (): boolean => newest.current === number;
    question.current().then(
      (answer) => {
        if (!isNewest()) return;
        setValue(() => answer);
        setProblem(null);
      },
      (error: unknown) => {
        if (isNewest()) setProblem(tell(error));
      },
    );
  }, inputs);
  useEffect(() => {
    again();
    return () => {
      newest.current += 1;
    };
  }, [again]);
  return { value, problem, again };
}

/** Something that a person does, such as pressing a button. */
export interface Action {
  readonly isBusy: boolean;
  /** Why it was not done, in a sentence. */
  readonly problem: string | null;
  /** Does it, unless it is being done; true once it was. */
  readonly perform: (work: () => Promise<void>) => Promise<boolean>;
}

/** Does one thing at a time and says why it was not done. */
export function useAction(): Action {
  const { tell } = useConsole();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isAtWork = useRef(false);
  const perform = async (work: () => Promise<void>): Promise<boolean> => {
    if (isAtWork.current) return false;
    isAtWork.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(tell(error));
      return false;
    } finally {
      isAtWork.current = false;
      setBusy(false);
    }
  };
  return { isBusy, problem, perform };
}
