import type { ProviderDeclaration } from "../../server/providers/declaration.ts";
import type { Arrived, Behaviour } from "../helpers/fault-server.ts";
import { picture, textRequest } from "./request-parts.ts";
import type { RefusalCase, VendorStandIn } from "./vendor-stand-in.ts";

/** Answers the list of a server; what it leaves to others is answered as OpenAI does. */
export type AnswerList = (arrived: Arrived) => unknown;

/** A server of the owner's own that speaks like OpenAI below /v1. */
export function ownServer(
  declaration: ProviderDeclaration,
  origin: string,
  list: AnswerList,
): Omit<VendorStandIn, "requests" | "conformer"> {
  const good: Behaviour = (response, arrived) => {
    response.setHeader("content-type", "application/json");
    const isList = arrived.body.includes("list of exactly");
    const content = isList ? '```json\n{"items": ["one", "two"]}\n```' : "A red apple.";
    const written = {
      id: "chat-1",
      object: "chat.completion",
      created: 1,
      model: "m",
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
      usage: { prompt_tokens: 1_000, completion_tokens: 200, total_tokens: 1_200 },
    };
    response.end(JSON.stringify(isAsked(arrived) ? written : list(arrived)));
  };
  return {
    declaration,
    mode: "sync",
    fileHosts: [],
    ownServer: origin,
    good,
    isPaid: isAsked,
    refusals,
  };
}

/** Whether a request asks a model to write; all others are about what the server has. */
export function isAsked({ path }: Pick<Arrived, "path">): boolean {
  return path === "/v1/chat/completions";
}

/** What a model is asked for that sees, and one that does not. */
export function ownRequests(seeing: string, blind: string) {
  const references = [picture(), picture()];
  return [
    {
      name: "a text by pictures",
      model: seeing,
      request: textRequest({}, { references }),
      sends: {
        max_tokens: 4_096,
        seed: 7,
        messages: [
          { role: "system" },
          {
            role: "user",
            content: [{ type: "image_url" }, { type: "image_url" }, { type: "text" }],
          },
        ],
      },
    },
    {
      name: "a list by a model that does not see",
      model: blind,
      request: textRequest({}, { references, listItems: 2 }),
      sends: { messages: [{ role: "system" }, { role: "user", content: "Describe a red apple" }] },
    },
  ];
}

const refusals: readonly RefusalCase[] = [
  {
    name: "a model that is gone",
    at: "submit",
    status: 404,
    body: { error: { message: 'model "m" not found', type: "not_found_error", param: "model" } },
    code: "provider-refused",
    outcome: "not-billed",
    setting: "model",
  },
];
