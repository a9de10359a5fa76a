import type { Clock } from "../clock.ts";
import { createEgress, EgressError, type EgressOptions } from "../egress.ts";
import { bucketAddress, type S3Settings } from "./s3-settings.ts";

/** Sends a request once and gives its answer; throws whatever the network says. */
export type SendToStorage = (request: Request) => Promise<Response>;

/** A way to one storage and nowhere else. */
export interface WayToStorage {
  readonly send: SendToStorage;
  close(): Promise<void>;
}

/** The longest that a request and its answer may take, bodies included; callers are stricter. */
const deadlineMs = 15 * 60_000;
/** S3 holds no object beyond it (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
const maxBytes = 5 * 1024 ** 4;

/** Opens the way to the storage that the operator named, which may be on a private network. */
export function openWayToStorage(
  settings: S3Settings,
  clock: Clock,
  note: EgressOptions["note"] = () => undefined,
): WayToStorage {
  const { origin } = new URL(bucketAddress(settings));
  const egress = createEgress({ clock, ownOrigins: [origin], note });
  const send = egress.within([origin], { deadlineMs, maxBytes });
  return {
    send: async (request) => {
      try {
        return await send(request);
      } catch (error) {
        // A key never follows a redirect; by one the storage says that the bucket is in another region.
        const isElsewhere = error instanceof EgressError && error.code === "redirected";
        if (isElsewhere) return new Response(null, { status: 301 });
        throw error;
      }
    },
    close: () => egress.close(),
  };
}
