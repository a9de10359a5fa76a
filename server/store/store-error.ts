/** There is no room left to commit anything; nothing of the transaction was kept. */
export class StorageFull extends Error {
  override readonly name = "StorageFull";

  constructor(cause: unknown) {
    super("The disk is full. Make room; nothing was lost.", { cause });
  }
}

/** Another program has kept the database locked for longer than a moment; nothing was written. */
export class StoreBusy extends Error {
  override readonly name = "StoreBusy";

  constructor(cause: unknown) {
    super("Another program keeps the relay's database locked. Close it, then try again.", {
      cause,
    });
  }
}

/** The database server does not answer; what was being committed may be in it or not. */
export class StoreGone extends Error {
  override readonly name = "StoreGone";

  constructor(cause: unknown) {
    super("The relay's database does not answer. Start it, then try again.", { cause });
  }
}

/** The database refused a second row where there may be one; the transaction cannot go on. */
export class NotUnique extends Error {
  override readonly name = "NotUnique";

  constructor(cause: unknown) {
    super("There is such a row already.", { cause });
  }
}

/** A text holds NUL or half of a character pair, which a database would change (reliability.md F49). */
export class TextNotStorable extends Error {
  override readonly name = "TextNotStorable";

  constructor() {
    super("A text holds a NUL character or half of a character pair; it was not stored.");
  }
}
