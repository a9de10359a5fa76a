import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownTurnMs } from "#domain/placement-lease";
import { openPlacingRelay, type PlacingRelay } from "../helpers/placing-relay.ts";

let relay: PlacingRelay;
beforeEach(async () => {
  relay = await openPlacingRelay();
});
afterEach(() => relay.close());

describe("a file that shares its id with a copy", () => {
  test("is told with the other's name and time, and one of the two gets the results", async () => {
    expect(await relay.openFile("ana", 0)).toEqual({ verdict: "open", generation: 1 });
    const openedAtMs = relay.time.nowMs;
    const made = await relay.makeResult("ana");
    relay.time.nowMs += ownTurnMs;
    const behind = { verdict: "behind", name: "File of ana", openedAtMs };
    expect(await relay.openFile("copy", 0)).toEqual(behind);
    await expect(relay.claim(made, "copy")).rejects.toMatchObject({ code: "not-allowed" });
    const stand = { file: "file-1", generation: 0, name: "Copy", fileKey: null, session: "copy" };
    expect(await relay.client.call("fileKeep", { body: stand })).toEqual({ generation: 2 });
    await expect(relay.claim(made, "ana")).rejects.toMatchObject({ code: "not-allowed" });
    expect(await relay.openFile("ana", 1)).toMatchObject({ verdict: "behind", name: "Copy" });
    await relay.claim(made, "copy");
  });

  test("is none where a colleague opened the same file and the root has arrived", async () => {
    await relay.openFile("ana", 0);
    expect(await relay.openFile("ben", 1)).toEqual({ verdict: "open", generation: 2 });
    const made = await relay.makeResult("ana");
    await expect(relay.claim(made, "ana")).rejects.toMatchObject({ code: "not-allowed" });
    expect(await relay.openFile("ana", 1)).toMatchObject({
      verdict: "behind",
      name: "File of ben",
    });
    expect(await relay.openFile("ana", 2)).toEqual({ verdict: "open", generation: 2 });
    await relay.claim(made, "ana");
    expect(await relay.openFile("ben", 2)).toEqual({ verdict: "open", generation: 2 });
  });

  test("is none for the session that opens it again before its write has landed", async () => {
    await relay.openFile("ana", 0);
    expect(await relay.openFile("ana", 0)).toEqual({ verdict: "open", generation: 1 });
  });

  test("is decided by Figma's keys without a question, where both are known", async () => {
    await relay.openFile("ana", 0, "key-1");
    expect(await relay.openFile("ben", 0, "key-1")).toEqual({ verdict: "open", generation: 2 });
    expect(await relay.openFile("copy", 2, "key-2")).toMatchObject({ verdict: "behind" });
  });

  test("may be opened by many at once: each gets a generation of its own or is behind", async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, at) => relay.openFile(`panel-${at}`, 0)),
    );
    expect(asked.filter(({ verdict }) => verdict === "open")).toHaveLength(1);
  });
});
