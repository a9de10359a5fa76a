import type { SessionParts } from "../api/session.ts";
import type { Panel } from "../panel/panel.ts";
import type { Engine, EngineHost } from "../vm/engine.ts";
import type { PreludeSetup } from "../vm/bridge.ts";

/** What a plugin window is made of besides its session. */
export interface WindowParts extends Omit<SessionParts, "outside" | "settle"> {
  readonly html: string;
  readonly uiFiles: Readonly<Record<string, string>>;
  readonly createEngine: (host: EngineHost, setup: PreludeSetup) => Promise<Engine>;
  readonly watchesRejections: boolean;
  readonly panel: Panel;
}
