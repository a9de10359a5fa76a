import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRelayClient } from "#domain/relay-client";
import { sendTo } from "../../../server/cli/send-to-relay.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";

let opened: TestRelay;
beforeEach(async () => {
  opened = await openTestRelay();
});
afterEach(() => opened.close());

const clientOf = (token: string | null) => createRelayClient(sendTo(opened.relay.port), token);

async function join(name: string, role: "owner" | "member") {
  const { code } = await opened.client.call("memberInvite", { body: { name, role } });
  const paired = await clientOf(null).call("pair", { body: { code, device: "laptop" } });
  return clientOf(paired.token);
}

describe("somebody who is invited to a relay", () => {
  test("gets in under their own name, and may not invite or remove anybody", async () => {
    const ana = await join("Ana", "member");
    expect(await ana.call("status", { body: undefined })).toMatchObject({ member: "Ana" });
    const refused = { code: "not-allowed" };
    await expect(ana.call("members", { body: undefined })).rejects.toMatchObject(refused);
    const body = { name: "Ben", role: "owner" } as const;
    await expect(ana.call("memberInvite", { body })).rejects.toMatchObject(refused);
    const path = { name: "you" };
    await expect(ana.call("memberRemove", { path, body: {} })).rejects.toMatchObject(refused);
  });

  test("is out at the next request once an owner takes them out", async () => {
    const ana = await join("Ana Ödegård", "member");
    const ben = await join("Ben", "owner");
    await ben.call("memberRemove", { path: { name: "Ana Ödegård" }, body: {} });
    await expect(ana.call("status", { body: undefined })).rejects.toMatchObject({
      code: "token-invalid",
    });
    const { members } = await ben.call("members", { body: undefined });
    expect(members.map(({ name, role }) => [name, role])).toEqual([
      ["Ben", "owner"],
      ["you", "owner"],
    ]);
  });

  test("cannot be taken out twice, nor can the only owner be", async () => {
    const refusal = (name: string) =>
      opened.client.call("memberRemove", { path: { name }, body: {} });
    await expect(refusal("nobody")).rejects.toMatchObject({ code: "not-found" });
    await expect(refusal("you")).rejects.toMatchObject({ code: "conflict" });
  });
});
