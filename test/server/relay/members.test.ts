import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRelayClient, type Send } from "#domain/relay-client";
import { createCommandClient } from "#domain/command-client";
import { sendTo } from "../../../server/cli/send-to-relay.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";

let opened: TestRelay;
beforeEach(async () => {
  opened = await openTestRelay();
});
afterEach(() => opened.close());

const send: Send = (request) => sendTo(opened.relay.port)(request);
const clientsOf = (token: string) => ({
  ...createRelayClient(send, token),
  ...createCommandClient(send, token),
});

async function join(name: string, role: "owner" | "member") {
  const { code } = await clientsOf(opened.token).command("memberInvite", { body: { name, role } });
  const paired = await createRelayClient(send, null).call("pair", {
    body: { code, device: "laptop" },
  });
  return clientsOf(paired.token);
}

describe("somebody who is invited to a relay", () => {
  test("gets in under their own name, and may not invite or remove anybody", async () => {
    const ana = await join("Ana", "member");
    expect(await ana.call("status", { body: undefined })).toMatchObject({ member: "Ana" });
    const refused = { code: "not-allowed" };
    await expect(ana.command("members", { body: undefined })).rejects.toMatchObject(refused);
    const body = { name: "Ben", role: "owner" } as const;
    await expect(ana.command("memberInvite", { body })).rejects.toMatchObject(refused);
    const path = { name: "you" };
    await expect(ana.command("memberRemove", { path, body: {} })).rejects.toMatchObject(refused);
  });

  test("is out at the next request once an owner takes them out", async () => {
    const ana = await join("Ana Ödegård", "member");
    const ben = await join("Ben", "owner");
    await ben.command("memberRemove", { path: { name: "Ana Ödegård" }, body: {} });
    await expect(ana.call("status", { body: undefined })).rejects.toMatchObject({
      code: "token-invalid",
    });
    const { members } = await ben.command("members", { body: undefined });
    expect(members.map(({ name, role }) => [name, role])).toEqual([
      ["Ben", "owner"],
      ["you", "owner"],
    ]);
  });

  test("cannot be taken out twice, nor can the only owner be", async () => {
    const refusal = (name: string) =>
      clientsOf(opened.token).command("memberRemove", { path: { name }, body: {} });
    await expect(refusal("nobody")).rejects.toMatchObject({ code: "not-found" });
    await expect(refusal("you")).rejects.toMatchObject({ code: "conflict" });
  });
});
