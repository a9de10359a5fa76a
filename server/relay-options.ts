import type { S3Settings } from "./assets/s3-settings.ts";
import type { Exposure } from "./exposure.ts";
import type { KeySources } from "./keys/take-key-variables.ts";
import type { ProviderDeclaration } from "./providers/declaration.ts";
import type { Provider } from "./providers/provider.ts";
import type { StockDeclaration } from "./stock/stock.ts";

/** What a relay is started with. */
export interface RelayOptions {
  readonly folder: string;
  /** A PostgreSQL database to share with other processes; without one the folder holds everything. */
  readonly databaseUrl?: string | null;
  /** How long a process on the database that says nothing counts as alive; 30 s unless said. */
  readonly leaseMs?: number;
  /** 0 takes any free port. */
  readonly port: number;
  /** Who may reach it; this machine alone unless said. */
  readonly exposure?: Exposure;
  /** The port of the figures for operators; none unless said, any free one for 0. */
  readonly adminPort?: number | null;
  readonly version: string;
  readonly pid: number;
  readonly failpoints: string;
  /** Ends this process at once, as a crash would; for failpoints. */
  readonly kill: () => void;
  /** Where log lines go. */
  readonly writeLog: (line: string) => void;
  /** Where the providers' keys come from; without it none can be set. */
  readonly keys?: KeySources;
  /** Providers that take a key; none unless said. */
  readonly declarations?: readonly ProviderDeclaration[];
  /** Stock libraries; none unless said. */
  readonly stocks?: readonly StockDeclaration[];
  /** The exact origins of the servers that the owner runs, by the id of their provider; none unless said. */
  readonly ownServers?: ReadonlyMap<string, string>;
  /** Providers beside the local one and those. */
  readonly providers?: readonly Provider[];
  /** The origin of a ComfyUI server that runs the team's own workflows; null for none. */
  readonly comfyUiOrigin?: string | null;
  /** The storage where assets are kept instead of the folder. */
  readonly s3?: S3Settings | null;
  /** How many days a file is kept that nothing needs; 30 unless said, 0 for ever. */
  readonly retentionDays?: number;
  /** How many credits a dollar of a provider's price costs; null, as unless said, leaves it in dollars. */
  readonly creditsPerDollar?: number | null;
  /** The folder that the playground was built into; without one it is not served. */
  readonly playground?: string;
  /** The folder that the console was built into; without one it is not served. */
  readonly console?: string;
}
