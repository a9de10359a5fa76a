import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { S3Settings } from "../../server/assets/s3-settings.ts";

/** Why a request is not believed. */
export interface SignatureRefusal {
  readonly status: number;
  readonly code: string;
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Checks a request as it arrived against SigV4 as the makers of the AWS SDK sign it: who, where, what
 * and which bytes. Null for a request to believe.
 */
export async function refuseSignature(
  settings: S3Settings,
  request: IncomingMessage,
  body: Buffer,
): Promise<SignatureRefusal | null> {
  const said = authorization.exec(request.headers.authorization ?? "");
  const [, keyId, , region, signed = ""] = said ?? [];
  if (!said) return { status: 403, code: "AccessDenied" };
  if (keyId !== settings.keyId) return { status: 403, code: "InvalidAccessKeyId" };
  if (region !== settings.region) return { status: 400, code: "AuthorizationHeaderMalformed" };
  const names = signed.split(";");
  if (!["host", "x-amz-date", "x-amz-content-sha256"].every((name) => names.includes(name))) {
    return { status: 403, code: "AccessDenied" };
  }
  const { keyId: accessKeyId, secret: secretAccessKey } = settings;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region: settings.region,
    service: "s3",
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const host = request.headers.host ?? "";
  const headers = Object.fromEntries(
    names.map((name) => [name, String(request.headers[name] ?? "")]),
  );
  const time = headers["x-amz-date"] ?? "";
  const expected = await signer.sign(
    {
      method: request.method ?? "",
      protocol: "http:",
      hostname: host.split(":")[0] ?? "",
      path,
      query: readSignedQuery(query),
      headers,
    },
    { signingDate: readTime(time) },
  );
  if (expected.headers["authorization"] !== request.headers.authorization) {
    return { status: 403, code: "SignatureDoesNotMatch" };
  }
  const hash = createHash("sha256").update(body).digest("hex");
  if (headers["x-amz-content-sha256"] !== hash) {
    return { status: 400, code: "XAmzContentSHA256Mismatch" };
  }
  return null;
}

/** A query as it was sent, decoded. */
export function readSignedQuery(query: string): Record<string, string> {
  const pairs = query.split("&").filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", value = ""] = pair.split("=");
      const decode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
      return [decode(name), decode(value)];
    }),
  );
}

/** "20260102T030405Z" as a time. */
function readTime(text: string): Date {
  return new Date(text.replace(/^(.{4})(..)(.{5})(..)(.{3})$/, "$1-$2-$3:$4:$5"));
}
