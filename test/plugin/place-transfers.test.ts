import { afterEach, describe, expect, test } from "vitest";
import { bytesPerSlice } from "#domain/message-parts";
import { closeBoards, openTestBoard, type Board } from "./board.ts";

afterEach(closeBoards);

const megabyte = 1024 * 1024;

function firstSlice(board: Board, transfer: string, size: number) {
  return board.panel.ask("sendSlice", { transfer, from: 0, size, bytes: new Uint8Array(4) });
}

describe("bytes on their way", () => {
  test("arrive as they were sent, and are gone once they were dropped", async () => {
    const { panel, send } = await openTestBoard();
    const bytes = Uint8Array.from({ length: 2 * bytesPerSlice + 5 }, (_, at) => at % 251);
    await send("one", bytes);
    const read: number[] = [];
    while (read.length < bytes.length) {
      const slice = await panel.ask("readSlice", { transfer: "one", from: read.length });
      for (const byte of slice.bytes) read.push(byte);
    }
    expect(Buffer.from(read).equals(Buffer.from(bytes))).toBe(true);
    const behind = await panel.ask("readSlice", { transfer: "one", from: bytes.length });
    expect(behind.bytes).toHaveLength(0);
    await panel.ask("dropTransfer", { transfer: "one" });
    await panel.ask("dropTransfer", { transfer: "one" });
    await expect(panel.ask("readSlice", { transfer: "one", from: 0 })).rejects.toThrow(
      "no longer here",
    );
  });

  test("are not read before they are whole, and begin anew from their start", async () => {
    const board = await openTestBoard();
    const { panel } = board;
    await firstSlice(board, "one", 6);
    await expect(panel.ask("readSlice", { transfer: "one", from: 0 })).rejects.toThrow("no longer");
    await board.send("one", new Uint8Array([7]));
    expect((await panel.ask("readSlice", { transfer: "one", from: 0 })).bytes).toHaveLength(1);
  });

  test.each([
    ["a slice from elsewhere", 5, 8],
    ["another size", 4, 9],
    ["more than was told", 4, 7],
  ])("are let go after %s", async (_, from, size) => {
    const board = await openTestBoard();
    await firstSlice(board, "one", 8);
    const next = board.panel.ask("sendSlice", {
      transfer: "one",
      from,
      size,
      bytes: new Uint8Array(4),
    });
    await expect(next).rejects.toThrow("out of order");
  });

  test("are bounded each, and all together", async () => {
    const board = await openTestBoard();
    await expect(firstSlice(board, "huge", 100 * megabyte + 1)).rejects.toThrow(
      "larger than 100 MB",
    );
    await expect(firstSlice(board, "odd", -1)).rejects.toThrow("larger than 100 MB");
    await firstSlice(board, "one", 100 * megabyte);
    await firstSlice(board, "two", 90 * megabyte);
    await firstSlice(board, "two", 91 * megabyte);
    await expect(firstSlice(board, "three", 10 * megabyte)).rejects.toThrow("Too many files");
    await board.panel.ask("dropTransfer", { transfer: "one" });
    await firstSlice(board, "three", 10 * megabyte);
  });
});
