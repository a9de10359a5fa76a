import { describe, expect, test } from "vitest";
import { standInInternet } from "../../helpers/stand-in-internet.ts";
import { openEgress, openHost, troubleOf, wide } from "./open-test-egress.ts";

const publicAddress = "93.184.216.34";

describe("an address that comes from outside", () => {
  const spellings = [
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://0/",
    "https://①②⑦.0.0.1/",
  ];
  const others = [
    "http://media.example/",
    "https://media.example:8443/",
    "https://you:secret@media.example/",
    "ftp://media.example/",
    "file:///etc/passwd",
    "data:text/plain,hello",
    "/media",
    "",
  ];
  test.each([...spellings, ...others])(
    "is refused before anything is sent: %s",
    async (address) => {
      const host = await openHost((response) => response.end("inside"));
      const wires = standInInternet(host.port, { "media.example": [[publicAddress]] });
      const { egress } = openEgress({ wires });
      const trouble = await troubleOf(egress.download(address, wide));
      expect([trouble.code, trouble.isSent]).toEqual(["blocked", false]);
      expect(wires.connected).toEqual([]);
    },
  );

  test("is refused when its name is of one's own network, also in one of several answers", async () => {
    const host = await openHost((response) => response.end("inside"));
    const wires = standInInternet(host.port, {
      "inside.example": [["10.0.0.5"]],
      "mixed.example": [[publicAddress, "127.0.0.1"]],
    });
    const { egress } = openEgress({ wires });
    for (const name of ["inside", "mixed"]) {
      const trouble = await troubleOf(egress.download(`https://${name}.example/`, wide));
      expect([trouble.code, trouble.isSent]).toEqual(["blocked", false]);
    }
    expect(host.arrived).toEqual([]);
  });

  test("is connected to by the very answer that was checked, and checked at every connection", async () => {
    const host = await openHost((response) => {
      response.setHeader("connection", "close");
      response.end("media");
    });
    const wires = standInInternet(host.port, { "flip.example": [[publicAddress], ["127.0.0.1"]] });
    const { egress } = openEgress({ wires });
    const first = await egress.download("https://flip.example/", wide);
    expect(await first.text()).toBe("media");
    const trouble = await troubleOf(egress.download("https://flip.example/", wide));
    expect([trouble.code, trouble.isSent]).toEqual(["blocked", false]);
    expect(wires.connected).toEqual([publicAddress]);
  });

  test("is refused when the connection ends elsewhere than was said", async () => {
    const host = await openHost((response) => response.end("inside"));
    const wires = standInInternet(host.port, { "media.example": [[publicAddress]] }, "10.1.1.1");
    const { egress } = openEgress({ wires });
    const trouble = await troubleOf(egress.download("https://media.example/", wide));
    expect([trouble.code, trouble.isSent]).toEqual(["blocked", false]);
    expect(host.arrived).toEqual([]);
  });

  test("is refused with the machine's own resolver too", async () => {
    const host = await openHost((response) => response.end("inside"));
    const { egress } = openEgress({});
    const trouble = await troubleOf(egress.download("https://localhost/", wide));
    expect([trouble.code, trouble.isSent]).toEqual(["blocked", false]);
    expect(host.arrived).toEqual([]);
  });

  test("never reaches a host that the operator named for something else", async () => {
    const host = await openHost((response) => response.end("inside"));
    const { egress } = openEgress({ ownOrigins: [host.origin] });
    const trouble = await troubleOf(egress.download(`${host.origin}/view`, wide));
    expect([trouble.code, trouble.isSent]).toEqual(["blocked", false]);
    const own = await egress.within([host.origin], wide)(`${host.origin}/view`);
    expect(await own.text()).toBe("inside");
  });
});

describe("a file that a vendor wants to have", () => {
  const put = { body: new Uint8Array([1, 2, 3]), headers: { "content-type": "image/png" } };

  test("is put to its public address, once and without a key", async () => {
    const host = await openHost((response) => response.end());
    const wires = standInInternet(host.port, { "files.example": [[publicAddress]] });
    const { egress } = openEgress({ wires });
    expect((await egress.upload("https://files.example/a?sig=1", put, wide)).ok).toBe(true);
    expect(host.arrived).toMatchObject([
      { method: "PUT", path: "/a?sig=1", body: "\u0001\u0002\u0003" },
    ]);
  });

  test("is not sent on, nor to addresses of our own", async () => {
    const host = await openHost((response) =>
      response.writeHead(307, { location: "https://cdn.example/" }).end(),
    );
    const wires = standInInternet(host.port, { "files.example": [[publicAddress]] });
    const { egress } = openEgress({ wires, ownOrigins: [host.origin] });
    const codes = [];
    for (const address of ["https://files.example/", "https://10.0.0.1/", `${host.origin}/a`]) {
      codes.push((await troubleOf(egress.upload(address, put, wide))).code);
    }
    expect(codes).toEqual(["redirected", "blocked", "blocked"]);
    expect(host.arrived).toHaveLength(1);
  });
});

describe("redirects of media", () => {
  const internet = (port: number) =>
    standInInternet(port, { "media.example": [[publicAddress]], "cdn.example": [["1.1.1.1"]] });

  test("are followed to other public hosts", async () => {
    const host = await openHost((response, { path }) => {
      if (path === "/file") response.end("media");
      else response.writeHead(302, { location: "https://cdn.example/file" }).end();
    });
    const wires = internet(host.port);
    const { egress } = openEgress({ wires });
    const answer = await egress.download("https://media.example/", wide);
    expect(await answer.text()).toBe("media");
    expect(wires.connected).toEqual([publicAddress, "1.1.1.1"]);
  });

  test.each(["https://10.0.0.1/", "http://cdn.example/file", "https://metadata.example/"])(
    "are refused to %s",
    async (location) => {
      const host = await openHost((response) => response.writeHead(302, { location }).end());
      const { egress } = openEgress({ wires: internet(host.port) });
      const trouble = await troubleOf(egress.download("https://media.example/", wide));
      expect(["blocked", "unreachable"]).toContain(trouble.code);
      expect(host.arrived).toHaveLength(1);
    },
  );

  test("end after three", async () => {
    const host = await openHost((response) =>
      response.writeHead(307, { location: "/again" }).end(),
    );
    const { egress } = openEgress({ wires: internet(host.port) });
    const trouble = await troubleOf(egress.download("https://media.example/", wide));
    expect(trouble.code).toBe("redirected");
    expect(host.arrived).toHaveLength(4);
  });
});
