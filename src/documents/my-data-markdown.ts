import type { MyData, NamedIn, OwnWeekly } from '../domain/my-data.ts';
import type { Prompts } from '../prompts.ts';
import { escapeMarkdown } from './escape-markdown.ts';

type Context = Prompts & {
  /** A moment (epoch milliseconds) as people read it. */
  time(at: number): string;
};

/** Everything that is kept of one person, to be read. Words are escaped, so that nothing in them becomes a heading, a link, HTML or a mention. */
export function myDataToMarkdown(data: MyData, ctx: Context): string {
  const { words } = ctx;
  const parts = [
    `# ${words.plain('my-data.title')}`,
    words.plain('my-data.file-for', { name: escapeMarkdown(data.person.name), when: ctx.time(data.at) }),
    words.plain('my-data.file-others'),
    ...part(words.plain('my-data.words-label'), ownWords(ctx, data)),
    ...part(
      words.plain('my-data.requests-label'),
      data.named.map((one) => requestLine(ctx, one)),
    ),
    ...part(words.plain('my-data.weekly-label'), weekly(ctx, data)),
    ...part(
      words.plain('my-data.prompts-label'),
      data.prompts.map(({ at, why, topic }) => line(ctx.time(at), `${why}${about(topic)}`)),
    ),
    ...part(
      words.plain('my-data.lessons-label'),
      data.lessons.map(({ at, verdict, features }) => line(ctx.time(at), `${verdict}: ${features}`)),
    ),
    ...part(words.plain('my-data.counters-label'), [
      ...data.habits.map(({ what, count }) => line(what, String(count))),
      ...data.usage.map(({ day, what, count }) => line(`${day} ${what}`, String(count))),
    ]),
    ...part(
      words.plain('my-data.listed-label'),
      data.listed.map((as) => `- ${words.plain(`my-data.listed-${as}`)}`),
    ),
    ...(data.confirmedStrategyAt === undefined ? [] : part(words.plain('my-data.strategy-label'), [`- ${ctx.time(data.confirmedStrategyAt)}`])),
    `## ${words.plain('my-data.kept-label')}`,
    data.retentionDays === undefined ? words.plain('my-data.stays') : words.plain('my-data.erased-after', { days: String(data.retentionDays) }),
    words.plain('my-data.names'),
    words.plain('my-data.file-data'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function part(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, lines.join('\n')];
}

function line(label: string, value: string): string {
  return `- **${escapeMarkdown(label)}:** ${escapeMarkdown(value)}`;
}

function about(topic: string | undefined): string {
  return topic === undefined ? '' : ` (${topic})`;
}

function ownWords(ctx: Context, { words }: MyData): string[] {
  return words.map(({ at, text, topic }) => line(`${ctx.time(at)}${about(topic)}`, text));
}

function requestLine(ctx: Context, { kind, topic, status, roles, parts, did }: NamedIn): string {
  const { words } = ctx;
  const what = escapeMarkdown(topic ?? words.plain('common.unknown-topic'));
  const as = roles.flatMap((role) => known.find((each) => each === role) ?? []).map((role) => words.plain(`my-data.role-${role}`));
  const roleText = as.length === 0 ? words.plain('my-data.role-named') : as.join(words.plain('common.comma'));
  const head = `- **${what}** (${words.plain(kind === 'programme' ? 'my-data.programme' : 'my-data.request')}): ${escapeMarkdown(status)}; ${roleText}`;
  return [head, ...parts.map(({ path, values }) => `  - ${placeOf(path)}${valuesOf(values)}`), ...(did.length === 0 ? [] : [`  - ${didLine(ctx, did)}`])].join(
    '\n',
  );
}

// A role that is not here is told as "named by others".
const known = ['requester', 'owner', 'manager', 'delegate', 'partner', 'listed-partner', 'admin', 'volunteer'] as const;

/** "answers.driver[0]" is read as "answers, driver". */
function placeOf(path: string): string {
  const names = path
    .replaceAll(/\[\d+\]/g, '')
    .split('.')
    .filter((name) => name !== '');
  return names.length === 0 ? '' : `${escapeMarkdown(names.join(', '))}: `;
}

function valuesOf(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '' && typeof value !== 'object')
    .map(
      ([key, value]) =>
        `${escapeMarkdown(key)} ${escapeMarkdown(/^at$|At$/.test(key) && typeof value === 'number' ? new Date(value).toISOString() : String(value))}`,
    )
    .join(', ');
}

function didLine(ctx: Context, did: NamedIn['did']): string {
  const first = did[0]?.at;
  const last = did.at(-1)?.at;
  if (first === undefined || last === undefined) return '';
  return ctx.words.plain('my-data.did', { count: String(did.length), first: ctx.time(first), last: ctx.time(last) });
}

function weekly(ctx: Context, { weekly: { asked, nudgeTime, holidayUntil, programmes } }: MyData): string[] {
  const { words } = ctx;
  if (programmes.length === 0) return [];
  return [
    `- ${words.plain(asked ? 'my-data.asked' : 'my-data.not-asked')}`,
    ...(nudgeTime === undefined ? [] : [`- ${words.plain('my-data.nudge-time', { time: nudgeTime })}`]),
    ...(holidayUntil === undefined ? [] : [`- ${words.plain('my-data.holiday', { until: ctx.time(holidayUntil) })}`]),
    ...programmes.flatMap((one) => programmeLines(ctx, one)),
  ];
}

function programmeLines(ctx: Context, { topic, commitment, introduction, reports }: OwnWeekly): string[] {
  const name = topic ?? ctx.words.plain('common.unknown-topic');
  return [
    line(name, [introduction, ...(commitment === undefined ? [] : [`“${commitment}”`])].join('; ')),
    ...reports.map(({ week, status }) => `  - ${escapeMarkdown(`${week}: ${status}`)}`),
  ];
}
