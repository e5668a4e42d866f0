/** What can go wrong with the store. `code` is stable and may be matched; `message` says what to do and never holds anybody's words. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

export type StoreErrorCode =
  /** Another process has this SQLite file. */
  | 'store_in_use'
  /** The file is no SQLite database, is damaged, or may not be opened. */
  | 'store_unreadable'
  /** The SQLite file was deleted or replaced under the running process. */
  | 'store_gone'
  /** PostgreSQL does not answer. */
  | 'store_unreachable'
  /** Written by a newer Plumb than this one. */
  | 'store_newer'
  | 'store_migration_failed'
  | 'store_read_failed'
  | 'store_write_failed'
  | 'store_closed'
  /** Tokens are to be kept or read and there is no key (SECRET_KEY), or one that is too short to be safe. */
  | 'secret_key_missing'
  | 'secret_key_short'
  /** Stored tokens that no given key decrypts. */
  | 'secret_unreadable'
  /** One stored value does not have the shape it was written with. */
  | 'stored_value_unreadable';

/** Thrown inside a transaction to roll it back; never leaves the store. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** What a driver says about an error, without any values of the query. */
export function describeDriverError(error: unknown): string {
  const { errstr, message, code } = fieldsOf(error);
  if (typeof errstr === 'string') return errstr;
  if (typeof message !== 'string') return 'unknown error';
  return typeof code === 'string' ? `${message} (${code})` : message;
}

/** SQLite's primary result code (sqlite.org/rescode.html), when the error comes from SQLite. */
export function sqliteCode(error: unknown): number | undefined {
  const { errcode } = fieldsOf(error);
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

/** PostgreSQL's SQLSTATE or the operating system's code, when the error carries one. */
export function driverCode(error: unknown): string {
  const { code } = fieldsOf(error);
  return typeof code === 'string' ? code : '';
}

/** True when the server could not be reached or went away: then trying the same again at once is pointless. */
export function isUnreachable(error: unknown): boolean {
  const code = driverCode(error);
  const { message } = fieldsOf(error);
  const lost =
    typeof message === 'string' && /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i.test(message);
  return lost || code.startsWith('08') || /^57P0[1-3]$/.test(code) || /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN|ENOENT)/.test(code);
}

type ErrorFields = { message?: unknown; code?: unknown; errcode?: unknown; errstr?: unknown };

// By its fields and not by instanceof: errors of Node's own modules come from another realm where code runs in a vm (jest).
function fieldsOf(error: unknown): ErrorFields {
  return typeof error === 'object' && error !== null ? error : {};
}
