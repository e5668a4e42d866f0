import { DateTime } from 'luxon';

/** What the test sets write for a zone, and every zone that can be meant by it. Written apart from the engine's own list, so that one can find mistakes in the other. */
const meant: Readonly<Record<string, readonly string[]>> = {
  uk: ['Europe/London'],
  bst: ['Europe/London'],
  cet: ['Europe/Paris', 'Etc/GMT-1'],
  cest: ['Europe/Paris', 'Etc/GMT-2'],
  'central european time': ['Europe/Paris', 'Etc/GMT-1'],
  eet: ['Europe/Helsinki', 'Etc/GMT-2'],
  gmt: ['Etc/GMT', 'Europe/London'],
  utc: ['Etc/UTC'],
  et: ['America/New_York'],
  est: ['America/New_York', 'Etc/GMT+5'],
  edt: ['America/New_York', 'Etc/GMT+4'],
  eastern: ['America/New_York'],
  ct: ['America/Chicago'],
  cst: ['America/Chicago', 'Etc/GMT+6', 'Asia/Shanghai'],
  central: ['America/Chicago'],
  mt: ['America/Denver'],
  mst: ['America/Denver', 'America/Phoenix'],
  mountain: ['America/Denver'],
  pt: ['America/Los_Angeles'],
  pst: ['America/Los_Angeles', 'Etc/GMT+8'],
  pdt: ['America/Los_Angeles', 'Etc/GMT+7'],
  pacific: ['America/Los_Angeles'],
  ist: ['Asia/Kolkata', 'Asia/Jerusalem', 'Europe/Dublin'],
  sgt: ['Asia/Singapore'],
  hkt: ['Asia/Hong_Kong'],
  jst: ['Asia/Tokyo'],
  kst: ['Asia/Seoul'],
  gst: ['Asia/Dubai'],
  aest: ['Australia/Sydney', 'Australia/Brisbane'],
  aedt: ['Australia/Sydney', 'Etc/GMT-11'],
  awst: ['Australia/Perth'],
  nzst: ['Pacific/Auckland'],
  nzt: ['Pacific/Auckland'],
  sast: ['Africa/Johannesburg'],
  wat: ['Africa/Lagos'],
  eat: ['Africa/Nairobi'],
  brt: ['America/Sao_Paulo'],
  art: ['America/Argentina/Buenos_Aires'],
  msk: ['Europe/Moscow'],
  trt: ['Europe/Istanbul'],
};

/** Whether a zone that was found is one that `gold` can mean: clocks there show the same all year round. `gold`: an IANA name or what people say. */
export function isZone(found: string | undefined, gold: string): boolean {
  if (found === undefined) return false;
  const clocks = clocksOf(found);
  if (clocks === undefined) return false;
  const said = gold
    .trim()
    .toLowerCase()
    .replace(/ time$/, (time) => (gold.toLowerCase() in meant ? time : ''));
  return (meant[said] ?? [gold]).some((zone) => clocksOf(zone) === clocks);
}

// A January and a July, one for each half of the year in which daylight saving may run; April and November tell the United States from Europe.
const days = ['2026-01-15', '2026-03-20', '2026-07-15', '2026-10-28'];

function clocksOf(zone: string): string | undefined {
  const offsets = days.map((day) => DateTime.fromISO(`${day}T12:00`, { zone }).offset);
  return offsets.some(Number.isNaN) ? undefined : offsets.join(' ');
}
