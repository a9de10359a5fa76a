import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../server/clock.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import type { Limits } from "../../../server/egress.ts";
import { openEgress, openHost, troubleOf, wide } from "./open-test-egress.ts";

const own = async (
  behave: Parameters<typeof openHost>[0],
  clock: VirtualClock | typeof systemClock = new VirtualClock(),
) => {
  const host = await openHost(behave);
  const { egress } = openEgress({ ownOrigins: [host.origin], clock });
  return { host, send: (limits: Limits = wide) => egress.within([host.origin], limits) };
};

describe("an answer", () => {
  test("that drips one byte each 40 ms ends at the total deadline", async () => {
    const { host, send } = await own((response) => {
      const timer = setInterval(() => response.write(" "), 40);
      response.on("close", () => clearInterval(timer));
    }, systemClock);
    const startedAtMs = Date.now();
    const answer = await send({ ...wide, deadlineMs: 300 })(host.origin);
    const trouble = await troubleOf(answer.text());
    expect([trouble.code, trouble.isSent]).toEqual(["late", true]);
    expect(Date.now() - startedAtMs).toBeLessThan(1300);
  });

  test("that never begins ends at the total deadline, which is the clock's", async () => {
    const clock = new VirtualClock();
    const { host, send } = await own(() => clock.jump(wide.deadlineMs), clock);
    const trouble = await troubleOf(send()(host.origin, { method: "POST", body: "paid" }));
    expect([trouble.code, trouble.isSent]).toEqual(["late", true]);
  });

  const encodings = [
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const;
  test.each(encodings)("that unfolds from %s is counted as it is meant", async (name, compress) => {
    const { host, send } = await own((response, { path }) => {
      response.setHeader("content-encoding", name);
      response.end(compress(Buffer.alloc(path === "/bomb" ? 5_000_000 : 1000, "a")));
    });
    expect(await (await send()(host.origin)).text()).toBe("a".repeat(1000));
    const bomb = await send()(`${host.origin}/bomb`);
    expect((await troubleOf(bomb.arrayBuffer())).code).toBe("too-large");
    expect(host.arrived[0]?.headers["accept-encoding"]).toBe("identity");
  });

  test.each(["gzip, gzip", "zstd", "nonsense"])("encoded as %s is garbled", async (encoding) => {
    const { host, send } = await own((response) => {
      response.setHeader("content-encoding", encoding);
      response.end("x");
    });
    const answer = await send()(host.origin);
    expect((await troubleOf(answer.text())).code).toBe("garbled");
  });

  test("that is too large is refused by its length, or where it passes the limit", async () => {
    const { host, send } = await own((response, { path }) => {
      if (path === "/said") response.setHeader("content-length", "2000000");
      response.write("x".repeat(600_000));
      response.end("x".repeat(1_400_000));
    });
    expect((await troubleOf(send()(`${host.origin}/said`))).code).toBe("too-large");
    const answer = await send()(host.origin);
    expect((await troubleOf(answer.text())).code).toBe("too-large");
  });

  test.each([0, 1, 50, 99])("cut after %i of 100 bytes is told as cut", async (bytes) => {
    const { host, send } = await own((response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("x".repeat(bytes), () => response.socket?.resetAndDestroy());
      response.flushHeaders();
    });
    const trouble = await troubleOf(
      send()(host.origin).then(async (answer) => answer.arrayBuffer()),
    );
    expect([trouble.code, trouble.isSent]).toEqual(["cut", true]);
  });

  test("that is no HTTP is told without its words", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("SSH-2.0-secret words\r\n\r\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { egress } = openEgress({ ownOrigins: [origin] });
    const trouble = await troubleOf(egress.within([origin], wide)(origin, { method: "POST" }));
    expect([trouble.code, trouble.isSent]).toEqual(["cut", true]);
    expect(trouble.stack).not.toContain("secret words");
  });

  test("nobody wants is let go, and its deadline with it", async () => {
    const clock = new VirtualClock();
    const { host, send } = await own((response) => response.write("x".repeat(10_000)), clock);
    const answer = await send()(host.origin);
    await answer.body?.cancel();
    expect(clock.ringNext()).toBe(false);
  });

  test("without a body is an answer too", async () => {
    const clock = new VirtualClock();
    const { host, send } = await own((response) => response.writeHead(204).end(), clock);
    const answer = await send()(host.origin);
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect(clock.ringNext()).toBe(false);
  });
});

test("the answer to HEAD tells of a file that is larger than the limit", async () => {
  const { host, send } = await own((response) => response.setHeader("content-length", 9e9).end());
  const answer = await send()(host.origin, { method: "HEAD" });
  expect([answer.headers.get("content-length"), await answer.text()]).toEqual(["9000000000", ""]);
});

describe("a request", () => {
  test("that could not connect was not sent", async () => {
    const closed = await openHost((response) => response.end());
    await closed.close();
    const tls = closed.origin.replace("http:", "https:");
    const plain = await openHost((response) => response.end());
    const noTls = plain.origin.replace("http:", "https:");
    const origins = [closed.origin, tls, noTls, "http://no-such-host.invalid"];
    const { egress } = openEgress({ ownOrigins: origins });
    for (const origin of origins) {
      const trouble = await troubleOf(egress.within(origins, wide)(origin, { method: "POST" }));
      expect([trouble.code, trouble.isSent]).toEqual(["unreachable", false]);
    }
    expect(plain.arrived).toEqual([]);
  });

  test("that its caller stops says so, and whether it was sent", async () => {
    const stop = new AbortController();
    const { host, send } = await own(() => stop.abort(new Error("words of the caller")));
    const trouble = await troubleOf(
      send()(host.origin, { method: "POST", signal: stop.signal, body: "x" }),
    );
    expect([trouble.name, trouble.code, trouble.isSent]).toEqual(["AbortError", "aborted", true]);
    const again = await troubleOf(send()(host.origin, { method: "POST", signal: stop.signal }));
    expect([again.code, again.isSent]).toEqual(["aborted", false]);
    expect(host.arrived).toHaveLength(1);
  });

  test("takes what fetch takes: a form, a stream with its length, a Request", async () => {
    const { host, send } = await own((response) => response.end("ok"));
    const form = new FormData();
    form.set("image", new Blob(["pixels"]), "a.png");
    await send()(host.origin, { method: "POST", body: form, headers: { cookie: "a=b" } });
    const body = new Blob(["streamed"]).stream();
    const headers = { "content-length": "8", host: "evil.example", "x-amz-date": "now" };
    const s3: RequestInit = { method: "PUT", body, headers };
    await send()(new Request(`${host.origin}/s3?x=1`, Object.assign(s3, { duplex: "half" })));
    const [first, second] = host.arrived;
    expect(first?.headers["content-type"]).toContain("multipart/form-data");
    expect(first?.body).toContain("pixels");
    expect(first?.headers.cookie).toBeUndefined();
    expect(Number(first?.headers["content-length"])).toBeGreaterThan(6);
    expect([second?.body, second?.path]).toEqual(["streamed", "/s3?x=1"]);
    expect(second?.headers).toMatchObject({ "content-length": "8", "x-amz-date": "now" });
    expect(second?.headers.host).toBe(new URL(host.origin).host);
  });
});
