import { useEffect, useState } from "preact/hooks";
import type { Time } from "../../background/background.ts";

/** While something grows with time, it is drawn this often. */
const tickMs = 500;

/** The time now; it goes on only while something is under way. */
export function useNow(isUnderWay: boolean, time: Time): number {
  const [nowMs, setNowMs] = useState(time.nowMs);
  useEffect(() => {
    if (!isUnderWay) return undefined;
    let stop = (): void => undefined;
    const wait = (): void => {
      stop = time.wait(tickMs, () => {
        setNowMs(time.nowMs());
        wait();
      });
    };
    wait();
    return () => stop();
  }, [isUnderWay, time]);
  return nowMs;
}
