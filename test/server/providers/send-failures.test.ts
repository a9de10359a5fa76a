import { describe, expect, test } from "vitest";
import { EgressError, type EgressCode } from "../../../server/egress.ts";
import { sendFailure, submitFailure } from "../../../server/providers/send-failures.ts";
import type { SubmitOutcome } from "../../../server/providers/submit-once.ts";

const provider = { id: "openai", title: "OpenAI" };
const refused = (status: number): SubmitOutcome => ({
  kind: "refused",
  status,
  retryAfterMs: null,
});

describe("a request that failed on its way", () => {
  const codes: readonly EgressCode[] = [
    "blocked",
    "unreachable",
    "cut",
    "late",
    "aborted",
    "too-large",
  ];
  test.each(codes)("%s is free for certain only when it was not sent", (code) => {
    expect(sendFailure(provider, new EgressError(code, false)).outcome).toBe("not-billed");
    expect(sendFailure(provider, new EgressError(code, true)).outcome).toBe("unknown");
    expect(sendFailure(provider, new EgressError(code, true)).message).toContain("OpenAI");
  });
});

describe("a paid request without a result", () => {
  test.each<[SubmitOutcome, string, string, boolean]>([
    [{ kind: "not-sent" }, "provider-unavailable", "not-billed", true],
    [{ kind: "unknown" }, "outcome-unknown", "unknown", true],
    [{ kind: "accepted" }, "provider-protocol", "unknown", false],
    [refused(400), "provider-refused", "not-billed", false],
    [refused(401), "key-refused", "not-billed", false],
    [refused(402), "account-empty", "not-billed", false],
    [refused(403), "key-refused", "not-billed", false],
    [refused(422), "provider-refused", "not-billed", false],
    [refused(429), "provider-limited", "not-billed", true],
    [refused(503), "provider-unavailable", "not-billed", true],
  ])("%j is %s, %s", (outcome, code, money, isRetryable) => {
    const failed = submitFailure(provider, outcome);
    expect(failed.outcome).toBe(money);
    expect(failed.failure).toMatchObject({ code, isRetryable, provider: "openai" });
  });

  test("waits as long as the provider asked", () => {
    const outcome = { kind: "refused", status: 429, retryAfterMs: 7_000 } as const;
    expect(submitFailure(provider, outcome).retryAfterMs).toBe(7_000);
  });
});
