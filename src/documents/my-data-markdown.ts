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

function requestLine(ctx: Context, named: NamedIn): string {
  const { words } = ctx;
  const { topic, roles, parts, did } = named;
  const what = escapeMarkdown(topic ?? words.plain('common.unknown-topic'));
  const as = roles.flatMap((role) => known.find((each) => each === role) ?? []).map((role) => words.plain(`my-data.role-${role}`));
  const kind = words.plain(named.kind === 'programme' ? 'my-data.programme' : 'my-data.request');
  const status = named.kind === 'programme' ? words.plain(`my-data.status-${named.status}`) : words.plain(`status.${named.status}`);
  const roleText = as.length === 0 ? words.plain('my-data.role-named') : as.join(words.plain('common.comma'));
  const stands = standsIn(ctx, parts);
  return [
    `- **${what}** (${kind}): ${status}; ${roleText}`,
    ...(stands === '' ? [] : [`  - ${words.plain('my-data.stands-in', { places: stands })}`]),
    ...(did.length === 0 ? [] : [`  - ${didLine(ctx, did)}`]),
  ].join('\n');
}

// A role that is not here is told as "named by others".
const known = ['requester', 'owner', 'manager', 'delegate', 'partner', 'listed-partner', 'admin', 'volunteer'] as const;
// That they acted, and when, is told beside it; the request itself names them by their role.
const toldElsewhere: readonly string[] = ['', 'acts', 'coaching.messages'];
/** Where an id can stand, in words of its own; a new kind is told by its key until it has some. */
const places = {
  answers: 'my-data.part-answers',
  'answers.facts.people': 'my-data.part-named',
  'signedContent.answers': 'my-data.part-signed-answers',
  'signedContent.answers.facts.people': 'my-data.part-signed-answers',
  signatures: 'my-data.part-signatures',
  'review.signatures': 'my-data.part-signatures',
  'coaching.cues': 'my-data.part-cues',
  'coaching.prompts': 'my-data.part-prompts',
  'fitness.answers': 'my-data.part-fitness',
  statuses: 'my-data.part-reports',
  openPoints: 'my-data.part-open-points',
  content: 'my-data.part-plan',
  'content.commitments': 'my-data.part-commitments',
  digests: 'my-data.part-digests',
  readings: 'my-data.part-readings',
} as const;

/** "answers (3), signatures (1)". */
function standsIn({ words }: Context, parts: NamedIn['parts']): string {
  const counts = new Map<string, number>();
  for (const { path } of parts) {
    const kind = path.replaceAll(/\[\d+\]/g, '').replace(/^((?:signedContent\.)?answers)\.[\w-]+/, '$1');
    if (toldElsewhere.includes(kind)) continue;
    const name = isPlace(kind) ? words.plain(places[kind]) : kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('.', ' ');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => escapeMarkdown(`${name} (${count})`)).join(words.plain('common.comma'));
}

function isPlace(kind: string): kind is keyof typeof places {
  return Object.hasOwn(places, kind);
}

function didLine(ctx: Context, did: NamedIn['did']): string {
  const first = did[0]?.at;
  const last = did.at(-1)?.at;
  if (first === undefined || last === undefined) return '';
  if (did.length === 1) return ctx.words.plain('my-data.did-one', { when: ctx.time(first) });
  return ctx.words.plain('my-data.did', { count: String(did.length), first: ctx.time(first), last: ctx.time(last) });
}

function weekly(ctx: Context, { weekly: { asked, nudgeTime, holidayUntil, programmes } }: MyData): string[] {
  const { words } = ctx;
  if (programmes.length === 0) return [];
  const running = programmes.some(({ ended }) => !ended);
  const state = asked ? 'my-data.asked' : 'my-data.not-asked';
  return [
    `- ${words.plain(running ? state : 'my-data.none-running')}`,
    ...(nudgeTime === undefined ? [] : [`- ${words.plain('my-data.nudge-time', { time: nudgeTime })}`]),
    ...(holidayUntil === undefined ? [] : [`- ${words.plain('my-data.holiday', { until: ctx.time(holidayUntil) })}`]),
    ...programmes.flatMap((one) => programmeLines(ctx, one)),
  ];
}

function programmeLines(ctx: Context, { topic, commitment, introduction, reports }: OwnWeekly): string[] {
  const name = topic ?? ctx.words.plain('common.unknown-topic');
  return [
    line(name, [introduction, ...(commitment === undefined ? [] : [`“${commitment}”`])].join('; ')),
    ...reports.map(({ week, status }) => `  - ${escapeMarkdown(`${week}: ${ctx.words.plain(`digest.${status}`)}`)}`),
  ];
}
