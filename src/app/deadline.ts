import { TooSlowError } from './errors.ts';

/** The result of `work`, or TooSlowError after `limitMs` of real time. The work itself goes on: whoever calls makes sure that its late result does no harm. */
export async function withDeadline<T>(what: string, work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlowError(what, limitMs)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A sleep that can be cut short. A `wake` that comes while nobody sleeps ends the next sleep at once, so none is ever missed. */
type Alarm = { wake(): void; sleep(ms: number): Promise<void> };

/** Creates an alarm for one sleeper. */
export function createAlarm(): Alarm {
  let awake = false;
  let ring: (() => void) | undefined;
  return {
    wake() {
      awake = true;
      ring?.();
    },
    async sleep(ms) {
      if (!awake) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          ring = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        ring = undefined;
      }
      awake = false;
    },
  };
}
