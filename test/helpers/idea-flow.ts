import type { Graph } from "#domain/graph";

const idea = { text: "A fox in snow" };
/** A flow of an idea in words and one node that makes something of it with a model. */
export const ideaFlow = (
  title: string,
  model: string,
  settings: Record<string, string>,
): Graph => ({
  nodes: [
    { id: "1:1", type: "text", title: "Idea", model: null, settings: idea, isLocked: false },
    {
      id: "1:2",
      type: model === "fake:text" ? "assistant" : "image-generator",
      title,
      model,
      settings,
      isLocked: false,
    },
  ],
  connections: [
    {
      from: { node: "1:1", port: "text" },
      to: { node: "1:2", port: model === "fake:text" ? "text" : "prompt" },
      ...{ order: 0, via: null },
    },
  ],
});
