import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { costOfCall } from "#domain/price";
import { elevenlabs } from "../../server/providers/elevenlabs/index.ts";
import { elevenLabsCatalog } from "../../server/providers/elevenlabs/models.ts";
import type { Behaviour } from "../helpers/fault-server.ts";
import { describeShared } from "../helpers/shared-folder.ts";
import { openApiConformer, type Conformer } from "./conformer.ts";
import type { Json, JsonRecord } from "./normalize-schema.ts";
import { describeProvider, paidOf } from "./provider-contract.ts";
import { settingsThrough } from "./settings-through.ts";
import type { RefusalCase, RequestCase, VendorStandIn } from "./vendor-stand-in.ts";
import { failureOf, openVendor } from "./vendor-world.ts";

const { models } = elevenLabsCatalog;
const sound = Buffer.from("ID3 a short sound");
const good: Behaviour = (response) => {
  response.writeHead(200, { "content-type": "audio/mpeg", "character-cost": "11" }).end(sound);
};

const request = (
  id: string,
  name: string,
  settings: Record<string, unknown>,
  sends?: RequestCase["sends"],
): RequestCase => {
  const model = models.find((each) => each.id === `elevenlabs:${id}`)!;
  const [defaults = {}] = settingsThrough(model);
  const prompt = "An apple falls.";
  return {
    name,
    model: model.id,
    request: { task: "audio", settings: { ...defaults, ...settings }, prompt },
    ...(sends && { sends }),
  };
};

const special: readonly RequestCase[] = [
  request(
    "eleven_v4",
    "speech",
    {},
    {
      text: "An apple falls.",
      model_id: "eleven_v4",
      seed: 7,
      voice_settings: { stability: 0.5 },
    },
  ),
  request("music_v2_5", "music of a minute", { duration: 60 }, { music_length_ms: 60_000 }),
  request("eleven_text_to_sound_v2", "an effect", { duration: 2.5 }, { duration_seconds: 2.5 }),
  request("eleven_text_to_sound_v2", "an effect of any length", {}, { duration_seconds: null }),
];
const requests = models.flatMap((model): RequestCase[] =>
  settingsThrough(model).map((settings, at) => {
    const own = settings["voice"] === "own" ? { voice_id: "abcDEF0123456789wxyz" } : {};
    return {
      name: `${model.title}, settings ${at}`,
      model: model.id,
      request: { task: "audio", settings: { ...settings, ...own }, prompt: "An apple falls." },
    };
  }),
);

const refusal = (
  name: string,
  status: number,
  detail: unknown,
  code: RefusalCase["code"],
  setting?: string,
): RefusalCase => ({
  name,
  at: "submit",
  status,
  body: { detail },
  code,
  outcome: "not-billed",
  ...(setting !== undefined && { setting }),
});

const vendor = (conformer: VendorStandIn["conformer"]): VendorStandIn => ({
  declaration: elevenlabs,
  mode: "sync",
  fileHosts: [],
  good,
  isPaid: ({ method }) => method === "POST",
  conformer,
  requests: special,
  refusals: [
    refusal(
      "an empty account",
      401,
      { status: "quota_exceeded", message: "0 left" },
      "account-empty",
    ),
    refusal("a wrong key", 401, { status: "invalid_api_key", message: "no" }, "key-refused"),
    refusal("a key without the right", 403, { status: "missing_permissions" }, "key-refused"),
    refusal("a name that is protected", 400, { status: "bad_prompt", message: "no" }, "moderated"),
    refusal("its rules", 403, { status: "music_tos_violation", message: "no" }, "moderated"),
    refusal(
      "a voice that is gone",
      404,
      { status: "voice_not_found" },
      "provider-refused",
      "voice",
    ),
    refusal(
      "a field",
      422,
      [{ loc: ["body", "music_length_ms"], msg: "is too long", type: "x" }],
      "provider-refused",
      "duration",
    ),
    refusal("a text", 400, "No.", "provider-refused"),
    {
      ...refusal(
        "too many at once",
        429,
        { status: "too_many_concurrent_requests" },
        "provider-limited",
      ),
      headers: { "retry-after": "2" },
    },
  ],
});

describeProvider(vendor(null));

describeShared("ElevenLabs by its own specification", "specs/elevenlabs.json", (path) => {
  const opened = (async (): Promise<Conformer> =>
    openApiConformer(JSON.parse(await readFile(path, "utf8")) as Json, "", loosened))();

  test.each(requests.map((each) => [each.name, each] as const))("takes %s", async (_, each) => {
    const asked = vendor(() => opened);
    const world = await openVendor(asked);
    await world.provider.submit(world.call(each));
    const [paid] = paidOf(asked, world.server.arrived);
    expect(await (await opened).check(paid!)).toEqual([]);
  });

  test("flags what it does not take", async () => {
    const sent = async (path: string, body: unknown) =>
      (await opened).check({
        method: "POST",
        path,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect(await sent("/v1/music", { music_length_ms: "60000" })).not.toEqual([]);
    expect(await sent("/v1/text-to-speech/voice", { model_id: "eleven_v4" })).not.toEqual([]);
    expect(await sent("/v1/sound-generation", { text: 7 })).not.toEqual([]);
  });
});

/** The specification is of August 2025, before the second music model and its longer pieces. */
function loosened(document: JsonRecord): JsonRecord {
  return JSON.parse(
    JSON.stringify(document)
      .replaceAll(`"enum":["music_v1"]`, `"enum":["music_v1","music_v2","music_v2_5"]`)
      .replaceAll(`"maximum":300000,"minimum":10000`, `"maximum":600000,"minimum":3000`),
  ) as JsonRecord;
}

describe("ElevenLabs", () => {
  test("gives the sound as it came", async () => {
    const world = await openVendor(vendor(null));
    const submission = await world.provider.submit(world.call(special[0]!));
    expect(submission).toMatchObject({
      kind: "done",
      result: { outputs: [{ bytes: new Uint8Array(sound) }], billedMicroDollars: null },
    });
    expect(world.server.arrived[0]?.path).toBe(
      "/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb?output_format=mp3_44100_128",
    );
  });

  test("passes on the prompt that it would take", async () => {
    const data = { prompt_suggestion: "A song in the manner of the seventies" };
    const world = await openVendor(vendor(null), (response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ detail: { status: "bad_prompt", message: "no", data } }));
    });
    const failure = await failureOf(world.provider.submit(world.call(special[1]!)));
    expect(failure.failure.message).toBe(
      'ElevenLabs refuses this prompt or one of its pictures by its content rules. It would take: "A song in the manner of the seventies". It cost nothing; change the prompt or the pictures.',
    );
  });

  test("is not asked for a voice whose id is none", async () => {
    const world = await openVendor(vendor(null));
    for (const voice_id of ["", "../music", "a b"]) {
      const asked = request("eleven_v4", "", { voice: "own", voice_id });
      const failure = await failureOf(world.provider.submit(world.call(asked)));
      expect([failure.failure.code, failure.outcome]).toEqual(["input-invalid", "not-billed"]);
    }
    expect(world.server.arrived).toEqual([]);
  });

  test("is priced by the characters of a script and the length of a piece", () => {
    const dollarsOf = (id: string, settings: Record<string, unknown>) =>
      costOfCall(models.find((model) => model.id === `elevenlabs:${id}`)!.price, settings)
        .microDollars / 1e6;
    expect(dollarsOf("eleven_v4", { $promptCharacters: 1_000 })).toBeCloseTo(0.08, 6);
    expect(dollarsOf("music_v2_5", { duration: 120 })).toBeCloseTo(1.5, 6);
    expect(dollarsOf("eleven_text_to_sound_v2", { auto_length: true })).toBeCloseTo(0.07, 6);
    const short = { auto_length: false, duration: 3 };
    expect(dollarsOf("eleven_text_to_sound_v2", short)).toBeCloseTo(0.007, 6);
  });
});
