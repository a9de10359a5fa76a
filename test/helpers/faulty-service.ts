import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buildPng } from "./build-png.ts";

/** What a service does with one request instead of answering it as it should. */
export interface ServiceTrouble {
  /** Whether a submission makes its job, which is billed, before the trouble begins. */
  readonly isTaken: boolean;
  /** `whole` is what the answer should have been. */
  readonly answer: (response: ServerResponse, whole: Buffer) => void;
}

/** The requests of a call: the submission, the questions how it stands, the download of the result. */
export type Place = "submit" | "poll" | "result";

/** A company's service that does one thing wrong. */
export interface FaultyService {
  readonly url: string;
  /** Jobs that were made and billed, by our reference. */
  readonly bills: ReadonlyMap<string, readonly string[]>;
  /** How often each place was asked. */
  readonly asked: Readonly<Record<Place | "look-up", number>>;
  close(): Promise<void>;
}

/** What a service is told to be. */
export interface FaultyOptions {
  /** For how many requests at which place what goes wrong, in turn; then all is well again. */
  readonly troubles?: Partial<
    Record<
      Place,
      { readonly trouble: ServiceTrouble | readonly ServiceTrouble[]; readonly times: number }
    >
  >;
  /** Makes one job for a reference, however often it is sent. */
  readonly isIdempotent: boolean;
  /** What stands at "billed" in the answer to a finished job, as it is written. */
  readonly billed?: string;
  /** Hears of each job when it is made and billed, before the answer to its submission begins. */
  readonly onJob?: (reference: string, job: string) => Promise<void>;
}

/** The picture of every job. */
export const servicePicture = buildPng({ widthPx: 8, heightPx: 8 });

/** Opens a service on a port of its own. */
export async function openFaultyService(options: FaultyOptions): Promise<FaultyService> {
  const bills = new Map<string, string[]>();
  const asked = { submit: 0, poll: 0, result: 0, "look-up": 0 };
  const troubles = { ...options.troubles };
  const make = async (reference: string): Promise<string> => {
    const made = bills.get(reference) ?? [];
    const [known] = made;
    if (known !== undefined && options.isIdempotent) return known;
    const job = `job-${reference}-${made.length + 1}`;
    bills.set(reference, [...made, job]);
    await options.onJob?.(reference, job);
    return job;
  };
  const whole = async (place: Place, name: string): Promise<Buffer> => {
    if (place === "submit") return json(`{"job":"${await make(name)}"}`);
    if (place === "result") return servicePicture;
    return json(
      `{"result":"/result/${name}","bytes":${servicePicture.length},"billed":${options.billed ?? "null"}}`,
    );
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const [, place = "", name = ""] = (request.url ?? "").split("/");
    if (place === "look-up") {
      asked["look-up"] += 1;
      response.end(JSON.stringify({ job: bills.get(name)?.[0] ?? null }));
      return;
    }
    if (place !== "submit" && place !== "poll" && place !== "result") {
      response.writeHead(404).end();
      return;
    }
    asked[place] += 1;
    const { trouble = [], times = 0 } = troubles[place] ?? {};
    const inTurn = [trouble].flat();
    const next = asked[place] > times ? null : inTurn[(asked[place] - 1) % inTurn.length];
    if (!next) response.end(await whole(place, name));
    else next.answer(response, next.isTaken ? await whole(place, name) : Buffer.from("{}"));
  };
  const server = createServer((request, response) => {
    request.resume().once("end", () => void serve(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bills,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const json = (text: string) => Buffer.from(text);

/** A status, before anything was taken unless told otherwise. */
export function status(code: number, isTaken = false): ServiceTrouble {
  return { isTaken, answer: (response) => void response.writeHead(code).end("No.") };
}

/** A whole answer that is not what it should be. */
export function says(
  body: string | Buffer,
  { code = 200, type = "text/html" }: { code?: number; type?: string } = {},
): ServiceTrouble {
  const answer = (response: ServerResponse) =>
    void response.writeHead(code, { "content-type": type }).end(code === 204 ? undefined : body);
  return { isTaken: true, answer };
}

/** Takes the request and never answers. */
export const swallows: ServiceTrouble = { isTaken: true, answer: () => undefined };

/** Answers a byte at a time and comes to no end. */
export const drips: ServiceTrouble = {
  isTaken: true,
  answer: (response) => {
    const dripping = setInterval(() => response.write(" "), 4);
    response.once("close", () => clearInterval(dripping));
  },
};

/** Cuts the connection within the answer: with its length told, in chunks, or as if that were its end. */
export function cuts(
  framing: "length" | "chunks" | "close",
  lengthOf: (whole: number) => number,
): ServiceTrouble {
  return {
    isTaken: true,
    answer: (response, whole) => {
      const part = whole.subarray(0, lengthOf(whole.length));
      const { socket } = response;
      if (!socket) throw new Error("The connection is gone.");
      const head = {
        length: `content-length: ${whole.length}\r\n\r\n`,
        chunks: `transfer-encoding: chunked\r\n\r\n${whole.length.toString(16)}\r\n`,
        close: "connection: close\r\n\r\n",
      }[framing];
      socket.write(`HTTP/1.1 200 OK\r\n${head}`);
      socket.end(part);
    },
  };
}
