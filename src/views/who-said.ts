import type { Brief, Origin } from '../domain/brief.ts';
import { type Statement, statementsOf } from '../domain/brief-evidence.ts';
import { dayText } from '../domain/due-date.ts';
import { saidBy, weeklyText } from './brief-blocks.ts';
import type { CardBlock, Form, Text, TextPart } from './card.ts';
import { people, quoted, type ViewContext, wordsOf } from './context.ts';
import { pointLabel } from './open-points.ts';
import { type Item, textBlock } from './parts.ts';
import { partsOf } from './text.ts';

/** `links`: to the messages, by messageRef. `originOf`: whose words a text is, where only the text says so. */
export type Sources = { links?: ReadonlyMap<string, string>; originOf?: (textId: string) => Origin | undefined };

/**
 * Every line of the brief with who said it, when, a link to where, and who has confirmed it; and what Plumb worked out, as Plumb's. Read only: submitting
 * it closes it.
 */
export function whoSaidThisForm(ctx: ViewContext, brief: Brief, { links = new Map(), originOf }: Sources = {}): Form {
  const { words } = ctx;
  const statements = statementsOf(brief, originOf);
  const isSigned = brief.signOff.some(({ signatures }) => signatures.length > 0);
  const groups = [...grouped(ctx, statements, links), ...readings(ctx, brief), ...found(ctx, brief)];
  return {
    id: 'who-said-this',
    title: words.plain('form.who-title'),
    submitLabel: words.plain('form.who-submit'),
    submit: 'who-said-this',
    value: { alignment: brief.alignmentId },
    blocks: [
      textBlock(words.say('form.who-intro'), 'subtle'),
      ...(isSigned || statements.length === 0 ? [] : [textBlock(words.say('evidence.nobody-signed'), 'subtle')]),
      ...groups.flatMap(({ heading, items }): CardBlock[] => [textBlock(heading, 'strong'), { type: 'list', items }]),
      ...(groups.length === 0 ? [textBlock(words.say('form.who-empty'))] : []),
    ],
  };
}

type Group = { heading: string; items: Item[] };

function grouped(ctx: ViewContext, statements: readonly Statement[], links: ReadonlyMap<string, string>): Group[] {
  const groups = new Map<string, Item[]>();
  for (const statement of statements) {
    const heading = headingOf(ctx, statement);
    const item = { text: wordsOf(ctx, statement.quote), note: evidenceText(ctx, statement, links) };
    groups.set(heading, [...(groups.get(heading) ?? []), item]);
  }
  return [...groups].map(([heading, items]) => ({ heading, items }));
}

function headingOf({ words, questions }: ViewContext, statement: Statement): string {
  switch (statement.part) {
    case 'asked-for':
      return words.plain('brief.asked-for');
    case 'understood':
      return words.plain(`intake.${statement.what}`);
    case 'answer':
      return questions[statement.questionId].label;
    case 'chain':
      return words.plain(`brief.chain-${statement.link}`);
    case 'action':
      return words.plain('fitness.actions');
    case 'pilot':
      return words.plain(`coach.pilot-${statement.what}`);
    case 'kpi':
      return words.plain(`brief.kpi-${statement.what}`);
    case 'decision':
      return words.plain(`brief.decision-${statement.outcome}`);
    case 'found-out':
      return words.plain('open-point.found-out');
    default:
      return statement satisfies never;
  }
}

/** "Dana, Tue 24 Nov 2026, 09:12, written in a form, confirmed by themselves and Priya, Open the message". */
function evidenceText(ctx: ViewContext, { origin, written, reason, confirmedBy }: Statement, links: ReadonlyMap<string, string>): Text {
  const { words } = ctx;
  if (!origin) return words.say('evidence.no-source');
  const link = links.get(origin.messageRef);
  const others = confirmedBy.filter((id) => id !== origin.by);
  const isOwn = others.length < confirmedBy.length;
  const parts: Text[] = [saidBy(ctx, origin)];
  if (written) parts.push(words.say('evidence.written'));
  if (reason) parts.push(words.say('evidence.reason', { words: quoted(ctx, reason) }));
  if (others.length > 0) parts.push(words.say(isOwn ? 'evidence.confirmed-both' : 'evidence.confirmed-others', { people: people(ctx, others) }));
  else if (isOwn) parts.push(words.say('evidence.confirmed-self'));
  if (link !== undefined) parts.push([{ link, label: words.plain('form.who-link') }]);
  return parts.flatMap((part, at): TextPart[] => [...(at === 0 ? [] : [words.plain('common.comma')]), ...partsOf(part)]);
}

/** What nobody said in these words: how Plumb read it. */
function readings(ctx: ViewContext, brief: Brief): Group[] {
  const { words } = ctx;
  const note = words.say('evidence.read-by-plumb');
  const of = (heading: string, texts: readonly Text[]): Group[] => (texts.length === 0 ? [] : [{ heading, items: texts.map((text) => ({ text, note })) }]);
  const levels = brief.chain.flatMap(({ level }) => (level ? [words.plain(`brief.level-${level}`)] : []));
  const kinds = brief.kpis.map(({ name, leading }): Text => [wordsOf(ctx, name), ': ', words.plain(leading ? 'brief.kpi-leading' : 'brief.kpi-lagging')]);
  return [
    ...of(words.plain('brief.chain-current-level'), levels),
    ...of(words.plain('brief.kpi-kind'), kinds),
    ...of(
      words.plain('brief.weekly'),
      brief.weekly.map(({ when, by }) => weeklyText(ctx, when, by)),
    ),
    ...of(words.plain('evidence.fit'), brief.fits === undefined ? [] : [brief.fits]),
  ];
}

/** Who finds out what is open, and who asked for it. */
function found(ctx: ViewContext, brief: Brief): Group[] {
  const given = [...(brief.focusPoint ? [brief.focusPoint] : []), ...brief.openPoints.flatMap((point) => point.given ?? [])];
  const items = given.map((one): Item => {
    const slots = { person: [ctx.person(one.by)], when: [{ at: one.at, as: 'date-time' as const }], owner: [ctx.person(one.owner)], day: dayText(one.due) };
    return { text: pointLabel(ctx, brief, one.point), note: ctx.words.say('evidence.given-by', slots) };
  });
  return items.length === 0 ? [] : [{ heading: ctx.words.plain('brief.open-points'), items }];
}
