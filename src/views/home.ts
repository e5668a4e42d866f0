import type { Coaching } from '../domain/coaching-state.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import type { DigestLine } from '../domain/digest.ts';
import type { AlignmentState, Understood } from '../domain/state.ts';
import type { TriggerId } from '../domain/triggers.ts';
import { topicForOthers } from './brief-coaching.ts';
import type { Card, CardAction, TextPart } from './card.ts';
import { people, topicOf, type ViewContext } from './context.ts';
import { adminActions, adminBlocks, type HomeAdmin } from './home-admin.ts';
import { givenPointAction, givenPointItem, type OwnPoint } from './open-points.ts';
import { button, type Item, present, section, textBlock } from './parts.ts';
import { type ProgrammeAbout, programmeName, shortName, type Tap } from './programme.ts';
import { type OwnPromise, promiseActions, promiseItem } from './promise.ts';
import { type StrategyOnFile, strategyAction, strategyBlocks } from './strategy.ts';
import { shorten } from './text.ts';

/** An alignment in a list. `waitsFor`: this person, others, or nobody. */
export type HomeAlignment = {
  alignment: string;
  understood: Understood;
  /** What was decided, where this person may know: it is then called by its focus, as its brief is. */
  coaching?: Pick<Coaching, 'decisions'>;
  status: Exclude<AlignmentState['status'], 'new'>;
  updatedAt: number;
  waitsFor: 'you' | readonly PersonId[];
  link?: string;
};

/** A question that was suggested to this L&D partner alone, ready to be asked. */
export type HomePrompt = { alignment: string; understood: Understood; prompt: TriggerId; question: string };

/** Somebody asks for this person's view of what is in the way (epoch milliseconds). Where it is anonymous, it is answered on their own card alone. */
export type HomeView = { alignment: string; asker: PersonId; closesAt: number; anonymous: boolean };

type About = Pick<ProgrammeAbout, 'programme' | 'topic' | 'focus' | 'outcome'>;

export type HomeInput = {
  /** What this person takes part in, newest first. */
  requests: readonly HomeAlignment[];
  /** For L&D partners: what nobody has claimed yet in the channels they cover. */
  unclaimed?: readonly HomeAlignment[];
  /** For L&D partners: what they could ask now. */
  prompts?: readonly HomePrompt[];
  /** Fitness checks that this person was asked to answer. */
  views?: readonly HomeView[];
  /** What this person said they would do. */
  promises?: readonly OwnPromise[];
  /** What this person finds out for others. */
  points?: readonly OwnPoint[];
  /** Not answered yet. The card in the private chat says what a yes means, so it is answered there. */
  introductions?: readonly { about: About; namer: PersonId }[];
  nudges: {
    programmes: readonly { about: About; callAt?: number; commitment?: Quote; waiting?: boolean }[];
    state: 'on' | 'opted-out';
  };
  /** As the last digest showed it. */
  programmes: readonly { about: About; statuses: readonly { manager: PersonId; status: Tap | Exclude<DigestLine['shows'], 'report'> }[] }[];
  /** For admins and listed L&D partners only. */
  strategy?: StrategyOnFile;
  /** For admins only. */
  admin?: HomeAdmin;
};

/** What a person sees in Plumb's own tab: only what they take part in, and for admins the settings. */
export function homeCard(ctx: ViewContext, input: HomeInput): Card {
  const { words } = ctx;
  const { requests, unclaimed = [], prompts = [], views = [], promises = [], points = [], introductions = [], nudges, programmes, strategy, admin } = input;
  const empty = [requests, unclaimed, views, promises, points, introductions, nudges.programmes, programmes].every((list) => list.length === 0);
  return {
    summary: words.plain('home.summary'),
    title: words.say('home.title'),
    blocks: [
      textBlock(words.say('home.intro'), 'subtle'),
      ...(empty ? [textBlock(words.say('home.none'))] : []),
      ...section(
        words.plain('home.requests'),
        requests.map((one) => alignmentItem(ctx, one)),
      ),
      ...section(
        words.plain('home.unclaimed'),
        unclaimed.map((one) => alignmentItem(ctx, one)),
      ),
      ...section(
        words.plain('home.prompts'),
        prompts.map(({ understood, question }) => ({ text: topicOf(ctx, understood), note: question })),
      ),
      ...section(
        words.plain('home.views'),
        views.map((one) => viewItem(ctx, one)),
      ),
      ...section(
        words.plain('open-point.home'),
        points.map((one) => givenPointItem(ctx, one)),
      ),
      ...section(
        words.plain('promise.home'),
        promises.map((one) => promiseItem(ctx, one)),
      ),
      ...section(
        words.plain('home.introductions'),
        introductions.map(({ about, namer }) => ({ text: programmeName(ctx, about), note: words.say('home.introduction', { namer: [ctx.person(namer)] }) })),
      ),
      ...section(words.plain('home.nudges'), nudgeItems(ctx, nudges)),
      ...section(
        words.plain('home.programmes'),
        programmes.map((one) => programmeItem(ctx, one)),
      ),
      ...(strategy ? strategyBlocks(ctx, strategy) : []),
      ...(admin ? adminBlocks(ctx, admin) : []),
    ],
    actions: homeActions(ctx, input),
  };
}

function alignmentItem(ctx: ViewContext, one: HomeAlignment): Item {
  const { words } = ctx;
  const { status, updatedAt, waitsFor, link } = one;
  const topic = topicForOthers(ctx, one);
  const waits = waitsFor === 'you' ? words.say('home.waits-for-you') : words.say('home.waits-for', { people: people(ctx, waitsFor) });
  const nobody = waitsFor !== 'you' && waitsFor.length === 0;
  const comma = words.plain('common.comma');
  const note: TextPart[] = [words.plain(`status.${status}`), ...(nobody ? [] : [comma, ...waits]), comma, { at: updatedAt, as: 'date' }];
  return { text: link === undefined ? topic : [{ link, label: topic }], note };
}

function viewItem(ctx: ViewContext, { asker, closesAt, anonymous }: HomeView): Item {
  const when = { when: [{ at: closesAt, as: 'date-time' as const }] };
  return {
    text: ctx.words.say('fitness.ask-summary', { asker: [ctx.person(asker)] }),
    note: ctx.words.say(anonymous ? 'home.view-anonymous' : 'home.view-until', when),
  };
}

function nudgeItems(ctx: ViewContext, { programmes, state }: HomeInput['nudges']): Item[] {
  const { words } = ctx;
  return programmes.map(({ about, callAt, waiting }) => {
    const text = programmeName(ctx, about);
    if (state === 'opted-out') return { text, note: words.say('home.opted-out') };
    const call = callAt === undefined ? [] : words.say('home.next-call', { when: [{ at: callAt, as: 'date-time' }] });
    const note = waiting ? [...words.say('home.waits-for-you'), ...(call.length > 0 ? [words.plain('common.comma')] : []), ...call] : call;
    return note.length === 0 ? { text } : { text, note };
  });
}

function programmeItem(ctx: ViewContext, { about, statuses }: HomeInput['programmes'][number]): Item {
  const note = statuses.flatMap(({ manager, status }, at): TextPart[] => [
    at === 0 ? '' : ctx.words.plain('common.comma'),
    ctx.person(manager),
    ': ',
    ...ctx.words.say(`digest.${status}`),
  ]);
  return note.length === 0 ? { text: programmeName(ctx, about) } : { text: programmeName(ctx, about), note };
}

function homeActions(ctx: ViewContext, input: HomeInput): CardAction[] {
  const { words } = ctx;
  const { requests, unclaimed = [], prompts = [], views = [], promises = [], points = [], nudges, programmes, strategy, admin } = input;
  const onHome = ({ alignment }: HomeAlignment) => ({ alignment, on: 'home' });
  const topicIn = (one: Pick<HomeAlignment, 'understood' | 'coaching'>) => shorten(topicForOthers(ctx, one), 40);
  return present<CardAction>(
    button(ctx, 'start-in-form', 'button.start-in-form', {}, { form: true }),
    ...requests
      .filter((one) => one.status === 'paused')
      .map((one) => ({ action: 'resume', label: words.plain('button-for.resume', { topic: topicIn(one) }), value: onHome(one) })),
    ...unclaimed.map((one) => ({ action: 'claim', label: words.plain('button-for.claim', { topic: topicIn(one) }), value: onHome(one) })),
    ...prompts.map((one) => ({
      action: 'ask-prompt',
      label: words.plain('button-for.ask-prompt', { topic: topicIn(one) }),
      value: { alignment: one.alignment, prompt: one.prompt },
    })),
    ...views
      .filter(({ anonymous }) => !anonymous)
      .map(({ alignment, asker }) => ({
        action: 'answer-fitness',
        label: words.plain('button-for.answer-fitness', { asker: [ctx.person(asker)] }),
        value: { alignment },
        form: true,
      })),
    ...points.map((one) => givenPointAction(ctx, one)),
    ...promises.flatMap((one) => promiseActions(ctx, one)),
    ...calendarActions(ctx, nudges.programmes, programmes),
    ...nudgeActions(ctx, nudges),
    ...(strategy ? [strategyAction(ctx)] : []),
    ...(admin ? adminActions(ctx, admin) : []),
    button(ctx, 'my-data', 'button.my-data', {}, { form: true }),
    button(ctx, 'forget-me', 'button.forget-me', {}, { form: true }),
  );
}

/** Each programme that this person sees, once. */
function calendarActions(ctx: ViewContext, ...lists: readonly (readonly { about: About }[])[]): CardAction[] {
  const abouts = new Map(lists.flat().map(({ about }) => [about.programme, about]));
  return [...abouts.values()].map((about) => ({
    action: 'calendar-file',
    label: ctx.words.plain('button-for.calendar-file', { topic: shortName(ctx, about) }),
    value: { programme: about.programme },
  }));
}

function nudgeActions(ctx: ViewContext, { programmes, state }: HomeInput['nudges']): CardAction[] {
  if (programmes.length === 0) return [];
  const settings = button(ctx, 'nudge-settings', 'button.nudge-settings', {}, { form: true });
  return state === 'on' ? [settings, button(ctx, 'nudge-opt-out', 'button.opt-out', {})] : [button(ctx, 'nudge-opt-in', 'button.opt-in', {})];
}
