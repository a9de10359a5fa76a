import { describe, expect, it } from "vitest";
import { readEnv } from "../../server/env.ts";

const whole = {
  SPACES_DATA: "/data",
  SPACES_S3_ENDPOINT: "http://minio:9000",
  SPACES_S3_BUCKET: "spaces",
  SPACES_S3_KEY_ID: "key",
  SPACES_S3_SECRET: "very secret",
};

describe("where assets are kept", () => {
  it("is the folder unless told, for 30 days", () => {
    expect(readEnv({ SPACES_DATA: "/data" })).toMatchObject({ s3: null, retentionDays: 30 });
    expect(readEnv({ SPACES_RETENTION_DAYS: "0" }).retentionDays).toBe(0);
    expect(() => readEnv({ SPACES_RETENTION_DAYS: "soon" })).toThrow(/^SPACES_RETENTION_DAYS: /);
    expect(() => readEnv({ SPACES_RETENTION_DAYS: "-1" })).toThrow(/^SPACES_RETENTION_DAYS: /);
  });

  it("is a bucket in a path of us-east-1 unless told otherwise; the secret leaves the environment", () => {
    const variables: Record<string, string | undefined> = { ...whole };
    expect(readEnv(variables).s3).toEqual({
      endpoint: "http://minio:9000",
      bucket: "spaces",
      region: "us-east-1",
      keyId: "key",
      secret: "very secret",
      isPathStyle: true,
    });
    expect(JSON.stringify(variables)).not.toContain("very secret");
    const other = { ...whole, SPACES_S3_REGION: "auto", SPACES_S3_ADDRESSING: "host" };
    expect(readEnv(other).s3).toMatchObject({ region: "auto", isPathStyle: false });
  });

  it.each([
    ["SPACES_S3_ENDPOINT", undefined, /It has to be set/],
    ["SPACES_S3_SECRET", "", /It has to be set/],
    ["SPACES_S3_ENDPOINT", "https://key:secret@host/bucket", /It has to be an origin/],
    ["SPACES_S3_ENDPOINT", "ftp://host", /It has to be an origin/],
    ["SPACES_S3_BUCKET", "../other", /the name of a bucket/],
    ["SPACES_S3_ADDRESSING", "virtual", /path/],
  ])("is refused when %s is %s", (name, value, sentence) => {
    const read = () => readEnv({ ...whole, [name]: value });
    expect(read).toThrow(sentence);
    expect(read).toThrow(new RegExp(`^${name}: [^]*\\.$`));
    expect(read).not.toThrow(/very secret/);
  });
});
