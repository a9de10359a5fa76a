import * as z from "zod";
import { EgressError, type Egress } from "../egress.ts";
import { whereKeyIsSet } from "../providers/provider-key.ts";
import type { Using } from "../providers/provider.ts";
import { readJson } from "../providers/read-json.ts";
import { answerLimits, wayOut } from "../providers/way-out.ts";
import { StockTrouble, type StockDeclaration } from "./stock.ts";

type Declared = Pick<StockDeclaration, "id" | "title" | "key">;

/** A text of a library's, as one plain line: it is shown, also in terminals. */
export const lineSchema = z.string().transform((text) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, 300),
);
/** An https address of a library's. */
export const addressSchema = z.url({ protocol: /^https$/ }).max(4_000);
/** A side in pixels; null where it makes no sense. */
export const sideSchema = z.int().min(1).max(1_000_000).nullish().catch(null);

/**
 * A list of which what cannot be read is left out, as one picture that is not as it should be must not
 * hide the others; a list of nothing else is refused.
 */
export function readableOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(z.unknown())
    .max(200)
    .transform((list, context): z.output<Schema>[] => {
      const read = list.map((each) => schema.safeParse(each));
      const good = read.flatMap((each) => (each.success ? [each.data] : []));
      if (list.length > 0 && good.length === 0) context.addIssue("holds nothing that can be read");
      return good;
    });
}

/** Asks a library and parses its answer. Throws StockTrouble. */
export async function askStock<Answer>(
  egress: Pick<Egress, "withKey">,
  declared: Declared,
  using: Using,
  { address, answer }: { readonly address: string; readonly answer: z.ZodType<Answer> },
): Promise<Answer> {
  const send = wayOut(egress, declared, using, answerLimits.job);
  const response = await reached(declared, () =>
    send(address, {
      headers: { accept: "application/json", ...declared.key.free.headers },
      signal: using.signal,
    }),
  );
  if (!response.ok) {
    await response.body?.cancel();
    throw troubleOf(declared, response);
  }
  const read = answer.safeParse(await readJson(response));
  if (read.success) return read.data;
  throw new StockTrouble(
    "unavailable",
    `${declared.title} answered in a way that the relay does not understand. Try again later.`,
  );
}

/** Gets the file of a picture, without the key. Throws StockTrouble. */
export async function downloadStock(
  egress: Pick<Egress, "download">,
  declared: Declared,
  address: string,
  { signal }: Pick<Using, "signal">,
): Promise<Uint8Array> {
  return reached(declared, async () => {
    const answer = await egress.download(address, answerLimits.file, signal);
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    await answer.body?.cancel();
    throw answer.status === 404 || answer.status === 410
      ? goneFrom(declared)
      : new StockTrouble(
          "unavailable",
          `${declared.title} did not give the file. Try again later.`,
        );
  });
}

/** The trouble that a library has no such picture. */
export function goneFrom({ title }: Pick<Declared, "title">): StockTrouble {
  return new StockTrouble("gone", `${title} does not have this picture any more. Choose another.`);
}

async function reached<Answer>({ title }: Declared, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const isElsewhere = ["blocked", "redirected", "key-elsewhere"].includes(error.code);
    throw new StockTrouble(
      "unavailable",
      isElsewhere
        ? `${title} named an address that the relay does not go to.`
        : `${title} could not be reached. Try again later.`,
    );
  }
}

function troubleOf({ id, title }: Declared, { status, headers }: Response): StockTrouble {
  // Unsplash says 403 to an hour that is used up.
  const isUsedUp = status === 403 && headers.get("x-ratelimit-remaining") === "0";
  if (status === 429 || isUsedUp) {
    const seconds = /^\d{1,6}$/.exec(headers.get("retry-after") ?? "")?.[0];
    const retryAfterMs = seconds === undefined ? null : Number(seconds) * 1_000;
    const message = `${title} takes no more requests for now. Try again later.`;
    return new StockTrouble("limited", message, retryAfterMs);
  }
  if (status === 401 || status === 403) {
    const message = `${title} does not take the key that is set. The relay's owner can set another ${whereKeyIsSet(id)}.`;
    return new StockTrouble("key-refused", message);
  }
  if (status === 404 || status === 410) return goneFrom({ title });
  return new StockTrouble("unavailable", `${title} is not available for now. Try again later.`);
}
