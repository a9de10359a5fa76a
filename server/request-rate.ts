import type { Clock } from "./clock.ts";
import { Refusal } from "./refusal.ts";

/** Requests of one device: so many at once, then so many a second (reliability.md T18). */
const burst = 200;
const perSecond = 50;
/** A request is held back for so long at most before it is refused, in seconds: a panel that opens a large board asks for many pictures at once. */
const mostHeldS = 1;
/** Devices that are remembered; one that is forgotten begins with a whole burst again. */
const mostDevices = 10_000;

/** Lets a device's request through, now or a moment later. Throws a Refusal when it sends too many. */
export type AdmitRequest = (device: string, signal: () => AbortSignal) => Promise<void>;

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** A bucket of requests for each device, in the memory of this process. */
export function createRequestRate(clock: Clock): AdmitRequest {
  const buckets = new Map<string, Bucket>();
  return async (device, signal) => {
    const nowMs = clock.nowMs();
    const bucket = buckets.get(device) ?? { tokens: burst, filledAtMs: nowMs };
    // A clock that was set back fills nothing and takes nothing away.
    const passedS = Math.max(0, nowMs - bucket.filledAtMs) / 1_000;
    bucket.tokens = Math.min(burst, bucket.tokens + passedS * perSecond);
    bucket.filledAtMs = nowMs;
    buckets.delete(device);
    buckets.set(device, bucket);
    forgetOldest(buckets);
    const heldS = (1 - bucket.tokens) / perSecond;
    if (heldS > mostHeldS) {
      const sentence = `This device asks more than ${perSecond} times a second. Try again in a moment.`;
      throw new Refusal("rate-limited", sentence, [], Math.ceil(heldS));
    }
    bucket.tokens -= 1;
    if (heldS > 0) await clock.sleep(heldS * 1_000, signal());
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const [oldest] = buckets.keys();
  if (buckets.size > mostDevices && oldest !== undefined) buckets.delete(oldest);
}
