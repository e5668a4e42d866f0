/** A commit that kept losing against another writer. Nothing was written; the same rows are tried again soon. */
export class ConflictError extends Error {
  readonly code = 'conflict';
  constructor(message = 'Another writer changed this conversation at the same moment. It is tried again by itself.', options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConflictError';
  }
}

/** An event that could not be made durable: it must not be acknowledged, so that the platform sends it again. */
export class NotStoredError extends Error {
  readonly code = 'not_stored';
  constructor(options?: ErrorOptions) {
    super(
      'The event could not be stored, so it was not acknowledged and the platform will send it again. Check that the database is reachable and its disk has room.',
      options,
    );
    this.name = 'NotStoredError';
  }
}

/** Work that did not end within its time. It may still end later; what it then commits is refused because its lease is gone. */
export class TooSlowError extends Error {
  readonly code = 'too_slow';
  constructor(what: string, limitMs: number) {
    super(
      `${what} did not end within ${limitMs} ms and is tried again. If this happens often, look at what it waits for (database, language model, platform).`,
    );
    this.name = 'TooSlowError';
  }
}
