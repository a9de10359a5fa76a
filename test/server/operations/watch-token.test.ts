import { expect, test } from "vitest";
import type { Clock } from "../../../server/clock.ts";
import { watchToken } from "../../../server/routes/watch-token.ts";
import { createDevice } from "../../../server/store/members.ts";
import { removeMember } from "../../../server/store/membership.ts";
import { countingRandom, nowMs } from "../../contract/store/rows.ts";
import { useDataFolder } from "../store/data-folder.ts";

const data = useDataFolder();

test("a stream is over within a minute of the end of its token", async () => {
  const store = await data.open();
  const random = countingRandom();
  const devices = await store.transaction(async (transaction) => {
    const pair = (member: string) =>
      createDevice(transaction, "red", { member, name: "laptop", nowMs, random });
    return [await pair("ana"), await pair("ben")];
  });
  let time = nowMs;
  const clock: Clock = { nowMs: () => time, sleep: () => Promise.resolve() };
  const [ana, ben] = ["ana", "ben"].map((member, at) =>
    watchToken({ store, clock }, { team: "red", member, device: devices[at]!.device }),
  );
  await store.transaction((transaction) => removeMember(transaction, "red", "ben"));
  expect([await ana!(), await ben!()]).toEqual([true, true]);
  time += 59_999;
  expect([await ana!(), await ben!()]).toEqual([true, true]);
  time += 1;
  expect([await ana!(), await ben!()]).toEqual([true, false]);
});
