import { describe, expect, onTestFinished, test } from "vitest";
import type { StockSearch, StockDeclaration } from "../../../server/stock/stock.ts";
import { StockTrouble } from "../../../server/stock/stock.ts";
import { createEgress } from "../../../server/egress.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { openFaultServer, type Arrived, type Behaviour } from "../../helpers/fault-server.ts";
import { standInInternet } from "../../helpers/stand-in-internet.ts";
import type { Conformer } from "../../providers/conformer.ts";
import { smallPng } from "../../providers/request-parts.ts";

/** A library as its specification has it; `good` answers every request well. */
export interface StockStandIn {
  readonly declaration: StockDeclaration;
  /** Where files and pictures lie. */
  readonly fileHosts: readonly string[];
  readonly good: Behaviour;
  /** A picture that it has. */
  readonly id: string;
  /** The first request of a taking, and every one of them, by path. */
  readonly takes: readonly RegExp[];
  readonly conformer: (() => Promise<Conformer>) | null;
}

/** The key of every test; it must never be seen outside its header. */
const secret = "stock-canary-5d1f09c2ab";
/** A search without filters. */
export const plain: StockSearch = {
  query: "red apple",
  page: 1,
  kind: "photo",
  orientation: null,
  color: null,
};

/** Opens a library on an internet where one server stands for all of its hosts. */
export async function openStock({ declaration, fileHosts, good }: StockStandIn, behave = good) {
  const server = await openFaultServer(behave);
  const hosts = [
    ...declaration.key.origins.map((origin) => new URL(origin).hostname),
    ...fileHosts,
  ];
  const answers = Object.fromEntries(hosts.map((host) => [host, [["1.1.1.1"]]]));
  const wires = standInInternet(server.port, answers);
  const clock = new VirtualClock();
  const egress = createEgress({ clock, ownOrigins: [], note: () => undefined, wires });
  onTestFinished(async () => {
    await egress.close();
    await server.close();
  });
  const key = { version: "1", reveal: () => secret };
  const using = { key, signal: new AbortController().signal };
  return { stock: declaration.open(egress), using, server };
}

/** What every library keeps. */
export function describeStock(library: StockStandIn): void {
  const { declaration, fileHosts, good, id, takes } = library;
  const { title, key } = declaration;
  const isFile = ({ headers }: Arrived) => fileHosts.includes(headers.host ?? "");
  const troubleWith = async (behave: Behaviour, isTaken: boolean): Promise<StockTrouble> => {
    const { stock, using, server } = await openStock(library, behave);
    const work: Promise<unknown> = isTaken ? stock.take(id, using) : stock.search(plain, using);
    const error: unknown = await work.then(
      () => new Error("It went through."),
      (reason: unknown) => reason,
    );
    if (!(error instanceof StockTrouble)) throw error;
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(error.message).not.toContain(secret);
    expect(server.arrived.length).toBeGreaterThan(0);
    return error;
  };

  describe(`${title} is searched`, () => {
    test("and tells what it found, in one line and with https addresses", async () => {
      const { stock, using, server } = await openStock(library);
      const { pictures, hasMore } = await stock.search(plain, using);
      expect(hasMore).toBe(true);
      const [first] = pictures;
      expect(first).toMatchObject({ provider: declaration.id, id, kind: "photo" });
      expect(first?.title).toBe("A red apple");
      expect(first?.author.name).toBe("Jane Doe");
      for (const address of [first?.thumbUrl, first?.previewUrl, first?.pageUrl]) {
        expect(address).toMatch(/^https:/);
      }
      const [asked] = server.arrived;
      expect(asked?.headers[key.header]).toBe(`${key.prefix}${secret}`);
      expect(asked?.path).not.toContain(secret);
    });

    const limited: Behaviour = (response) =>
      response.writeHead(429, { "retry-after": "30" }).end("no");
    const faults: readonly (readonly [string, Behaviour, StockTrouble["kind"]])[] = [
      ["401", (response) => response.writeHead(401).end("no"), "key-refused"],
      ["429", limited, "limited"],
      ["500", (response) => response.writeHead(500).end(), "unavailable"],
      ["a page", (response) => response.end("<html>"), "unavailable"],
      [
        "nonsense",
        (response) => response.end('{"photos":7,"results":{},"data":"x"}'),
        "unavailable",
      ],
      ["nothing", (response) => response.end(), "unavailable"],
      ["a reset", (response) => response.socket?.resetAndDestroy(), "unavailable"],
      [
        "a redirect into our own network",
        (response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
        "unavailable",
      ],
    ];
    test.each(faults)("and answers %s", async (_, fault, kind) => {
      expect((await troubleWith(fault, false)).kind).toBe(kind);
    });

    test("and says how long to wait", async () => {
      expect((await troubleWith(limited, false)).retryAfterMs).toBe(30_000);
    });
  });

  describe(`a picture of ${title} is taken`, () => {
    test("as it lies there, with its credit; the file is asked for without the key", async () => {
      const { stock, using, server } = await openStock(library);
      const { bytes, credit } = await stock.take(id, using);
      expect(bytes).toEqual(smallPng());
      expect(credit.line).toContain("Jane Doe");
      expect(credit.line).toContain(title);
      expect(credit.pageUrl).toMatch(/^https:/);
      const own = server.arrived.filter((each) => !isFile(each));
      expect(own).toHaveLength(takes.length);
      for (const [at, each] of own.entries()) expect(each.path).toMatch(takes[at]!);
      const files = server.arrived.filter(isFile);
      expect(files).toHaveLength(1);
      expect(JSON.stringify(files[0]?.headers)).not.toContain(secret);
    });

    test.each(["../me", "a/b", "", "x".repeat(99), "?id=1"])("but not %j", async (wrong) => {
      const { stock, using, server } = await openStock(library);
      await expect(stock.take(wrong, using)).rejects.toMatchObject({ kind: "gone" });
      expect(server.arrived).toEqual([]);
    });

    const onFile =
      (fault: Behaviour): Behaviour =>
      (response, arrived) =>
        (isFile(arrived) ? fault : good)(response, arrived);
    const faults: readonly (readonly [string, Behaviour, StockTrouble["kind"]])[] = [
      ["is gone", (response) => response.writeHead(404).end("{}"), "gone"],
      ["is refused", (response) => response.writeHead(403).end(), "key-refused"],
      ["has a file that is gone", onFile((response) => response.writeHead(404).end()), "gone"],
      [
        "has a file that is refused",
        onFile((response) => response.writeHead(403).end()),
        "unavailable",
      ],
      [
        "has a file that points into our own network",
        onFile((response) => {
          response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
        }),
        "unavailable",
      ],
      [
        "has a file that is cut",
        onFile((response) => {
          response.writeHead(200, { "content-length": "100000" }).write("half");
          setImmediate(() => response.destroy());
        }),
        "unavailable",
      ],
    ];
    test.each(faults)("and %s", async (_, fault, kind) => {
      expect((await troubleWith(fault, true)).kind).toBe(kind);
    });
  });
}

/** Every search that a library can be asked for is one that its specification takes. */
export async function checkSearches(library: StockStandIn): Promise<void> {
  const conformer = await library.conformer?.();
  if (!conformer) throw new Error("There is no specification.");
  const { stock, using, server } = await openStock(library);
  for (const kind of stock.kinds) {
    for (const orientation of ["landscape", "portrait", "square", null] as const) {
      await stock.search({ ...plain, kind, orientation, page: 2 }, using);
    }
    for (const color of [
      ...(["black", "white", "yellow", "orange"] as const),
      ...(["red", "purple", "green", "blue"] as const),
    ]) {
      await stock.search({ ...plain, kind, color }, using);
    }
  }
  await stock.take(library.id, using);
  const own = server.arrived.filter(
    ({ headers }) => !library.fileHosts.includes(headers.host ?? ""),
  );
  expect(own.length).toBeGreaterThan(10);
  for (const each of own) expect(await conformer.check(each)).toEqual([]);
}
