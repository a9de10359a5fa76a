import { describe, expect, test } from "vitest";
import type { Urgency } from "../../../server/store/share-commits.ts";
import { useDataFolder } from "./data-folder.ts";

const { open } = useDataFolder();

/** Opens a store whose pieces of work only tell that they are done. */
async function openLine() {
  const store = await open();
  const order: string[] = [];
  const ask = (name: string, urgency?: Urgency) =>
    store.transaction((transaction) => {
      order.push(name);
      return transaction.selectFrom("team").select("id").execute();
    }, urgency);
  return { order, ask };
}

describe("commits that are shared", () => {
  test("let whoever has asked go before all that runs have waiting, save two", async () => {
    const { order, ask } = await openLine();
    const atWork = Array.from({ length: 100 }, (_, at) => ask(`work ${at}`, "at-work"));
    const asked = Array.from({ length: 5 }, (_, at) => ask(`asked ${at}`));
    await Promise.all([...asked, ...atWork]);
    expect(order.slice(0, 5)).toEqual(["asked 0", "asked 1", "asked 2", "asked 3", "asked 4"]);
    expect(order.slice(5, 7)).toEqual(["work 0", "work 1"]);
    expect(order).toHaveLength(105);
  });

  test("take on a fourth as much of runs' work beside a crowd", async () => {
    const { order, ask } = await openLine();
    const atWork = Array.from({ length: 100 }, (_, at) => ask(`work ${at}`, "at-work"));
    const asked = Array.from({ length: 64 }, () => ask("asked"));
    await Promise.all([...asked, ...atWork]);
    expect(order.slice(0, 40).filter((name) => name === "asked")).toHaveLength(32);
    expect(order.slice(40, 80).filter((name) => name === "asked")).toHaveLength(32);
  });

  test("take on runs' work beside each of many that ask without a pause, in its own order", async () => {
    const { order, ask } = await openLine();
    let left = 20;
    const askOn = async (): Promise<void> => {
      for (; left > 0; left -= 1) await ask("asked");
    };
    const atWork = Array.from({ length: 30 }, (_, at) => ask(`work ${at}`, "at-work"));
    await Promise.all([askOn(), ...atWork]);
    const work = order.filter((name) => name !== "asked");
    expect(work).toEqual(Array.from({ length: 30 }, (_, at) => `work ${at}`));
    const lastAsked = order.lastIndexOf("asked");
    expect(order.slice(0, lastAsked).filter((name) => name !== "asked").length).toBe(30);
  });

  test("keep the next one that asks waiting for few of them, also where nobody asked just now", async () => {
    const { order, ask } = await openLine();
    await ask("asked");
    const atWork = Array.from({ length: 64 }, (_, at) => ask(`work ${at}`, "at-work"));
    await atWork[0];
    const before = order.length;
    await ask("asked again");
    expect(order.indexOf("asked again") - before).toBeLessThanOrEqual(4);
    await Promise.all(atWork);
  });
});
