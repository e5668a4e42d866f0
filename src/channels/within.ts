export const tooLate: unique symbol = Symbol('too late');

/** What `work` gives, or `tooLate` after that many milliseconds; the work itself goes on. Rejects as `work` does within that time. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof tooLate> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof tooLate>((resolve) => {
    timer = setTimeout(resolve, ms, tooLate);
  });
  // Only the race tells of a failure; one that comes after the end of the wait is nobody's.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
