import { expect, test } from "vitest";
import { isWorthTelling, queueText } from "#domain/queue-position";

test.each([
  [1, "next"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [12, "12th"],
  [13, "13th"],
  [20, "20th"],
  [21, "21st"],
  [32, "32nd"],
  [43, "43rd"],
  [50, "50th"],
  [111, "111th"],
  [112, "112th"],
  [1_001, "1001st"],
  [4_999, "4999th"],
])("place %i in line is told as %s", (position, place) => {
  expect(queueText(position)).toBe(`Waiting, ${place} in line`);
});

test("a wait from place 5,000 to the turn is told few times, its start, its end and its last three places among them", () => {
  const told: number[] = [];
  for (let position = 5_000; position >= 0; position -= 1) {
    if (isWorthTelling(told.at(-1) ?? 0, position)) told.push(position);
  }
  expect(told.length).toBeLessThan(40);
  expect([told[0], ...told.slice(-4)]).toEqual([5_000, 3, 2, 1, 0]);
});

test("a place that is a little further back is not told, one twice as far is", () => {
  expect([isWorthTelling(10, 12), isWorthTelling(10, 20)]).toEqual([false, true]);
});
