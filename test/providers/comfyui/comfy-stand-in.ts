import type { Behaviour } from "../../helpers/fault-server.ts";
import { smallPng } from "../request-parts.ts";

/** A ComfyUI of a test: a line, a history that is lost on a restart, files; as server.py has it. */
export class ComfyStandIn {
  /** What was submitted, by its id. */
  readonly submitted = new Map<string, unknown>();
  readonly waiting = new Set<string>();
  readonly history = new Map<string, unknown>();
  readonly uploads: string[] = [];
  info: Readonly<Record<string, unknown>> = {};
  /** Answers the next submission in this way. */
  refuse: { readonly status: number; readonly body: unknown } | null = null;

  readonly behave: Behaviour = (response, { method, path, body }) => {
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    };
    const [route = ""] = path.split("?");
    if (route === "/object_info") json(this.info);
    else if (route === "/upload/image") {
      const name = /filename="([^"]+)"/.exec(body)?.[1] ?? "";
      this.uploads.push(name);
      json({ name, subfolder: "spaces", type: "input" });
    } else if (route === "/prompt" && this.refuse) json(this.refuse.body, this.refuse.status);
    else if (route === "/prompt") {
      const asked = JSON.parse(Buffer.from(body, "latin1").toString()) as { prompt_id: string };
      this.submitted.set(asked.prompt_id, asked);
      this.waiting.add(asked.prompt_id);
      json({ prompt_id: asked.prompt_id, number: 1, node_errors: {} });
    } else if (route === "/queue" && method === "GET") {
      json({
        queue_running: [],
        queue_pending: [...this.waiting].map((id) => [1, id, {}, {}, []]),
      });
    } else if (route === "/queue" || route === "/interrupt") {
      this.waiting.clear();
      json({});
    } else if (route.startsWith("/history/")) {
      const id = route.slice("/history/".length);
      json(this.history.has(id) ? { [id]: this.history.get(id) } : {});
    } else if (route === "/view") {
      response.setHeader("content-type", "image/png");
      response.end(smallPng());
    } else response.writeHead(404).end();
  };

  /** Lets everything that waits end, its pictures kept by this node. */
  finish(node: string, status: "success" | "error" = "success"): void {
    for (const id of this.waiting) {
      const asked = this.submitted.get(id) as { prompt: unknown; extra_data: unknown };
      const file = { filename: "a.png", subfolder: "", type: "output" };
      this.history.set(id, {
        prompt: [1, id, asked.prompt, asked.extra_data, [node]],
        outputs:
          status === "success"
            ? { [node]: { images: [file] }, other: { images: [{ ...file, type: "temp" }] } }
            : {},
        status: {
          status_str: status,
          completed: status === "success",
          messages:
            status === "error"
              ? [
                  [
                    "execution_error",
                    { exception_message: "Out of memory.\n", node_type: "KSampler" },
                  ],
                ]
              : [],
        },
      });
    }
    this.waiting.clear();
  }

  /** A restart: what waited and what was done is forgotten. */
  restart(): void {
    this.waiting.clear();
    this.history.clear();
  }
}
