import type { ProviderDeclaration } from "../../server/providers/declaration.ts";
import type { Arrived, Behaviour } from "../helpers/fault-server.ts";
import { isRecord, type JsonRecord } from "./normalize-schema.ts";
import { smallPng } from "./request-parts.ts";
import type { RequestCase, VendorStandIn } from "./vendor-stand-in.ts";

/** Where results and uploads are fetched. */
export const filesHost = "cdn-magnific.freepik.com";
/** Where its storage takes uploads. */
export const uploadsHost = "uploads.magnific.com";
const task = "046b6c7f-0b8a-43b9-b35d-6489e6daee91";
const made = `https://${filesHost}/result.png?token=abc`;
/** Asks where an upload may be put, which costs nothing. */
export const isUpload = ({ path }: Arrived) => path === "/v1/ai/uploads/request-url";

/** The vendor's answers by its specification of 2026-07, and the uploads as its newer pages have them. */
export const good: Behaviour = (response, arrived) => {
  const { method, path, headers } = arrived;
  const say = (body: unknown) =>
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  if (headers.host === filesHost) response.setHeader("content-type", "image/png").end(smallPng());
  else if (headers.host === uploadsHost) response.end();
  else if (isUpload(arrived)) {
    const putAt = `https://${uploadsHost}/put-here?sig=1`;
    const put = { "content-type": "image/png", "x-goog-if-generation-match": "0" };
    const asset_url = `https://${filesHost}/asset.png`;
    say({ files: [{ upload_url: putAt, headers: put, file_id: "f1", asset_url }] });
  } else if (method === "GET") {
    say({ data: { task_id: task, status: "COMPLETED", generated: [made] } });
  } else if (path === "/v1/ai/beta/remove-background") {
    say({ original: made, preview: made, high_resolution: made, url: made });
  } else if (path === "/v1/ai/image-style-transfer") {
    say({ task_id: task, task_status: "CREATED", generated: [] });
  } else say({ data: { task_id: task, status: "CREATED", generated: [] } });
};

/** What the saved specification gets wrong or does not have yet, put right. */
export function patched(document: JsonRecord): JsonRecord {
  const mended = JSON.parse(
    JSON.stringify(document)
      // A typing error of theirs: every other list of ratios has it without.
      .replaceAll(`social_post_4_5'`, "social_post_4_5")
      // An empty list, which no schema may have.
      .replaceAll(`"anyOf":[],`, ""),
  ) as JsonRecord;
  const files = { type: "array", minItems: 1, maxItems: 14, items: { required: ["content_type"] } };
  const schema = { type: "object", required: ["files"], properties: { files } };
  const uploads = { post: { requestBody: { content: { "application/json": { schema } } } } };
  const { paths } = mended;
  return {
    ...mended,
    paths: { ...(isRecord(paths) ? paths : {}), "/v1/ai/uploads/request-url": uploads },
  };
}

/** Magnific under one of its two names. */
export function standIn(
  declaration: ProviderDeclaration,
  cases: readonly RequestCase[],
  conformer: VendorStandIn["conformer"],
): VendorStandIn {
  return {
    declaration,
    mode: "queue",
    fileHosts: [filesHost, uploadsHost],
    good,
    isPaid: (arrived) => arrived.method === "POST" && !isUpload(arrived),
    conformer,
    requests: cases,
    refusals: [
      {
        name: "a message",
        at: "submit",
        status: 400,
        body: { message: "Parameter 'prompt' is not valid" },
        code: "provider-refused",
        outcome: "not-billed",
      },
      {
        name: "a problem with its field",
        at: "submit",
        status: 400,
        body: {
          problem: { message: "no", invalid_params: [{ name: "image", reason: "is too small" }] },
        },
        code: "provider-refused",
        outcome: "not-billed",
        setting: "image",
      },
      {
        name: "a key that is not valid",
        at: "submit",
        status: 401,
        body: { message: "Invalid API key" },
        code: "key-refused",
        outcome: "not-billed",
      },
      {
        name: "it failed",
        at: "poll",
        status: 200,
        body: { data: { task_id: task, status: "FAILED", generated: [] } },
        code: "provider-unavailable",
        outcome: "unknown",
      },
      {
        name: "its picture was withheld",
        at: "poll",
        status: 200,
        body: { data: { task_id: task, status: "COMPLETED", generated: [made], has_nsfw: [true] } },
        code: "moderated",
        outcome: "unknown",
      },
    ],
  };
}
