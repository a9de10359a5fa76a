import type { ComfyUi } from "../providers/comfyui/index.ts";
import type { Readiness } from "../readiness.ts";
import type { RunParts } from "../run/run-parts.ts";
import type { RunHost } from "../run/run-host.ts";
import type { KeyParts } from "./keys.ts";
import type { StockParts } from "../stock/open-stocks.ts";
import type { Traffic } from "../traffic.ts";
import type { Assets } from "../assets/assets.ts";

/** Everything that the routes work with. */
export interface RouteParts extends RunParts {
  /** The relay's own id, made at its first start. */
  readonly relay: string;
  readonly version: string;
  readonly assets: Assets;
  readonly host: RunHost;
  readonly keys: KeyParts;
  readonly stock: StockParts;
  /** The team's own workflows. */
  readonly comfyUi: ComfyUi;
  /** The requests under way; its end is the end of every event stream. */
  readonly traffic: Traffic;
  readonly readiness: Readiness;
  readonly random: (bytes: number) => Uint8Array;
}
