/** A point on the page, in canvas pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An axis-parallel box on the page, in canvas pixels. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** An end of a connector as the canvas tells it: the layer it names and where it is, if told. */
export interface ConnectorEnd {
  readonly layer: string | null;
  readonly position: Point | null;
}

/** Whether an end of a line looks like the head of an arrow, like a dot, or like nothing. */
export type Cap = "arrow" | "dot" | "none";

/** Which way a connector runs, by the heads at its ends. */
export type ConnectorDirection = "forward" | "backward" | "two-way";

/** A connector's ends and which way it runs from one to the other. */
export interface ConnectorFacts {
  readonly start: ConnectorEnd;
  readonly end: ConnectorEnd;
  readonly direction: ConnectorDirection;
}

/**
 * A line or vector that is one open path: its points on the page from one end to the other.
 * `caps` null: the canvas does not tell which end has the head (a LINE has one value for both).
 */
export interface PathFacts {
  readonly points: readonly Point[];
  readonly caps: { readonly start: Cap; readonly end: Cap } | null;
  readonly strokeWeight: number;
}

/**
 * The topmost visible picture of a layer: the hash the canvas knows it by, and what it is. An instance
 * has none: it is taken as it is drawn (figma-platform.md 11.2).
 */
export interface PictureFacts {
  readonly kind: "image" | "video" | "animation";
  readonly hash: string | null;
}

/** What a layer remembers, as stored: raw values of shared plugin data, namespace "spaces". */
export interface StoredRecords {
  readonly node?: string;
  readonly in?: string;
  readonly edge?: string;
  readonly out?: string;
  readonly res?: string;
}

/**
 * What the rules need to know of a layer, from the plugin API or from REST JSON. Type names are the
 * plugin API's. `box` is absolute, null for what is not drawn, and it may be for a connector. `text` is what people read in it, in
 * Markdown for a table. `parent` is null for a page. The plugin tells of an instance as one thing, with
 * the text of its parts; of those only connectors and what remembers something are told beside it. It
 * reads no name that nobody is shown: of parts of instances, and of connectors that remember nothing.
 */
export interface LayerFacts {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | null;
  readonly isVisible: boolean;
  readonly box: Box | null;
  readonly text: string | null;
  readonly picture: PictureFacts | null;
  readonly link: string | null;
  readonly connector: ConnectorFacts | null;
  readonly path: PathFacts | null;
  readonly records: StoredRecords;
}

/** The layers of one page, parents before children, in the canvas's order. */
export interface PageFacts {
  readonly id: string;
  readonly name: string;
  readonly layers: readonly LayerFacts[];
}
