import type { AssetInput, FittedPicture, ModelRequest, PictureLimits } from "../provider.ts";
import type { TaskPath } from "./status-paths.ts";

/** A task of a request's kind. */
export type RequestFor<Task extends ModelRequest["task"]> = Extract<
  ModelRequest,
  { readonly task: Task }
>;

/** How pictures are handed over: as plain base64 without a "data:" in front, or by an address. */
export interface PictureWays {
  base64(picture: AssetInput, limits?: PictureLimits): Promise<string>;
  /** Uploads it to the vendor, which keeps it for a day. Throws a CallFailure that cost nothing. */
  address(picture: AssetInput, limits?: PictureLimits): Promise<string>;
  uploaded(picture: FittedPicture): Promise<string>;
}

/** What a request is made of: `own` are the settings that the model itself declares and that are shown. */
export interface MagnificAsk<Request extends ModelRequest = ModelRequest> {
  readonly request: Request;
  readonly own: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly pictures: PictureWays;
}

/** The one paid request: a task, or the removal of a background, which answers its files at once. */
export interface MagnificPost {
  readonly path: TaskPath | "/v1/ai/beta/remove-background";
  readonly body: Readonly<Record<string, unknown>>;
  /** What the vendor does otherwise than the settings say, in sentences. */
  readonly notes?: readonly string[];
}

/** How Magnific is asked for a model. */
export interface MagnificWire {
  readonly ask: (asked: MagnificAsk) => Promise<MagnificPost>;
}

/** What most endpoints take of a picture: 10 MB as they say themselves. */
export const usualPicture: PictureLimits = {
  mediaTypes: ["image/png", "image/jpeg", "image/webp"],
  sidePx: 4_096,
  maxBytes: 10_000_000,
};

/** A row's way of asking for one kind of request; another kind is a mistake in the program and throws. */
export function asking<Task extends ModelRequest["task"]>(
  task: Task,
  ask: (asked: MagnificAsk<RequestFor<Task>>) => Promise<MagnificPost>,
): MagnificWire {
  const isOfTask = (request: ModelRequest): request is RequestFor<Task> => request.task === task;
  return {
    ask: (asked) => {
      const { request } = asked;
      if (!isOfTask(request)) throw new Error(`This model makes no ${request.task}.`);
      return ask({ ...asked, request });
    },
  };
}

/** The pictures at an input, in the order of their connections, at most so many. */
export function picturesOf(references: readonly AssetInput[], most: number): AssetInput[] {
  return references.filter(({ asset }) => asset.mediaType.startsWith("image/")).slice(0, most);
}

/** A text that is left out where it is empty. */
export function said(name: string, text: unknown): Readonly<Record<string, unknown>> {
  return typeof text === "string" && text.trim() !== "" ? { [name]: text } : {};
}
