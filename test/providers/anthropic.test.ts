import { anthropic } from "../../server/providers/anthropic/index.ts";
import { anthropicCatalog } from "../../server/providers/anthropic/models.ts";
import { describeProvider } from "./provider-contract.ts";
import { picture, textRequest } from "./request-parts.ts";

const message = (text: string, stopReason: string) => ({
  id: "msg-1",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-5-5",
  content: [{ type: "text", text }],
  stop_reason: stopReason,
  stop_sequence: null,
  usage: { input_tokens: 1_000, output_tokens: 200 },
});
const refused = (type: string, said: string) => ({ type: "error", error: { type, message: said } });

describeProvider({
  declaration: anthropic,
  mode: "sync",
  fileHosts: [],
  isPaid: ({ method }) => method === "POST",
  // There is no specification of Anthropic to be had: the fields are checked one by one below.
  conformer: null,
  good: (response, { body }) => {
    const isList = body.includes("list of exactly");
    const text = isList ? '{"items":["one","two"]}' : "A red apple.";
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(message(text, "end_turn")));
  },
  requests: anthropicCatalog.models.flatMap((model) => [
    {
      name: `${model.title}, a text`,
      model: model.id,
      request: textRequest({}, { texts: ["An apple is a fruit"] }),
      sends: {
        max_tokens: 4_096,
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "Text 1:\nAn apple is a fruit" },
              { type: "text", text: "Describe a red apple" },
            ],
          },
        ],
      },
    },
    {
      name: `${model.title}, a list by twenty pictures`,
      model: model.id,
      request: textRequest(
        {},
        { references: Array.from({ length: 20 }, () => picture()), listItems: 2 },
      ),
    },
  ]),
  refusals: [
    {
      name: "a field that is wrong",
      at: "submit",
      status: 400,
      body: refused("invalid_request_error", "messages.0.content.1: image is too large"),
      code: "provider-refused",
      outcome: "not-billed",
      setting: "messages.0.content.1",
    },
    {
      name: "an empty account",
      at: "submit",
      status: 400,
      body: refused("invalid_request_error", "Your credit balance is too low to access the API."),
      code: "account-empty",
      outcome: "not-billed",
    },
    {
      name: "more than it takes for now",
      at: "submit",
      status: 529,
      body: refused("overloaded_error", "Overloaded"),
      code: "provider-unavailable",
      outcome: "not-billed",
    },
    {
      name: "what it does not write by its rules",
      at: "submit",
      status: 200,
      body: message("I cannot", "refusal"),
      code: "moderated",
      outcome: "unknown",
    },
    {
      name: "a text without an end",
      at: "submit",
      status: 200,
      body: message("", "max_tokens"),
      code: "result-invalid",
      outcome: "unknown",
    },
  ],
});
