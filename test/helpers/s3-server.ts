import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { S3Settings } from "../../server/assets/s3-settings.ts";
import { readSignedQuery, refuseSignature } from "./s3-signature.ts";

/** How the next requests of a method fare, instead of being answered. */
export type S3Fault =
  | { readonly kind: "answer"; readonly status: number; readonly code: string }
  /** Nothing is answered, ever. */
  | { readonly kind: "stall" }
  /** The connection is cut after so many bytes of the body, or before any of the answer. */
  | { readonly kind: "cut"; readonly afterBytes: number }
  /** So many bytes of the body come, then nothing. */
  | { readonly kind: "dry"; readonly afterBytes: number }
  /** What is put is done, and nobody hears of it. */
  | { readonly kind: "deaf" };

/** An object that the server has. */
interface StoredObject {
  readonly bytes: Buffer;
  writtenAtMs: number;
}

/** A storage as S3 is from outside: it believes nobody, and counts what it is asked. */
export interface S3Server {
  readonly settings: S3Settings;
  /** By the key alone. */
  readonly objects: Map<string, StoredObject>;
  /** "PUT key" and so on, in order, those that were refused too. */
  readonly asked: readonly string[];
  /** Lets the next requests of a method meet these, one each. */
  fail(method: string, ...faults: readonly S3Fault[]): void;
  /** How often it fell silent; a test's clock is late then. */
  stalls: number;
  /** The most that a page of a list has. */
  pageLength: number;
  close(): Promise<void>;
}

const bucket = "spaces-test";

/** Opens a storage with one empty bucket in the region eu-central-1. */
export async function openS3Server(): Promise<S3Server> {
  const asked: string[] = [];
  const faults = new Map<string, S3Fault[]>();
  const objects = new Map<string, StoredObject>();
  const server = createServer((request, response) => {
    void serve(opened, faults, asked, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const opened: S3Server = {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket,
      region: "eu-central-1",
      keyId: "AKIDTEST",
      secret: "a secret/with+signs",
      isPathStyle: true,
    },
    objects,
    asked,
    fail: (method, ...more) => {
      faults.set(method, [...(faults.get(method) ?? []), ...more]);
    },
    stalls: 0,
    pageLength: 1_000,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return opened;
}

async function serve(
  opened: S3Server,
  faults: Map<string, S3Fault[]>,
  asked: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "", url = "" } = request;
  const [path = "", query = ""] = url.split("?");
  const [, asksBucket = "", ...rest] = path.split("/");
  const key = rest.join("/");
  asked.push(`${method} ${key}`);
  const fault = faults.get(method)?.shift();
  if (fault?.kind === "stall" || fault?.kind === "dry") opened.stalls += 1;
  if (fault?.kind === "stall") return;
  const body = await readBody(request, fault, response);
  if (!body) return;
  if (fault?.kind === "answer") {
    refuse(response, method, fault.status, fault.code);
    return;
  }
  const isBad = await refuseSignature(opened.settings, request, body);
  if (isBad) {
    refuse(response, method, isBad.status, isBad.code);
    return;
  }
  if (asksBucket !== bucket) {
    refuse(response, method, 404, "NoSuchBucket");
    return;
  }
  if (method === "PUT") {
    put(opened, request, response, key, body, fault);
    return;
  }
  if (method === "DELETE") {
    opened.objects.delete(key);
    answer(response, 204);
    return;
  }
  if (method === "GET" && key === "") {
    list(opened, query, response);
    return;
  }
  const found = opened.objects.get(key);
  if (!found) {
    refuse(response, method, 404, "NoSuchKey");
    return;
  }
  give(request, response, found.bytes, fault);
}

async function readBody(
  request: IncomingMessage,
  fault: S3Fault | undefined,
  response: ServerResponse,
): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    pieces.push(piece);
    bytes += piece.length;
    if (request.method === "PUT" && fault?.kind === "cut" && bytes >= fault.afterBytes) break;
  }
  if (request.method === "PUT" && fault?.kind === "cut") {
    response.destroy();
    return null;
  }
  return Buffer.concat(pieces);
}

function put(
  { objects }: S3Server,
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  body: Buffer,
  fault: S3Fault | undefined,
): void {
  if (request.headers["transfer-encoding"] !== undefined) {
    refuse(response, "PUT", 411, "MissingContentLength");
    return;
  }
  const sum = createHash("sha256").update(body).digest("base64");
  if (request.headers["x-amz-checksum-sha256"] !== sum) {
    refuse(response, "PUT", 400, "BadDigest");
    return;
  }
  objects.set(key, { bytes: body, writtenAtMs: Date.now() });
  if (fault?.kind === "deaf") response.destroy();
  else answer(response, 200, "", { etag: `"${sum}"` });
}

function give(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  fault: S3Fault | undefined,
): void {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
  const start = Number(range?.[1] ?? 0);
  const end = Math.min(Number(range?.[2] ?? bytes.length - 1), bytes.length - 1);
  if (range && start > end) {
    refuse(response, "GET", 416, "InvalidRange");
    return;
  }
  const part = bytes.subarray(start, end + 1);
  response.writeHead(range ? 206 : 200, {
    "content-length": part.length,
    "content-type": "application/octet-stream",
    ...(range && { "content-range": `bytes ${start}-${end}/${bytes.length}` }),
  });
  if (request.method === "HEAD") return void response.end();
  if (fault?.kind === "cut" || fault?.kind === "dry") {
    const isCut = fault.kind === "cut";
    response.write(part.subarray(0, fault.afterBytes), () => isCut && response.destroy());
    return;
  }
  response.end(part);
}

function list(opened: S3Server, query: string, response: ServerResponse): void {
  const asked = readSignedQuery(query);
  const prefix = asked["prefix"] ?? "";
  const after = asked["continuation-token"]?.replace(/^<&>/, "") ?? "";
  const keys = [...opened.objects.keys()]
    .filter((key) => key.startsWith(prefix) && key > after)
    .sort();
  const page = keys.slice(0, opened.pageLength);
  const contents = page.map((key) => {
    const object = opened.objects.get(key);
    const time = new Date(object?.writtenAtMs ?? 0).toISOString();
    return `<Contents><Key>${key}</Key><LastModified>${time}</LastModified><ETag>&quot;x&quot;</ETag><Size>${object?.bytes.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const isMore = keys.length > page.length;
  // A token is the storage's own text and may hold anything; here what XML has to escape.
  const token = `&lt;&amp;&gt;${page.at(-1) ?? ""}`;
  const next = isMore ? `<NextContinuationToken>${token}</NextContinuationToken>` : "";
  answer(
    response,
    200,
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><IsTruncated>${isMore}</IsTruncated>${contents.join("")}${next}</ListBucketResult>`,
  );
}

function refuse(response: ServerResponse, method: string, status: number, code: string): void {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>No.</Message></Error>`;
  answer(response, status, method === "HEAD" ? "" : text);
}

function answer(
  response: ServerResponse,
  status: number,
  text = "",
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/xml", ...headers });
  response.end(text);
}
