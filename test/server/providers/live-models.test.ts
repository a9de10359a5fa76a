import { describe, expect, test } from "vitest";
import type { Model } from "#domain/model";
import {
  createLiveModels,
  type ListedModel,
} from "../../../server/providers/own-server/live-models.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";

const listed = (id: string): ListedModel => ({ id, title: id, canSee: false, version: "1" });

/** Live models over a list that a test changes; null is a server that does not answer. */
function open(first: readonly string[] | null) {
  const clock = new VirtualClock();
  const server = { has: first, asked: 0, wait: Promise.resolve() };
  const live = createLiveModels({
    clock,
    read: async () => {
      server.asked += 1;
      await server.wait;
      return server.has?.map(listed) ?? null;
    },
    modelOf: ({ id }, unavailable) => ({ id, unavailable }) as Model,
    silent: "silent",
    gone: ({ title }) => `no ${title}`,
  });
  const refresh = () => live.refresh({ key: null });
  const shown = () => live.models().map(({ id, unavailable }) => [id, unavailable]);
  return { clock, server, live, refresh, shown };
}

describe("the models of a server", () => {
  test("are none, and nothing is asked, before somebody wants to see them", () => {
    const { server, shown } = open(["a"]);
    expect([shown(), server.asked]).toEqual([[], 0]);
  });

  test("are asked for again after 30 seconds, and not before", async () => {
    const { clock, server, refresh, shown } = open(["a"]);
    await refresh();
    server.has = ["a", "b"];
    clock.jump(29_999);
    await refresh();
    expect([shown(), server.asked]).toEqual([[["a", null]], 1]);
    clock.jump(1);
    await refresh();
    expect(shown()).toEqual([
      ["a", null],
      ["b", null],
    ]);
  });

  test("are asked for once by any number who want to see them", async () => {
    const { server, refresh } = open(["a"]);
    await Promise.all([refresh(), refresh(), refresh()]);
    expect(server.asked).toBe(1);
  });

  test("say so when the server is gone, and come back with it", async () => {
    const { clock, server, refresh, shown } = open(["a"]);
    await refresh();
    server.has = null;
    clock.jump(30_000);
    await refresh();
    expect(shown()).toEqual([["a", "silent"]]);
    server.has = ["a"];
    clock.jump(5_000);
    await refresh();
    expect(shown()).toEqual([["a", null]]);
  });

  test("say so when the server has one no longer", async () => {
    const { clock, server, refresh, shown } = open(["a", "b"]);
    await refresh();
    server.has = ["b"];
    clock.jump(30_000);
    await refresh();
    expect(shown()).toEqual([
      ["a", "no a"],
      ["b", null],
    ]);
  });

  test("are not waited for longer than a second, and are there later", async () => {
    const { clock, server, refresh, shown } = open(["a"]);
    let answer = () => undefined as void;
    server.wait = new Promise((resolve) => {
      answer = resolve;
    });
    const waiting = refresh();
    await Promise.resolve();
    clock.jump(1_000);
    await waiting;
    expect(shown()).toEqual([]);
    answer();
    await refresh();
    expect([shown(), server.asked]).toEqual([[["a", null]], 1]);
  });
});
