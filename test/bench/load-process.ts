import "./small-new-space.ts";
import process from "node:process";
import { loadSchema } from "./load.ts";
import { holdStreams } from "./hold-streams.ts";
import { offerRuns } from "./offer-runs.ts";
import { offerRequests, toPeer } from "./offer-requests.ts";

// The clients of a benchmark, in a process of their own: what they do is asked by the parent.

let letGo: () => Promise<void> = () => Promise.resolve();
process.on("message", (message) => {
  const load = loadSchema.parse(message);
  const answer = async () => {
    switch (load.kind) {
      case "runs":
        return offerRuns(load);
      case "requests":
        return offerRequests(load, toPeer(load.port));
      case "streams": {
        const held = await holdStreams(load);
        letGo = held.letGo;
        return { open: held.open };
      }
      case "let-go":
        await letGo();
        return {};
    }
  };
  void answer().then((said) => process.send?.(said));
});
process.send?.({});
