import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { connect } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { selfSigned } from "../../helpers/self-signed.ts";
import { openEgress, troubleOf, wide } from "./open-test-egress.ts";

test("a host whose certificate nobody vouches for gets nothing, not even where the operator named it", async () => {
  let requests = 0;
  const certificate = selfSigned("localhost");
  const server = createServer(certificate, (_request, response) => {
    requests += 1;
    response.end("inside");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const origin = `https://localhost:${port}`;
  const { egress } = openEgress({ ownOrigins: [origin] });
  const trouble = await troubleOf(egress.within([origin], wide)(origin, { method: "POST" }));
  expect([trouble.code, trouble.isSent, requests]).toEqual(["unreachable", false, 0]);
  // The certificate is fit for its purpose: who trusts it gets through.
  const trusting = connect({
    port,
    host: "127.0.0.1",
    servername: "localhost",
    ca: certificate.cert,
  });
  await new Promise<void>((resolve, reject) => {
    trusting.once("secureConnect", resolve);
    trusting.once("error", reject);
  });
  expect(trusting.authorized).toBe(true);
  trusting.destroy();
});
