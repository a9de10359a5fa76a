import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createStreamReader, formatMessage } from "#domain/event-stream";

describe("a text/event-stream", () => {
  test("gives the same messages however it is cut", () => {
    const message = fc.record({
      id: fc.nat().map(String),
      type: fc.constantFrom("run", "reset"),
      data: fc.json(),
    });
    fc.assert(
      fc.property(fc.array(message), fc.array(fc.nat({ max: 20 })), (messages, cuts) => {
        let rest = messages.map(formatMessage).join("");
        const read = createStreamReader();
        const got = [];
        for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
          got.push(...read(rest.slice(0, cut)));
          rest = rest.slice(cut);
        }
        expect(got).toEqual(messages);
      }),
    );
  });

  test("passes over comments and keeps half a message for later", () => {
    const read = createStreamReader();
    expect(read(": still running\n\nid: 1\nevent: run\ndata: {}")).toEqual([]);
    expect(read("\n\n")).toEqual([{ id: "1", type: "run", data: "{}" }]);
  });
});
