import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRelayClient } from "#domain/relay-client";
import { sendTo } from "../../../server/cli/send-to-relay.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";

let opened: TestRelay;
beforeEach(async () => {
  opened = await openTestRelay();
});
afterEach(() => opened.close());

const stranger = () => createRelayClient(sendTo(opened.relay.port), null);
const pair = (code: string) => stranger().call("pair", { body: { code, device: "laptop" } });

describe("pairing", () => {
  test("gives a token that opens the routes, and a secret that proves the relay", async () => {
    const code = await opened.relay.newCode();
    const paired = await pair(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`);
    const client = createRelayClient(sendTo(opened.relay.port), paired.token);
    expect(await client.call("status", { body: undefined })).toMatchObject({ member: "you" });
    const nonce = "0123456789abcdef";
    const hello = await stranger().call("hello", { body: { device: paired.device, nonce } });
    const proof = createHmac("sha256", paired.secret)
      .update(`${nonce}|${paired.relay}`)
      .digest("hex");
    expect(hello.proof).toBe(proof);
  });

  test("works once", async () => {
    const code = await opened.relay.newCode();
    await pair(code);
    await expect(pair(code)).rejects.toMatchObject({ code: "pairing-refused" });
  });

  test("is over after five wrong tries, also with the right code", async () => {
    const code = await opened.relay.newCode();
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(pair("WRONGONE")).rejects.toMatchObject({ code: "pairing-refused" });
    }
    await expect(pair(code)).rejects.toMatchObject({ code: "pairing-refused" });
  });

  test("an unknown device gets a proof that fits nothing", async () => {
    const body = { device: "nobody", nonce: "0123456789abcdef" };
    const [one, other] = [
      await stranger().call("hello", { body }),
      await stranger().call("hello", { body }),
    ];
    expect(one.proof).not.toBe(other.proof);
  });
});

describe("the open port", () => {
  test.skipIf(process.platform !== "linux")(
    "is on this machine's own addresses alone",
    async () => {
      const hex = opened.relay.port.toString(16).toUpperCase().padStart(4, "0");
      const tables = await Promise.all(
        ["/proc/net/tcp", "/proc/net/tcp6"].map((file) => readFile(file, "utf8").catch(() => "")),
      );
      const listening = tables
        .flatMap((table) => table.split("\n"))
        .map((line) => line.trim().split(/\s+/))
        .filter((cells) => cells[3] === "0A" && cells[1]?.endsWith(`:${hex}`))
        .map((cells) => cells[1]?.split(":")[0]);
      expect(listening.length).toBeGreaterThan(0);
      const loopback = ["0100007F", "00000000000000000000000001000000"];
      expect(listening.filter((address) => !loopback.includes(address ?? ""))).toEqual([]);
    },
  );

  const host = () => `localhost:${opened.relay.port}`;
  test.each([
    ["two Hosts", () => `GET /v1/status HTTP/1.1\r\nHost: ${host()}\r\nHost: evil.test\r\n`, "421"],
    [
      "a target of another host",
      () => `GET http://evil.test/v1/status HTTP/1.1\r\nHost: ${host()}\r\n`,
      "421",
    ],
    ["no Host", () => "GET /v1/status HTTP/1.1\r\n", "400"],
    ["HTTP/1.0 without a Host", () => "GET /v1/status HTTP/1.0\r\n", "421"],
    ["a foreign Host", () => "GET /v1/status HTTP/1.1\r\nHost: evil.test\r\n", "421"],
  ])("refuses %s", async (_what, head, status) => {
    const authority = `Authorization: Bearer ${opened.token}\r\nConnection: close\r\n\r\n`;
    expect(await rawStatus(opened.relay.port, head() + authority)).toBe(status);
  });
});

describe("F31: a second relay", () => {
  test("on the same folder is refused, naming it", async () => {
    await expect(openTestRelay([], opened.folder)).rejects.toThrow(opened.folder);
    expect((await opened.ask("/v1/status")).status).toBe(200);
  });
});

function rawStatus(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    let answer = "";
    socket.on("data", (piece) => (answer += piece.toString()));
    socket.once("error", reject);
    socket.once("close", () => resolve(answer.split(" ")[1] ?? ""));
  });
}
