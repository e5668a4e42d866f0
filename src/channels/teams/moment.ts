// 2001 to 2286: ids of messages are the moment of writing in milliseconds, other numbers are none.
const epochMs = /^[1-9]\d{12}$/;
const isoTime = /^\d{4}-\d\d-\d\dT/;

/** When something happened, by a timestamp or a message's id of Teams (epoch milliseconds); undefined where it is neither. */
export function momentOf(written: string | null | undefined): number | undefined {
  if (!written) return undefined;
  const moment = epochMs.test(written) ? Number(written) : isoTime.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}
