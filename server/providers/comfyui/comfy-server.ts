import type * as z from "zod";
import { EgressError, type Egress, type Limits } from "../../egress.ts";
import { CallFailure, type FittedPicture, type Output } from "../provider.ts";
import { readJson } from "../read-json.ts";
import { sendFailure } from "../send-failures.ts";
import { comfyUploadSchema, type ComfyFile } from "./comfy-answers.ts";

/** How ComfyUI is called in sentences. */
export const comfyName = { id: "comfyui", title: "ComfyUI" } as const;

const usualDeadlineMs = 30_000;
const mostJsonBytes = 20_000_000;
const fileLimits: Limits = { deadlineMs: 300_000, maxBytes: 100 * 1024 * 1024 };

/** A ComfyUI server at an origin that the relay's owner named (docs.comfy.org, "Server routes"). */
export interface ComfyServer {
  /** Asks for JSON. Throws a CallFailure, one that may pass. */
  read<Answer>(path: string, schema: z.ZodType<Answer>, signal: AbortSignal): Promise<Answer>;
  /** Sends JSON once and answers whatever comes. Throws a CallFailure when it failed on its way. */
  send(path: string, body: unknown, signal: AbortSignal): Promise<Response>;
  /** Puts a file on the server; the name by which a workflow finds it. */
  upload(
    name: string,
    file: Pick<FittedPicture, "bytes" | "mediaType">,
    signal: AbortSignal,
  ): Promise<string>;
  /** A file that a workflow made. */
  download(file: ComfyFile, signal: AbortSignal): Promise<Output>;
}

/** Opens the way to a ComfyUI server: to its origin alone, without any key. JSON is waited for so long. */
export function openComfyServer(
  egress: Pick<Egress, "within">,
  origin: string,
  deadlineMs = usualDeadlineMs,
): ComfyServer {
  const json = egress.within([origin], { deadlineMs, maxBytes: mostJsonBytes });
  const files = egress.within([origin], fileLimits);
  const read: ComfyServer["read"] = async (path, schema, signal) => {
    const answer = await onTheWay(() => json(`${origin}${path}`, { signal }));
    const parsed = answer.ok ? schema.safeParse(await readJson(answer)) : null;
    if (parsed?.success) return parsed.data;
    await answer.body?.cancel().catch(() => undefined);
    throw strange();
  };
  const send: ComfyServer["send"] = (path, body, signal) =>
    onTheWay(() =>
      json(`${origin}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal,
      }),
    );
  return {
    read,
    send,
    upload: async (name, { bytes, mediaType }, signal) => {
      const form = new FormData();
      form.set("image", new Blob([new Uint8Array(bytes)], { type: mediaType }), name);
      form.set("type", "input");
      form.set("overwrite", "true");
      form.set("subfolder", "spaces");
      const answer = await onTheWay(() =>
        files(`${origin}/upload/image`, { method: "POST", body: form, signal }),
      );
      const parsed = answer.ok ? comfyUploadSchema.safeParse(await readJson(answer)) : null;
      if (!parsed?.success) throw strange();
      const { subfolder, name: kept } = parsed.data;
      return subfolder === "" ? kept : `${subfolder}/${kept}`;
    },
    download: async ({ filename, subfolder, type }, signal) => {
      const query = new URLSearchParams({ filename, subfolder, type });
      return onTheWay(async () => {
        const answer = await files(`${origin}/view?${query.toString()}`, { signal });
        if (!answer.ok) throw strange();
        return { kind: "bytes", bytes: new Uint8Array(await answer.arrayBuffer()) };
      });
    },
  };
}

/** Nothing that is asked of a server of one's own costs anything. */
async function onTheWay<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof EgressError) throw sendFailure(comfyName, error);
    throw error;
  }
}

function strange(): CallFailure {
  return new CallFailure(
    {
      code: "provider-protocol",
      message: "ComfyUI answered in a way that the relay does not understand. It cost nothing.",
      provider: comfyName.id,
      isRetryable: true,
    },
    "unknown",
  );
}
