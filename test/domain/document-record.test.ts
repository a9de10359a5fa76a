import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  readDocumentRecord,
  settleDocument,
  startFresh,
  writeDocumentRecord,
  type DocumentRecord,
} from "#domain/document-record";

const record: DocumentRecord = { v: 1, docId: "d1", gen: 4, fileKey: "k1" };
const newId = () => "new";

describe("what a file's root remembers", () => {
  test("is read as it was written, with the same bytes for the same record", () => {
    const ids = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 });
    const records = fc.record(
      { v: fc.constant(1 as const), docId: ids, gen: fc.nat(), fileKey: ids, parentDocId: ids },
      { requiredKeys: ["v", "docId", "gen"] },
    );
    fc.assert(
      fc.property(records, (any) => {
        const text = writeDocumentRecord(any);
        expect(readDocumentRecord(text)).toEqual(any);
        const turned = Object.fromEntries(
          Object.entries(any).reverse(),
        ) as unknown as DocumentRecord;
        expect(writeDocumentRecord(turned)).toBe(text);
      }),
    );
  });

  test("is nothing where it cannot be read, and left alone where it is newer", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readDocumentRecord(text)).toBeNull();
      }),
    );
    expect(readDocumentRecord('{"v":2,"other":1}')).toBe("newer");
    expect(readDocumentRecord('{"v":1,"docId":"","gen":0}')).toBeNull();
    expect(readDocumentRecord('{"v":1,"docId":"a","gen":-1}')).toBeNull();
  });
});

describe("the identity of a file", () => {
  test.each([
    ["a file without one gets one", null, null, { v: 1, docId: "new", gen: 0 }],
    ["and keeps Figma's key", null, "k2", { v: 1, docId: "new", gen: 0, fileKey: "k2" }],
    ["stays as it is without a key", record, null, record],
    ["stays as it is with the same key", record, "k1", record],
    [
      "is another one where the key says that the file was copied",
      record,
      "k2",
      { v: 1, docId: "new", gen: 0, fileKey: "k2", parentDocId: "d1" },
    ],
  ])("%s", (_, known, fileKey, expected) => {
    expect(settleDocument(known, fileKey, newId)).toEqual(expected);
  });

  test("that starts fresh leaves the key of the other file behind", () => {
    expect(startFresh(record, null, newId)).toEqual({
      v: 1,
      docId: "new",
      gen: 0,
      parentDocId: "d1",
    });
  });
});
