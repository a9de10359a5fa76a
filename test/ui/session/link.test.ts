import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RelayResponse, Send } from "#domain/relay-client";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";
import { sendToRelay } from "../../../ui/send-to-relay.ts";
import { RelaySilence } from "../../../ui/session/relay-trouble.ts";
import { FakeCanvas } from "./fake-canvas.ts";
import {
  closeTestSessions,
  FakeTime,
  offerPairing,
  openTestSession,
  type TestSession,
} from "./open-test-session.ts";

let relay: TestRelay;
beforeEach(async () => {
  relay = await openTestRelay();
});
afterEach(async () => {
  closeTestSessions();
  await relay.close();
});

const addressOf = ({ relay: { port } }: TestRelay) => `http://localhost:${port}`;
const real = (address: string) => sendToRelay(address, new FakeTime());

async function openPaired(canvas: FakeCanvas, sendTo = real): Promise<TestSession> {
  await offerPairing(canvas, relay);
  const session = openTestSession(canvas, { sendTo });
  await session.until(({ connection }) => connection.kind === "paired");
  return session;
}

describe("pairing", () => {
  it("asks for a code where nothing is remembered, and takes one as people type it", async () => {
    const canvas = new FakeCanvas();
    const session = openTestSession(canvas);
    const { connection } = await session.until((view) => view.connection.kind === "unpaired");
    expect(connection).toMatchObject({ address: "http://localhost:4517", problem: null });
    const code = await relay.relay.newCode();
    session.actions.pair(`localhost:${relay.relay.port}`, ` ${code.toLowerCase()} `);
    const paired = await session.until((view) => view.connection.kind === "paired");
    expect(paired.connection).toMatchObject({ address: addressOf(relay), member: "you" });
    expect(Object.keys(JSON.parse(canvas.stored.get("pairing")!) as object).sort()).toEqual([
      "address",
      "device",
      "relay",
      "secret",
      "token",
    ]);
  });

  it("tells why a code or an address does not work, and stays open for another", async () => {
    const session = openTestSession(new FakeCanvas());
    await session.until((view) => view.connection.kind === "unpaired");
    const problem = async (address: string, code: string) => {
      session.actions.pair(address, code);
      const { connection } = await session.until(({ connection: now }) => {
        return now.kind === "unpaired" && !now.isBusy && now.problem !== null;
      });
      return connection.kind === "unpaired" ? connection.problem : null;
    };
    expect(await problem(addressOf(relay), "WRONGONE")).toMatch(/That code does not work/);
    session.actions.retry();
    await session.until(({ connection }) => connection.kind === "unpaired" && !connection.problem);
    expect(await problem("http://example.com", "ABC")).toMatch(/begins with https/);
  });

  it("keeps its pairing when it is offered a code that was used already", async () => {
    const canvas = new FakeCanvas();
    await offerPairing(canvas, relay);
    const offer = canvas.stored.get("pairing-offer")!;
    const first = openTestSession(canvas);
    await first.until(({ connection }) => connection.kind === "paired");
    first.close();
    canvas.stored.set("pairing-offer", offer);
    await openTestSession(canvas).until(({ connection }) => connection.kind === "paired");
  });

  it("comes back as the same after a reload, leads to the relay's own page, and forgets on request", async () => {
    const canvas = new FakeCanvas();
    const first = await openPaired(canvas);
    const before = first.view.peek();
    first.close();
    const second = openTestSession(canvas);
    const after = await second.until(({ connection }) => connection.kind === "paired");
    expect(after).toEqual(before);
    second.actions.openConsole();
    await expect.poll(() => canvas.opened).toEqual([`${addressOf(relay)}/console`]);
    second.actions.unpair();
    await second.until(({ connection }) => connection.kind === "unpaired");
    expect(canvas.stored.has("pairing")).toBe(false);
  });
});

describe("a relay that is not what it should be", () => {
  it("gets no token before it has proved to be the one that was paired", async () => {
    const canvas = new FakeCanvas();
    (await openPaired(canvas)).close();
    const sent: (string | undefined)[] = [];
    const other = await openTestRelay();
    const spy: Send = (request) => {
      sent.push(request.headers["authorization"]);
      return sendToRelay(addressOf(other), new FakeTime())(request);
    };
    const session = openTestSession(canvas, { sendTo: () => spy });
    const { connection } = await session.until((view) => view.connection.kind === "unpaired");
    expect(connection).toMatchObject({ problem: expect.stringMatching(/Another relay/) as string });
    expect(sent).toEqual([undefined]);
    expect(canvas.stored.has("pairing")).toBe(true);
    await other.close();
  });

  it("is asked to be paired again when it does not know the panel any more", async () => {
    const canvas = new FakeCanvas();
    (await openPaired(canvas)).close();
    const pairing = JSON.parse(canvas.stored.get("pairing")!) as object;
    canvas.stored.set("pairing", JSON.stringify({ ...pairing, device: "forgotten" }));
    const session = openTestSession(canvas);
    const { connection } = await session.until((view) => view.connection.kind === "unpaired");
    expect(connection).toMatchObject({
      problem: expect.stringMatching(/Pair them again/) as string,
    });
    expect(canvas.stored.has("pairing")).toBe(false);
  });

  it("asks to be paired again after a 401 in the middle of work", async () => {
    const canvas = new FakeCanvas();
    let isRevoked = false;
    const sendTo = (address: string): Send => {
      const send = real(address);
      return (request) => {
        const authorization = isRevoked ? "Bearer wrong" : request.headers["authorization"];
        const headers = { ...request.headers, ...(authorization && { authorization }) };
        return send({ ...request, headers });
      };
    };
    const session = await openPaired(canvas, sendTo);
    isRevoked = true;
    session.actions.cancelRun("any");
    const { connection } = await session.until((view) => view.connection.kind === "unpaired");
    expect(connection).toMatchObject({
      problem: expect.stringMatching(/Pair them again/) as string,
    });
  });

  it.each([
    ["says something else", "<html>It works!</html>", 200],
    ["says half of it", '{"relay":', 200],
    ["lacks what this version needs", '{"relay":"r"}', 200],
  ])("tells of another version when it %s", async (_, text, status) => {
    const canvas = new FakeCanvas();
    (await openPaired(canvas)).close();
    const answer: RelayResponse = {
      status,
      text: () => Promise.resolve(text),
      bytes: () => Promise.reject(new Error("not asked for")),
      pieces: () => {
        throw new Error("not asked for");
      },
    };
    const session = openTestSession(canvas, { sendTo: () => () => Promise.resolve(answer) });
    const { connection } = await session.until((view) => view.connection.kind === "lost");
    expect(connection).toMatchObject({
      problem: expect.stringMatching(/no relay of this version/) as string,
    });
  });

  it("tells the steps where the browser may be in the way", async () => {
    const canvas = new FakeCanvas();
    (await openPaired(canvas)).close();
    const gone: Send = () => Promise.reject(new RelaySilence("gone"));
    const options = { sendTo: () => gone, isLocalBlocked: true };
    const { connection } = await openTestSession(canvas, options).until(
      (view) => view.connection.kind === "lost",
    );
    expect(JSON.stringify(connection)).toMatch(/Local network access/);
  });
});

describe("a relay that is gone", () => {
  it("is found again by itself, after longer and longer waits", async () => {
    const canvas = new FakeCanvas();
    let isGone = false;
    let tries = 0;
    const sendTo = (address: string): Send => {
      const send = real(address);
      return (request) => {
        if (!isGone) return send(request);
        tries += 1;
        return Promise.reject(new RelaySilence("gone"));
      };
    };
    const session = await openPaired(canvas, sendTo);
    isGone = true;
    session.actions.cancelRun("any");
    const { connection } = await session.until((view) => view.connection.kind === "lost");
    expect(connection).toMatchObject({
      problem: expect.stringMatching(/does not answer/) as string,
    });
    const lost = () => session.until((view) => view.connection.kind === "lost");
    tries = 0;
    for (const waitMs of [1_000, 2_000, 4_000]) {
      const before = tries;
      session.time.advance(waitMs - 1);
      await lost();
      expect(tries).toBe(before);
      session.time.advance(1);
      await settle();
      expect(tries).toBe(before + 1);
    }
    isGone = false;
    session.actions.retry();
    await session.until((view) => view.connection.kind === "paired");
  });

  it("is told apart when it is stopped in earnest, and found when it is started anew", async () => {
    const canvas = new FakeCanvas();
    const session = await openPaired(canvas);
    await relay.close(true);
    session.actions.cancelRun("any");
    await session.until((view) => view.connection.kind === "lost");
    relay = await openTestRelay([], relay.folder);
    const pairing = JSON.parse(canvas.stored.get("pairing")!) as object;
    session.close();
    // The port of a test relay is another one each time.
    canvas.stored.set("pairing", JSON.stringify({ ...pairing, address: addressOf(relay) }));
    await openTestSession(canvas).until((view) => view.connection.kind === "paired");
  });
});

/** Lets everything that is ready be done. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
