import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RecoveryClass } from "../../server/providers/provider.ts";
import { buildPng } from "./build-png.ts";

/** A company's service as seen from outside: what it was asked, and what it would bill. */
export interface ProviderService {
  readonly url: string;
  /** Jobs made by the reference that was sent along; each is billed. */
  readonly bills: ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}

const pollsUntilDone = 2;

/**
 * A service that takes jobs over HTTP: class A makes one job for a reference however often it is
 * sent, the others a new one each time. `onJob` hears of each job when it is made, as a webhook would.
 */
export async function openProviderService(
  recovery: RecoveryClass,
  onJob: (reference: string, handle: string) => void,
): Promise<ProviderService> {
  const bills = new Map<string, string[]>();
  const polls = new Map<string, number>();
  const picture = buildPng({ widthPx: 8, heightPx: 8 }).toString("base64");
  const submit = (reference: string): string => {
    const made = bills.get(reference) ?? [];
    const [known] = made;
    if (recovery === "A" && known !== undefined) return known;
    const handle = `job-${reference}-${made.length + 1}`;
    bills.set(reference, [...made, handle]);
    onJob(reference, handle);
    return handle;
  };
  const poll = (handle: string) => {
    const count = (polls.get(handle) ?? 0) + 1;
    polls.set(handle, count);
    return count < pollsUntilDone ? { picture: null } : { picture };
  };
  const server = createServer((request, response) => {
    const [, what, name = ""] = (request.url ?? "").split("/");
    request.resume().once("end", () => {
      const found =
        what === "submit"
          ? { handle: submit(name) }
          : what === "jobs"
            ? poll(name)
            : { handle: bills.get(name)?.[0] ?? null };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(found));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bills,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
