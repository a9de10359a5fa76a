/** Bytes that arrive piece by piece. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** What bytes have to fulfil to be stored. */
export interface StageOptions {
  /** More bytes are refused as soon as they arrive. */
  readonly maxBytes: number;
  /** SHA-256 that the bytes must have. */
  readonly expectedHash?: string;
  /** Stops the writing; nothing is left of it. */
  readonly signal?: AbortSignal;
  /** May use the last free space too: for a result that is paid already. */
  readonly canUseReserve?: boolean;
}

/** Bytes that are safely on disk but not yet in the store: one of `keep` and `discard` ends that. */
export interface StagedAsset {
  readonly hash: string;
  readonly bytes: number;
  /** Where they lie until then. */
  readonly file: string;
  /** Puts them into the store under their hash; they are durable when this resolves. */
  keep(): Promise<void>;
  /** Forgets them. Does nothing after `keep`. */
  discard(): Promise<void>;
}

/** Part of some bytes: both ends are counted from 0 and belong to it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Bytes under their SHA-256, written once and never changed. A hash that is not 64 lower-case
 * hexadecimal digits is a hash that the store does not have.
 */
export interface AssetStore {
  /**
   * Takes bytes in, hashed and counted on the way. Throws AssetTooLarge, AssetMismatch, StorageFull,
   * the reason of the signal, or what the source threw; nothing is left then. Everything here throws
   * StorageUnavailable too where the bytes lie on another machine.
   */
  stage(source: ByteSource, options: StageOptions): Promise<StagedAsset>;
  has(hash: string): Promise<boolean>;
  /** How many bytes, or null when the store does not have them. */
  sizeOf(hash: string): Promise<number | null>;
  /** The bytes in memory, or null when the store does not have them. */
  read(hash: string): Promise<Uint8Array | null>;
  /**
   * The bytes, or a range within them, as a stream that holds no file open before it is pulled from
   * nor after its end or cancellation. It fails when the store does not have the bytes.
   */
  open(hash: string, range?: ByteRange): ReadableStream<Uint8Array>;
  /** Lends the bytes as a file that must not be changed. Null when the store does not have them. */
  withFile<Value>(hash: string, use: (file: string) => Promise<Value>): Promise<Value | null>;
  /** Forgets the bytes; whoever reads them at this moment still reads them to the end. */
  remove(hash: string): Promise<void>;
  /** Throws StorageFull when less space is free than the store needs to work. */
  checkRoom(): Promise<void>;
  /** Everything that it has, in no order, some at a time; what comes or goes meanwhile may be left out. */
  list(): AsyncIterable<readonly StoredBytes[]>;
}

/** Bytes that a store has. */
export interface StoredBytes {
  readonly hash: string;
  readonly bytes: number;
  /** When they were last written, in milliseconds since 1970. */
  readonly writtenAtMs: number;
}

/** The bytes that arrive are more than allowed. */
export class AssetTooLarge extends Error {
  override readonly name = "AssetTooLarge";

  constructor(maxBytes: number) {
    const most = maxBytes < 1e6 ? `${maxBytes} bytes` : `${Math.floor(maxBytes / 1e6)} MB`;
    super(`The file is too large: at most ${most} are taken.`);
  }
}

/** The bytes that arrived do not have the hash under which they were announced. */
export class AssetMismatch extends Error {
  override readonly name = "AssetMismatch";

  constructor() {
    super("The bytes that arrived are not the ones that were announced. Send them again.");
  }
}

/** There is no space left to keep bytes; `cause` is what the disk said. */
export class StorageFull extends Error {
  override readonly name = "StorageFull";

  constructor(
    cause?: unknown,
    sentence = "The relay's disk is full. Free some space and try again.",
  ) {
    super(sentence, { cause });
  }
}

/** The storage beyond this machine refuses or does not answer; the sentence names the setting to look at. */
export class StorageUnavailable extends Error {
  override readonly name = "StorageUnavailable";
}
