import { DomainError } from '../domain/errors.ts';
import { ConflictError, NotStoredError, TooSlowError } from './errors.ts';
import { DeliveryError } from './ports.ts';

/**
 * What may be written down about an error: in a log or as the reason of a dead letter. Messages of foreign errors can quote what they choked on
 * (JSON.parse does), which may be somebody's words, so of those only the kind, the code and the place in our code are told.
 */
export function reasonOf(error: unknown): string {
  if (!Error.isError(error)) return 'Something that is no error was thrown';
  if (isOurs(error)) return `${error.name}: ${error.message}`.slice(0, 500);
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  const place = error.stack?.split('\n').find((line) => /^\s+at .*\/src\//.test(line));
  const where = place ? ` ${place.trim().replace(/(file:\/\/)?\/\S*\/src\//, 'src/')}` : '';
  return `${error.name}${code}${where}`.slice(0, 500);
}

function isOurs(error: Error): boolean {
  // The store's errors are built to be shown; app must not import the store, so they are known by name.
  if (error.name === 'StoreError') return true;
  return [ConflictError, NotStoredError, TooSlowError, DeliveryError, DomainError].some((kind) => error instanceof kind);
}
