import type { PersonId, Quote } from '../domain/conversation.ts';
import type { Card, CardAction, CardBlock, Text } from './card.ts';
import { listed, people, quoted, type ViewContext, wordsKept } from './context.ts';
import { button, linkButton, present, textBlock } from './parts.ts';
import { allWords, type NamedBy, type ProgrammeAbout, programmeName, type SeenBy } from './programme.ts';
import { plainText } from './text.ts';

export type Introduction = NamedBy & {
  about: ProgrammeAbout;
  roles: readonly ('owner' | 'manager' | 'data')[];
  commitment?: Quote;
  /** Where a manager's weekly answer will be shown, and how many people can read there. */
  seenBy: SeenBy;
  /** To the thread, for whoever can open it. */
  link?: string;
  /** They said yes: what they said yes to stays to be read. */
  accepted?: boolean;
  /** The programme is at an end. */
  over?: boolean;
};

/** Private, to somebody who was named: who named them, for what, what was said they would do, and what will be visible to whom. */
export function introductionCard(ctx: ViewContext, introduction: Introduction): Card {
  const { words } = ctx;
  const { about, namer, person, commitment, link, accepted, over } = introduction;
  const topic = programmeName(ctx, about);
  const role = roleText(ctx, introduction.roles);
  const bySelf = namer === person;
  const [outcome, doing] = [allWords(ctx, about.outcome), wordsKept(ctx, commitment)];
  const facts = present(
    outcome === undefined ? undefined : { label: words.plain('introduction.outcome'), value: outcome },
    doing === undefined ? undefined : { label: words.plain('introduction.commitment'), value: doing },
  );
  return {
    summary: summaryOf(ctx, introduction),
    title: words.say(bySelf ? 'introduction.title-self' : 'introduction.title'),
    blocks: present<CardBlock>(
      textBlock(
        bySelf
          ? words.say('introduction.text-self', { person: [ctx.person(person)], topic, role })
          : words.say('introduction.text', { person: [ctx.person(person)], namer: [ctx.person(namer)], topic, role }),
      ),
      facts.length === 0 ? undefined : { type: 'facts', facts },
      commitment || introduction.roles.every((role) => role === 'data') ? undefined : textBlock(words.say('introduction.no-commitment'), 'subtle'),
      ...visibleBlocks(ctx, introduction),
      over
        ? textBlock(words.say('introduction.over'), 'strong')
        : accepted
          ? textBlock(words.say('introduction.accepted'), 'strong')
          : answerVisible(ctx, introduction),
    ),
    actions: present(...(over ? [] : answers(ctx, introduction)), link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link)),
  };
}

function answers(ctx: ViewContext, { about, accepted }: Introduction): CardAction[] {
  const value = { programme: about.programme };
  return present(
    accepted ? undefined : button(ctx, 'accept-introduction', 'button.accept', value, { style: 'primary' }),
    // Nobody puts into their calendar what they have not said yes to.
    accepted ? button(ctx, 'calendar-file', 'button.calendar-file', value) : undefined,
    button(ctx, 'correct-introduction', 'button.correct', value, { form: true }),
    button(ctx, 'decline-introduction', 'button.decline', value),
  );
}

function summaryOf(ctx: ViewContext, { about, namer, person, accepted, over }: Introduction): string {
  const { words } = ctx;
  const topic = programmeName(ctx, about);
  if (over) return words.plain('introduction.over');
  if (accepted) return words.plain('introduction.accepted');
  return namer === person ? words.plain('introduction.summary-self', { topic }) : words.plain('introduction.summary', { namer: [ctx.person(namer)], topic });
}

function answerVisible(ctx: ViewContext, { namer, person }: Introduction): CardBlock {
  const { words } = ctx;
  return textBlock(
    namer === person ? words.say('introduction.nothing-before') : words.say('introduction.answer-visible', { namer: [ctx.person(namer)] }),
    'subtle',
  );
}

function roleText(ctx: ViewContext, roles: Introduction['roles']): string {
  const { words } = ctx;
  const owner = roles.includes('owner');
  const manager = roles.includes('manager');
  const led = owner && manager ? words.plain('introduction.role-both') : owner ? words.plain('introduction.role-owner') : undefined;
  const named = present(
    led ?? (manager ? words.plain('introduction.role-manager') : undefined),
    roles.includes('data') ? words.plain('introduction.role-data') : undefined,
  );
  return plainText(listed(ctx, named));
}

function visibleBlocks(ctx: ViewContext, { roles, seenBy }: Introduction): CardBlock[] {
  return present(
    roles.includes('manager') ? textBlock(managerVisible(ctx, seenBy)) : undefined,
    roles.includes('data') ? textBlock(roles.includes('manager') ? ctx.words.say('introduction.data-also') : dataVisible(ctx, seenBy)) : undefined,
    roles.includes('owner') ? textBlock(ctx.words.say(roles.length > 1 ? 'introduction.owner-also' : 'introduction.owner-visible')) : undefined,
  );
}

function dataVisible(ctx: ViewContext, seenBy: SeenBy): Text {
  if ('readers' in seenBy) return ctx.words.say('introduction.data-visible-people', { people: people(ctx, seenBy.readers) });
  return ctx.words.say('introduction.data-visible', { place: ctx.placeName(seenBy.place) });
}

function managerVisible(ctx: ViewContext, seenBy: SeenBy): Text {
  if ('readers' in seenBy) return ctx.words.say('introduction.manager-visible-people', { people: people(ctx, seenBy.readers) });
  const place = ctx.placeName(seenBy.place);
  if (seenBy.count === undefined) return ctx.words.say('introduction.manager-visible-uncounted', { place });
  return ctx.words.say('introduction.manager-visible', { place, count: String(seenBy.count) });
}

export type IntroductionAnswer = {
  about: ProgrammeAbout;
  person: PersonId;
  answer: 'accepted' | 'declined' | { correction: Quote };
  /** To the thread, for whoever can open it. */
  link?: string;
};

/** Private, to whoever named somebody: how that person answered, and what can be done about it. */
export function introductionAnswerCard(ctx: ViewContext, { about, person, answer, link }: IntroductionAnswer): Card {
  const { words } = ctx;
  const slots = { person: [ctx.person(person)], topic: programmeName(ctx, about) };
  const change = button(ctx, 'change-something', 'button.change-brief', { alignment: about.programme }, { form: true });
  const open = link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link);
  if (answer === 'accepted' || answer === 'declined') {
    const text = words.say(`introduction.told-${answer}`, slots);
    return { summary: plainText(text), blocks: [textBlock(text)], actions: answer === 'accepted' ? [] : present(change, open) };
  }
  const text = words.say('introduction.told-corrected', { ...slots, words: quoted(ctx, answer.correction) });
  return {
    summary: plainText(text),
    blocks: [textBlock(text), textBlock(words.say('introduction.told-corrected-then'), 'subtle')],
    actions: present(change, open),
  };
}

/** Private: a newer brief says something else (or nothing any more) about what this person does, or no longer names them. */
export function commitmentChangedCard(
  ctx: ViewContext,
  { about, change }: { about: ProgrammeAbout; change: { kind: 'changed'; commitment: Quote } | { kind: 'gone' } | { kind: 'no-longer-named' } },
): Card {
  const text = changeText(ctx, programmeName(ctx, about), change);
  const value = { programme: about.programme };
  return {
    summary: plainText(text),
    blocks: [textBlock(text)],
    actions:
      change.kind === 'changed'
        ? [button(ctx, 'correct-introduction', 'button.correct', value, { form: true }), button(ctx, 'decline-introduction', 'button.decline', value)]
        : [],
  };
}

function changeText(ctx: ViewContext, topic: string, change: { kind: 'changed'; commitment: Quote } | { kind: 'gone' } | { kind: 'no-longer-named' }): Text {
  switch (change.kind) {
    case 'changed':
      return ctx.words.say('introduction.commitment-changed', { topic, words: quoted(ctx, change.commitment) });
    case 'gone':
      return ctx.words.say('introduction.commitment-gone', { topic });
    case 'no-longer-named':
      return ctx.words.say('introduction.no-longer-named', { topic });
    default:
      return change satisfies never;
  }
}
