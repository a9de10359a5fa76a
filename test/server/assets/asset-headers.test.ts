import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mediaTypes, type MediaType } from "#domain/asset";
import { assetHeaders, readRange } from "../../../server/assets/asset-headers.ts";

const hash = "ab".repeat(32);
const picture = { hash, mediaType: "image/png", bytes: 1_000 } as const;

describe("readRange", () => {
  it.each([
    [undefined, { kind: "whole" }],
    ["", { kind: "whole" }],
    ["bytes=0-99", { kind: "range", start: 0, end: 99 }],
    ["BYTES=0-0", { kind: "range", start: 0, end: 0 }],
    ["bytes=500-", { kind: "range", start: 500, end: 999 }],
    ["bytes=999-", { kind: "range", start: 999, end: 999 }],
    ["bytes=10-99999999999999999999", { kind: "range", start: 10, end: 999 }],
    ["bytes=-100", { kind: "range", start: 900, end: 999 }],
    ["bytes=-5000", { kind: "range", start: 0, end: 999 }],
    ["bytes=-0", { kind: "unsatisfiable" }],
    ["bytes=1000-", { kind: "unsatisfiable" }],
    ["bytes=99999999999999999999-", { kind: "unsatisfiable" }],
    ["bytes=5-2", { kind: "whole" }],
    ["bytes=-", { kind: "whole" }],
    ["bytes=0-1,5-6", { kind: "whole" }],
    ["bytes=0x1-2", { kind: "whole" }],
    ["bytes=--5", { kind: "whole" }],
    ["bytes= 0-5", { kind: "whole" }],
    ["pages=0-5", { kind: "whole" }],
  ])("%s of 1000 bytes", (header, asked) => {
    expect(readRange(header, 1_000)).toEqual(asked);
  });

  it("gives of no bytes the whole, or nothing", () => {
    expect(readRange("bytes=0-", 0)).toEqual({ kind: "unsatisfiable" });
    expect(readRange("bytes=-5", 0)).toEqual({ kind: "whole" });
  });

  it("never leaves the asset, whatever arrives", () => {
    const part = fc.oneof(fc.nat(), fc.constant(""), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(part, part, fc.nat(5_000), (first, last, bytes) => {
        const asked = readRange(`bytes=${first}-${last}`, bytes);
        if (asked.kind !== "range") return;
        expect(asked.start).toBeGreaterThanOrEqual(0);
        expect(asked.end).toBeGreaterThanOrEqual(asked.start);
        expect(asked.end).toBeLessThan(bytes);
      }),
    );
  });
});

describe("assetHeaders", () => {
  it("serves a picture so that it is shown, cached, and never taken for a page", () => {
    expect(assetHeaders(picture, { kind: "whole" })).toEqual({
      "Content-Type": "image/png",
      "Content-Length": "1000",
      "Content-Disposition": "inline",
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Accept-Ranges": "bytes",
      ETag: `"${hash}"`,
      "Cache-Control": "private, max-age=31536000, immutable",
    });
  });

  it("says which part is sent, and that a part is not there", () => {
    expect(assetHeaders(picture, { kind: "range", start: 10, end: 19 })).toMatchObject({
      "Content-Length": "10",
      "Content-Range": "bytes 10-19/1000",
    });
    expect(assetHeaders(picture, { kind: "unsatisfiable" })).toMatchObject({
      "Content-Length": "0",
      "Content-Range": "bytes */1000",
      "Cache-Control": "no-store",
    });
  });

  it("lets text only be saved, so that no text is run as a page", () => {
    const headers = assetHeaders(
      { ...picture, mediaType: "text/plain" },
      { kind: "whole" },
      "a.md",
    );
    expect(headers["Content-Type"]).toBe("text/plain; charset=utf-8");
    expect(headers["Content-Disposition"]).toBe('attachment; filename="a.md"');
  });

  it.each([
    ["Photo.JPG", "image/jpeg", 'inline; filename="Photo.jpg"'],
    ["page.html", "image/png", 'inline; filename="page.html.png"'],
    ["../../etc/passwd", "image/png", 'inline; filename="etc-passwd.png"'],
    ["..\\..\\x", "image/png", 'inline; filename="x.png"'],
    ["%2e%2e%2fx", "image/png", 'inline; filename="_2e_2e_2fx.png"'],
    ["C:\\dir\\x.png", "image/png", 'inline; filename="C--dir-x.png"'],
    ["\\\\?\\x", "image/png", 'inline; filename="x.png"'],
    ['a"b\\c', "image/png", 'inline; filename="a-b-c.png"'],
    ["a\r\nSet-Cookie: x=1", "image/png", 'inline; filename="aSet-Cookie- x=1.png"'],
    ["nu\0l", "image/png", 'inline; filename="_nul.png"'],
    ["\u202egnp.exe", "image/png", 'inline; filename="gnp.exe.png"'],
    ["con.txt", "image/png", 'inline; filename="_con.txt.png"'],
    ["  ...  ", "image/png", `inline; filename="${hash.slice(0, 12)}.png"`],
    ["", "image/png", `inline; filename="${hash.slice(0, 12)}.png"`],
    ["кот's (1)*.png", "image/png", `inline; filename="___'s (1).png"`],
  ] as const)("makes the name %j harmless", (name, mediaType, expected) => {
    const headers = assetHeaders({ ...picture, mediaType }, { kind: "whole" }, name);
    expect(headers["Content-Disposition"]?.split("; filename*")[0]).toBe(expected);
  });

  it("keeps a name of any language beside a plain one", () => {
    const headers = assetHeaders(picture, { kind: "whole" }, "кот's (1).png");
    expect(headers["Content-Disposition"]).toBe(
      `inline; filename="___'s (1).png"; filename*=UTF-8''%D0%BA%D0%BE%D1%82%27s%20%281%29.png`,
    );
  });

  it("writes headers that parse and a name that is one of its type, whatever people typed", () => {
    const nasty = fc.constantFrom(
      "../",
      "\r\n",
      '"',
      "\\",
      "\0",
      "\u202e",
      "%00",
      ";",
      "=",
      "\ud800",
    );
    const name = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc
        .array(fc.oneof(nasty, fc.string({ maxLength: 8 })), { maxLength: 60 })
        .map((all) => all.join("")),
    );
    const types = Object.keys(mediaTypes) as MediaType[];
    fc.assert(
      fc.property(name, fc.constantFrom(...types), (typed, mediaType) => {
        const record = assetHeaders({ ...picture, mediaType }, { kind: "whole" }, typed);
        const disposition = new Headers(record).get("content-disposition") ?? "";
        const match =
          /^(inline|attachment); filename="([^"\\\r\n]+)"(?:; filename\*=UTF-8''([\w.!#$&+^`|~%-]+))?$/.exec(
            disposition,
          );
        expect(match).not.toBeNull();
        const full = decodeURIComponent(match?.[3] ?? match?.[2] ?? "");
        expect(full).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u);
        expect(full).not.toMatch(/^\./);
        expect(full).toMatch(/[^.]\.[a-z0-9]{2,4}$/);
        expect(Array.from(full).length).toBeLessThanOrEqual(110);
      }),
      { numRuns: 500 },
    );
  });
});
