import { inputInvalid } from "../input-invalid.ts";
import type { CallFailure, ModelRequest, Provider } from "../provider.ts";
import { inputOf, type FalRole, type FalWay } from "./fal-wire.ts";

const words: Partial<Record<FalRole, string>> = {
  prompt: "a prompt",
  references: "references",
  mask: "a mask",
  first: "a first frame",
  last: "a last frame",
  audio: "a sound",
  image: "an image",
};

/** What a request holds that a model can have no use for. */
function givenIn(request: ModelRequest): readonly FalRole[] {
  const roles: [FalRole, unknown][] = [];
  if ("prompt" in request) roles.push(["prompt", request.prompt.trim()]);
  if (request.task === "image" || request.task === "video") {
    roles.push(["references", request.references.length]);
  }
  if (request.task === "image") roles.push(["mask", request.mask]);
  if (request.task === "video") {
    roles.push(["first", request.first], ["last", request.last], ["audio", request.audio]);
  }
  if (request.task === "upscale" || request.task === "camera") roles.push(["image", request.image]);
  return roles.filter(([, value]) => Boolean(value)).map(([role]) => role);
}

/**
 * The endpoint for what a request holds: the first whose needs are there and that takes all of it. A
 * CallFailure where there is none: nothing that somebody connected is left out silently.
 */
export function chooseWay(
  provider: Pick<Provider, "id">,
  title: string,
  ways: readonly FalWay[],
  request: ModelRequest,
): FalWay | CallFailure {
  const given = givenIn(request);
  const way = ways.find(({ needs, takes }) => {
    const taken = Object.keys(takes).map((role) => inputOf(role as FalRole));
    return (
      needs.every((role) => given.includes(inputOf(role))) &&
      given.every((role) => taken.includes(role))
    );
  });
  if (way) return way;
  const named = (roles: readonly FalRole[]) =>
    [...new Set(roles.map(inputOf))].flatMap((role) => words[role] ?? []).join(" and ");
  const possible = ways.map(({ needs }) => named(needs)).join(", or ");
  const sentence = `${title} can make nothing from ${named(given)}: it works from ${possible}.`;
  return inputInvalid(provider, sentence);
}
