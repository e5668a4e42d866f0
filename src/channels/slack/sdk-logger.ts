import bolt, { type Logger as SdkLogger } from '@slack/bolt';
import type { Logger } from '../../app/ports.ts';

/**
 * The log that Slack's libraries get. Their lines quote what came in (whole bodies, at debug) and addresses with tickets in them, so nothing of the words
 * is passed on: of an error only that there was one, and of what kind.
 */
export function createSdkLogger(logger: Logger, library: string): SdkLogger {
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (...said: unknown[]) => {
      const error = said.find((one) => one instanceof Error);
      // Without an error there is only text, and whoever made the call tells what failed.
      if (error === undefined) logger.debug({ kind: library }, "Slack's own library met a problem.");
      else logger.warn({ kind: library, error }, "Slack's own library met a problem.");
    },
    setName: ignore,
    // Fixed: a lower level would have bodies prepared for a log that never takes them.
    setLevel: ignore,
    getLevel: () => bolt.LogLevel.WARN,
  };
}

function ignore(): void {
  // What matters of it is thrown as well, and told of by whoever catches it.
}
