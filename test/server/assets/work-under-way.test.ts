import { describe, expect, it } from "vitest";
import { createWorkUnderWay } from "../../../server/assets/work-under-way.ts";

describe("work under way", () => {
  it("is waited for, also what begins while others end and what fails", async () => {
    const underWay = createWorkUnderWay();
    const ended: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const second = Promise.withResolvers<undefined>();
    const late = () => underWay.track(second.promise.then(() => ended.push("second")));
    const failing = underWay.track(
      first.promise.then(() => {
        ended.push("first");
        void late();
        throw new Error("as it happens");
      }),
    );
    const settled = underWay.settled().then(() => ended.push("settled"));
    first.resolve(undefined);
    await expect(failing).rejects.toThrow("as it happens");
    second.resolve(undefined);
    await settled;
    expect(ended).toEqual(["first", "second", "settled"]);
  });

  it("is over at once where there is none", async () => {
    await expect(createWorkUnderWay().settled()).resolves.toBeUndefined();
  });
});
