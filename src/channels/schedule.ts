/** Calls `then` after so many milliseconds, unless the process ends before; what it returns calls that off. */
export function schedule(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
