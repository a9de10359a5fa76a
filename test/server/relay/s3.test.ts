import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startRelay } from "../../../server/relay.ts";
import { buildPng } from "../../helpers/build-png.ts";
import { hashOf } from "../../helpers/open-test-relay.ts";
import { openS3Server } from "../../helpers/s3-server.ts";

test("a relay keeps uploads on S3, gives them from there, and says what is wrong with it", async () => {
  const server = await openS3Server();
  const folder = await mkdtemp(join(tmpdir(), "spaces-relay-"));
  const relay = await startRelay({
    folder,
    port: 0,
    version: "0.0.0",
    pid: process.pid,
    failpoints: "",
    kill: () => undefined,
    writeLog: () => undefined,
    s3: server.settings,
  });
  try {
    const token = await relay.newToken("test");
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`http://localhost:${relay.port}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, "content-type": "image/png" },
      });
    const picture = buildPng({ widthPx: 12, heightPx: 8 });
    const path = `/v1/assets/${hashOf(picture)}`;
    const put = await ask(path, { method: "PUT", body: new Uint8Array(picture) });
    expect(put.status).toBe(200);
    const [key] = server.objects.keys();
    expect(key?.startsWith(`${relay.id}/`)).toBe(true);
    await rm(join(folder, "assets", "copies", hashOf(picture).slice(0, 2)), { recursive: true });
    expect(await readdir(join(folder, "assets", "copies"))).toEqual(["temp"]);
    const got = await ask(path);
    expect(Buffer.from(await got.arrayBuffer()).equals(picture)).toBe(true);
    server.fail("HEAD", { kind: "answer", status: 403, code: "AccessDenied" });
    const refused = await ask(path);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain("SPACES_S3_KEY_ID");
  } finally {
    await relay.stop();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
