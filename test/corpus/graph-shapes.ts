import * as z from "zod";

/** A graph that other people made, as a shape: nodes by their place, and from where to where. */
export interface Shape {
  readonly nodes: number;
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** The nodes that only pass on what comes. */
  readonly reroutes: ReadonlySet<number>;
}

const id = z.union([z.string(), z.number()]).transform(String);
const named = (ids: readonly string[], edges: readonly (readonly [string, string])[]): Shape => {
  const place = new Map(ids.map((each, at) => [each, at]));
  const found = edges.flatMap(([from, to]): [number, number][] => {
    const ends = [place.get(from), place.get(to)] as const;
    return ends[0] === undefined || ends[1] === undefined ? [] : [[ends[0], ends[1]]];
  });
  return { nodes: place.size, edges: found, reroutes: new Set() };
};

/** ComfyUI as its editor saves it: links are [id, from, output, to, input, type]. */
const comfyFile = z
  .object({
    nodes: z.array(z.object({ id, type: z.string() })),
    links: z.array(z.tuple([id, id, z.number(), id]).rest(z.unknown())),
  })
  .transform(({ nodes, links }): Shape => {
    const ids = nodes.map((node) => node.id);
    const shape = named(
      ids,
      links.map(([, from, , to]) => [from, to]),
    );
    const reroutes = nodes.flatMap((node, at) => (node.type === "Reroute" ? [at] : []));
    return { ...shape, reroutes: new Set(reroutes) };
  });

/** ComfyUI as its server takes it: an input that is [node, output] is a connection. */
const comfyPrompt = z
  .record(
    z.string(),
    z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) }),
  )
  .transform((nodes) => {
    const link = z.tuple([id, z.number()]);
    const edges = Object.entries(nodes).flatMap(([to, node]) =>
      Object.values(node.inputs).flatMap((value): [string, string][] => {
        const parsed = link.safeParse(value);
        return parsed.success ? [[parsed.data[0], to]] : [];
      }),
    );
    return named(Object.keys(nodes), edges);
  });

/** React Flow, which Flowise and InvokeAI save. */
const reactFlow = z
  .object({
    nodes: z.array(z.object({ id })),
    edges: z.array(z.object({ source: id, target: id })),
  })
  .transform(({ nodes, edges }) =>
    named(
      nodes.map((node) => node.id),
      edges.map(({ source, target }) => [source, target]),
    ),
  );

/** n8n names nodes by their title; connections are by kind and output. */
const n8n = z
  .object({
    nodes: z.array(z.object({ name: z.string() })),
    connections: z.record(
      z.string(),
      z.record(z.string(), z.array(z.array(z.object({ node: z.string() })).nullable())),
    ),
  })
  .transform(({ nodes, connections }) => {
    const edges = Object.entries(connections).flatMap(([from, kinds]) =>
      Object.values(kinds).flatMap((outputs) =>
        outputs.flatMap((list) => (list ?? []).map(({ node }): [string, string] => [from, node])),
      ),
    );
    return named(
      nodes.map((node) => node.name),
      edges,
    );
  });

const tldrawState = z.discriminatedUnion("typeName", [
  z.object({ typeName: z.literal("shape"), id: z.string(), type: z.string() }),
  z.object({
    typeName: z.literal("binding"),
    fromId: z.string(),
    toId: z.string(),
    props: z.object({ terminal: z.enum(["start", "end"]) }),
  }),
]);

/** tldraw: an arrow is a connection where both of its ends are bound to shapes. */
const tldraw = z
  .object({ documents: z.array(z.object({ state: z.unknown() })) })
  .transform(({ documents }) => {
    const shapes: string[] = [];
    const ends = new Map<string, { start?: string; end?: string }>();
    for (const { state } of documents) {
      const { data } = tldrawState.safeParse(state);
      if (data?.typeName === "shape" && data.type !== "arrow") shapes.push(data.id);
      if (data?.typeName !== "binding") continue;
      ends.set(data.fromId, { ...ends.get(data.fromId), [data.props.terminal]: data.toId });
    }
    const edges = [...ends.values()].flatMap(({ start, end }): [string, string][] =>
      start !== undefined && end !== undefined ? [[start, end]] : [],
    );
    return named(shapes, edges);
  });

const anyFile = z.union([comfyFile, reactFlow, n8n, tldraw, comfyPrompt]);

/** The shape of a graph file of ComfyUI, InvokeAI, Flowise, n8n or tldraw. Throws for any other. */
export function readShape(json: string): Shape {
  return anyFile.parse(JSON.parse(json));
}
