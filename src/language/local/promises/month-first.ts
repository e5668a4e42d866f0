/** Zones where people write the month before the day: the United States and their neighbours in habit (CLDR short dates of en-US, en-PH). */
const monthFirst: ReadonlySet<string> = new Set([
  'America/Adak',
  'America/Anchorage',
  'America/Boise',
  'America/Chicago',
  'America/Denver',
  'America/Detroit',
  'America/Indianapolis',
  'America/Juneau',
  'America/Los_Angeles',
  'America/Louisville',
  'America/Menominee',
  'America/Metlakatla',
  'America/New_York',
  'America/Nome',
  'America/Phoenix',
  'America/Puerto_Rico',
  'America/Sitka',
  'America/Yakutat',
  'Asia/Manila',
  'Pacific/Guam',
  'Pacific/Honolulu',
]);

/** Whether 3/4 means the fourth of March where somebody lives. */
export function isMonthFirst(timeZone: string): boolean {
  return monthFirst.has(timeZone) || /^(?:US|America\/(?:Indiana|Kentucky|North_Dakota))\//.test(timeZone);
}
