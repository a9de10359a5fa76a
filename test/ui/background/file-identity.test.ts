import { beforeEach, describe, expect, test } from "vitest";
import { readDocumentRecord, type DocumentRecord } from "#domain/document-record";
import { textItem } from "../../helpers/build-graph.ts";
import { CanvasModel, DocumentModel } from "./canvas-model.ts";
import { ManualTime } from "./manual-time.ts";
import { openSession, type OpenSession } from "./open-session.ts";
import { RelayModel } from "./relay-model.ts";

let time: ManualTime;
let relay: RelayModel;

beforeEach(() => {
  time = new ManualTime();
  relay = new RelayModel(time.nowMs);
});

function fileWith(root: string): DocumentModel {
  const document = new DocumentModel();
  document.root = root;
  document.nodes.add("n1");
  return document;
}

async function open(name: string, document: DocumentModel, isReadOnly = false) {
  const clock = time.clockOf(0);
  const travel = () => Promise.resolve();
  const canvas = new CanvasModel(document, { name, time: clock, travel }, () => undefined);
  canvas.isReadOnly = isReadOnly;
  const client = relay.client(travel);
  const session = openSession({ name, canvas, relay: client, time: clock, root: document.root });
  await pass(1);
  return session;
}

const pass = (ms: number) => time.pass(ms);
const rootOf = (document: DocumentModel) => readDocumentRecord(document.root) as DocumentRecord;
const root = (docId: string, gen: number) => JSON.stringify({ v: 1, docId, gen });
const wish = (pid: string) => relay.wish({ pid, node: "n1", item: textItem("a"), session: null });
const actionsOf = (session: OpenSession) =>
  session.notices.get("file-identity")?.actions.map(({ label }) => label);

describe("the identity of a file", () => {
  test("is made for a file without one and kept in its root", async () => {
    for (const empty of ["", "nonsense", '{"v":1}']) {
      const document = fileWith(empty);
      const session = await open("A", document);
      expect(session.background.file.value).toBe("A-1");
      expect(rootOf(document)).toEqual({ v: 1, docId: "A-1", gen: expect.any(Number) as number });
    }
  });

  test("is left alone in a file of a newer version, and a person is told", async () => {
    const document = fileWith('{"v":2}');
    const session = await open("A", document);
    expect(session.background.file.value).toBeNull();
    expect(document.root).toBe('{"v":2}');
    expect(session.notices.get("file-identity")?.text).toContain("newer version");
    expect(relay.calls).toEqual([]);
  });

  test("is told to who may only look, without using up a generation or placing", async () => {
    wish("p1");
    const reader = await open("A", fileWith(root("file", 3)), true);
    await pass(60_000);
    expect(reader.background.file.value).toBe("file");
    expect(reader.isReadOnly.value).toBe(true);
    expect(relay.calls).toEqual([]);
  });

  test("is followed when the root gets another one from somebody else", async () => {
    const document = fileWith("");
    const session = await open("A", document);
    document.writeRoot(root("other", 0), undefined as never);
    await pass(0);
    expect(session.background.file.value).toBe("other");
    expect(rootOf(document)).toMatchObject({ docId: "other", gen: 1 });
  });
});

describe("a root whose record was taken back by Undo", () => {
  test("gets the file's id again, under which its results wait", async () => {
    const document = fileWith("");
    const session = await open("A", document);
    const file = session.background.file.value!;
    document.writeRoot("", undefined as never);
    relay.wish({ pid: "p1", node: "n1", item: textItem("a"), session: null, file });
    await pass(20_000);
    expect(session.background.file.value).toBe(file);
    expect(rootOf(document)).toMatchObject({ docId: file, gen: 1 });
    expect(relay.placements.get("p1")?.state).toBe("placed");
  });

  test("is no copy of itself: nobody is asked, and no generation is used up", async () => {
    const document = fileWith(root("file", 4));
    const left = await open("A", document);
    const newest = await open("B", document);
    newest.background.stop();
    document.writeRoot(root("file", 4), undefined as never);
    await pass(60_000);
    expect(rootOf(document).gen).toBe(6);
    expect(left.notices.size).toBe(0);
  });
});

describe("sessions of one file", () => {
  test("all place, and only openings use up generations", async () => {
    const document = fileWith(root("file", 0));
    await open("A", document);
    await open("B", document);
    await pass(200_000);
    expect(rootOf(document).gen).toBe(2);
    wish("p1");
    await pass(20_000);
    expect(relay.placements.get("p1")?.state).toBe("placed");
  });

  test("wait for a root that is behind, and ask nobody when it catches up", async () => {
    const document = fileWith(root("file", 0));
    await open("A", document);
    const late = fileWith(root("file", 0));
    const session = await open("B", late);
    expect(session.background.file.value).toBeNull();
    await pass(9_000);
    late.writeRoot(root("file", 1), undefined as never);
    await pass(0);
    expect(session.background.file.value).toBe("file");
    await pass(60_000);
    expect(session.notices.size).toBe(0);
  });
});

describe("two files with one id", () => {
  async function openCopy() {
    const original = fileWith(root("file", 0));
    const first = await open("A", original);
    const copy = fileWith(root("file", 0));
    const second = await open("B", copy);
    await pass(10_000);
    return { original, first, copy, second };
  }

  test("are told apart: the second asks, and places nothing until it is answered", async () => {
    const { second } = await openCopy();
    expect(actionsOf(second)).toEqual(["Keep it here", "Start fresh here"]);
    expect(second.notices.get("file-identity")).toMatchObject({ isDismissable: false });
    wish("p1");
    await pass(1);
    expect(second.canvas.made).toEqual([]);
  });

  test("go their own ways when one starts fresh", async () => {
    const { original, copy, first, second } = await openCopy();
    second.notices.get("file-identity")?.actions[1]?.act();
    await pass(1);
    expect(rootOf(copy)).toMatchObject({ docId: "B-1", parentDocId: "file" });
    expect(second.background.file.value).toBe("B-1");
    expect(second.notices.size).toBe(0);
    expect(rootOf(original).docId).toBe("file");
    expect(first.background.file.value).toBe("file");
  });

  test("exchange places when one keeps the history: the other is asked next", async () => {
    const { first, second } = await openCopy();
    second.notices.get("file-identity")?.actions[0]?.act();
    await pass(1);
    expect(second.background.file.value).toBe("file");
    await pass(40_000);
    expect(second.notices.size).toBe(0);
    expect(actionsOf(first)).toEqual(["Keep it here", "Start fresh here"]);
    wish("p1");
    await pass(20_000);
    expect([first, second].map(({ canvas }) => canvas.made.length)).toEqual([0, 1]);
  });
});
