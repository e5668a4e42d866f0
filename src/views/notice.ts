import type { PersonId } from '../domain/conversation.ts';
import type { DomainError } from '../domain/errors.ts';
import type { QuestionId } from '../domain/questions.ts';
import { type AboutNotice, aboutBlocks, aboutText } from './about.ts';
import type { Card, CardAction, CardBlock, Text } from './card.ts';
import { inLine, labels, people, type ViewContext } from './context.ts';
import { backButton, button, inMore, textBlock } from './parts.ts';
import { reasonLine } from './reason.ts';
import { partsOf, plainText } from './text.ts';
import type { WordingKey } from './wording.ts';

/** Notices that are one fixed line. */
export type SimpleNotice =
  | 'nothing-to-undo'
  | 'paused'
  | 'resumed'
  | 'started-over'
  | 'moved-privately'
  | 'moved-to-thread'
  | 'short-path'
  | 'left-to-partner'
  | 'left-to-partner-nobody'
  | 'unknown-button'
  | 'english'
  | 'saved'
  | 'redacted'
  | 'started'
  | 'started-here'
  | 'another-request'
  | 'another-request-chat'
  | 'other-started'
  | 'listening'
  | 'silenced'
  | 'replayed'
  | 'replay-gone'
  | 'lesson-undone'
  | 'lesson-gone'
  | 'rejected'
  | 'rejected-learned'
  | 'command-in-thread'
  | 'already-under-way'
  | 'no-thread-here'
  | 'no-chat-yet'
  | 'started-privately'
  | 'forgotten'
  | 'partner-gone'
  | 'cause-gone'
  | 'prompts-off'
  | 'prompts-on'
  | 'prompts-none'
  | 'over-closed'
  | 'over-stopped';

export type Notice =
  | { kind: SimpleNotice }
  | { kind: 'why'; questionId: QuestionId }
  /** Why Plumb puts the choice between what was asked for and something else. */
  | { kind: 'why-challenge' }
  /** `asked`: nothing was started yet, the author alone was asked. */
  | { kind: 'reason'; reasons: readonly string[]; asked?: boolean }
  | { kind: 'help' }
  | { kind: 'started-there'; place: string }
  /** Others answered what was answered in a form while that stood open. */
  | { kind: 'both-stand'; questionIds: readonly QuestionId[] }
  | AboutNotice
  /** `text`: the id of the text that was unclear; it comes back with the button, so that those words become the answer. */
  | { kind: 'clarification'; between: readonly QuestionId[]; text?: string }
  | { kind: 'claimed' | 'given-back' | 'withdrawn'; person: PersonId }
  /** Somebody signed, and others have not yet. */
  | { kind: 'signed'; person: PersonId; waitsFor: readonly PersonId[] }
  /** The same, and nobody is left to sign for the business. */
  | { kind: 'signed-no-owner'; person: PersonId }
  /** Everybody signed; `place`: where the brief was posted, if anywhere. */
  | { kind: 'agreed'; place?: string }
  | { kind: 'volunteered'; person: PersonId; requester: PersonId }
  | { kind: 'handed-over'; from: PersonId; to: PersonId; cover: boolean }
  | { kind: 'waiting'; for: readonly PersonId[]; questionIds: readonly QuestionId[] }
  /** `who` may do it; empty when nobody in particular. */
  | { kind: 'refused'; code: DomainError['code']; who: readonly PersonId[] }
  /** What the owner chose after somebody reported no progress twice. */
  | { kind: 'owner-helps' | 'owner-replans'; person: PersonId }
  /** A new deadline moved the end of the programme (epoch milliseconds). */
  | { kind: 'end-moved'; endsAt: number }
  | { kind: 'thanks-delegate' | 'introduction-declined' | 'introduction-corrected'; person: PersonId }
  | { kind: 'introduction-accepted' | 'nudge-thanks' | 'nudge-snoozed' | 'nudge-opted-out' | 'nudge-opted-in' | 'nudge-settings-saved' };

/** A short reply. `alignment` is the id for its buttons; notices outside of an alignment have none. */
export function noticeCard(ctx: ViewContext, notice: Notice, alignment?: string): Card {
  const text = noticeText(ctx, notice);
  return { summary: plainText(text), blocks: blocksOf(ctx, notice, text), actions: alignment === undefined ? [] : noticeActions(ctx, notice, alignment) };
}

/** The same as text, for the response to a press. */
export function noticeText(ctx: ViewContext, notice: Notice): Text {
  const { words } = ctx;
  switch (notice.kind) {
    case 'why': {
      const { label, why, source } = ctx.questions[notice.questionId];
      return [...words.say('why.summary', { label: inLine(label), why }), ' ', ...words.say('common.source', { source: words.plain(`source.${source}`) })];
    }
    case 'why-challenge': {
      const { because, source } = ctx.livePrompts['strategy-conflict'];
      return [because, ' ', ...words.say('common.source', { source: words.plain(`source.${source}`) })];
    }
    case 'reason':
      return reasonLine(ctx, notice.reasons, notice.asked ?? false);
    case 'help':
      return [...words.say('help.text'), ' ', ...words.say('help.words'), ' ', ...words.say('help.keeps')];
    case 'who-sees':
    case 'so-far':
    case 'example':
      return aboutText(ctx, notice);
    case 'started-there':
      return words.say('notice.started-there', { place: ctx.placeName(notice.place) });
    case 'both-stand':
      return words.say('notice.both-stand', { labels: labels(ctx, notice.questionIds) });
    case 'clarification':
      return clarification(ctx, notice.between);
    case 'waiting':
      return words.say('notice.waiting', { people: people(ctx, notice.for), labels: labels(ctx, notice.questionIds) });
    case 'refused':
      return refusal(ctx, notice.code, notice.who);
    case 'moved-privately':
      return words.say(ctx.inGroupChat ? 'notice.moved-privately-chat' : 'notice.moved-privately');
    case 'moved-to-thread':
      return words.say(ctx.inGroupChat ? 'notice.moved-to-chat' : 'notice.moved-to-thread');
    case 'owner-helps':
    case 'owner-replans':
    case 'signed-no-owner':
      return words.say(`notice.${notice.kind}`, { person: [ctx.person(notice.person)] });
    case 'end-moved':
      return words.say('notice.end-moved', { date: [{ at: notice.endsAt, as: 'date' }] });
    case 'signed':
      return words.say('notice.signed', { person: [ctx.person(notice.person)], people: people(ctx, notice.waitsFor) });
    case 'agreed':
      return notice.place === undefined ? words.say('notice.agreed') : words.say('notice.agreed-in', { place: ctx.placeName(notice.place) });
    case 'withdrawn':
    case 'claimed':
    case 'given-back':
    case 'volunteered':
    case 'handed-over':
      return personLine(ctx, notice);
    case 'thanks-delegate':
    case 'introduction-declined':
    case 'introduction-corrected':
    case 'introduction-accepted':
    case 'nudge-thanks':
    case 'nudge-snoozed':
    case 'nudge-opted-out':
    case 'nudge-opted-in':
    case 'nudge-settings-saved':
      return followThroughLine(ctx, notice);
    default:
      return words.say(`notice.${notice.kind}` satisfies WordingKey);
  }
}

function clarification(ctx: ViewContext, between: readonly QuestionId[]): Text {
  const [first, second, third] = between.map((id) => inLine(ctx.questions[id].label));
  if (first === undefined) return ctx.words.say('clarification.none');
  if (second === undefined) return ctx.words.say('clarification.one', { first });
  return third === undefined ? ctx.words.say('clarification.two', { first, second }) : ctx.words.say('clarification.text', {}, between.join());
}

function refusal(ctx: ViewContext, code: DomainError['code'], who: readonly PersonId[]): Text {
  const { words } = ctx;
  switch (code) {
    case 'not_allowed':
      return who.length === 0 ? words.say('notice.not-allowed-anyone') : words.say('notice.not-allowed', { people: people(ctx, who) });
    case 'not_open':
      return words.say('notice.not-open');
    case 'no_draft':
      return words.say('notice.no-draft');
    case 'outdated':
      return words.say('notice.outdated');
    case 'unknown_target':
      return words.say('notice.unknown-target');
    default:
      return code satisfies never;
  }
}

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

function personLine(ctx: ViewContext, notice: Extract<Notice, { kind: 'claimed' | 'given-back' | 'withdrawn' | 'volunteered' | 'handed-over' }>): Text {
  const { words } = ctx;
  switch (notice.kind) {
    case 'claimed':
    case 'given-back':
    case 'withdrawn':
      return words.say(`notice.${notice.kind}`, { person: [ctx.person(notice.person)] });
    case 'volunteered':
      return words.say('notice.volunteered', { person: [ctx.person(notice.person)], requester: [ctx.person(notice.requester)] });
    case 'handed-over':
      return words.say(notice.cover ? 'notice.covered' : 'notice.handed-over', { from: [ctx.person(notice.from)], to: [ctx.person(notice.to)] });
    default:
      return notice satisfies never;
  }
}

type FollowThroughKind =
  | 'thanks-delegate'
  | `introduction-${'accepted' | 'declined' | 'corrected'}`
  | `nudge-${'thanks' | 'snoozed' | 'opted-out' | 'opted-in' | 'settings-saved'}`;

function followThroughLine(ctx: ViewContext, notice: Extract<Notice, { kind: FollowThroughKind }>): Text {
  const { words } = ctx;
  switch (notice.kind) {
    case 'thanks-delegate':
      return words.say('delegate.thanks', { asker: [ctx.person(notice.person)] });
    case 'introduction-accepted':
      return words.say('introduction.accepted');
    case 'introduction-declined':
      return words.say('introduction.declined', { namer: [ctx.person(notice.person)] });
    case 'introduction-corrected':
      return words.say('introduction.corrected', { namer: [ctx.person(notice.person)] });
    case 'nudge-thanks':
      return words.say('nudge.thanks');
    case 'nudge-snoozed':
      return words.say('nudge.snoozed');
    case 'nudge-opted-out':
      return words.say('nudge.opted-out');
    case 'nudge-opted-in':
      return words.say('nudge.opted-in');
    case 'nudge-settings-saved':
      return words.say('nudge.settings-saved');
    default:
      return notice satisfies never;
  }
}

function blocksOf(ctx: ViewContext, notice: Notice, text: Text): CardBlock[] {
  const { words } = ctx;
  switch (notice.kind) {
    case 'reason':
      return [
        textBlock(words.say('reason.title'), 'strong'),
        textBlock(text),
        textBlock([...words.say('reason.forget'), ' ', ...words.say('reason.wrong')], 'subtle'),
      ];
    case 'help':
      return [
        textBlock(words.say('help.title'), 'strong'),
        textBlock(words.say('help.text')),
        textBlock(words.say('help.words')),
        textBlock(words.say('help.keeps'), 'subtle'),
      ];
    case 'who-sees':
    case 'so-far':
    case 'example':
      return aboutBlocks(ctx, notice);
    default:
      return [textBlock(partsOf(text))];
  }
}

function noticeActions(ctx: ViewContext, notice: Notice, alignment: string): CardAction[] {
  const value = { alignment };
  switch (notice.kind) {
    case 'paused':
      return [button(ctx, 'resume', 'button.resume', value, { style: 'primary' })];
    case 'withdrawn':
      return [button(ctx, 'resume', 'button.resume', value)];
    case 'reason':
      return [button(ctx, 'not-a-request', 'button.not-a-request', value)];
    case 'moved-privately':
      return [backButton(ctx, alignment)];
    case 'claimed':
      return [button(ctx, 'hand-over', 'button.hand-over', value, { form: true }), button(ctx, 'give-back', 'button.give-back', value)];
    case 'left-to-partner-nobody':
      return [button(ctx, 'write-brief', 'button.write-brief', value, { style: 'primary' }), button(ctx, 'carry-on', 'button.carry-on', value)];
    case 'volunteered':
      return [button(ctx, 'confirm-partner', 'button.confirm-partner', { alignment, person: notice.person }, { style: 'primary' })];
    case 'given-back':
      return [button(ctx, 'claim', 'button.claim', value)];
    case 'clarification':
      return choices(ctx, notice, alignment);
    case 'help':
      return [
        button(ctx, 'answer-in-form', 'button.answer-in-form', value, { form: true }),
        button(ctx, 'short-path', 'button.short-path', value),
        button(ctx, 'write-brief', 'button.write-brief', value),
        button(ctx, 'later', 'button.later', value),
        ...inMore(
          button(ctx, 'undo', 'button.undo', value),
          button(ctx, 'start-over', 'button.start-over', value),
          button(ctx, 'stop', 'button.stop', value, { style: 'danger' }),
        ),
      ];
    default:
      return [];
  }
}

/** One button a candidate question; pressing it makes the unclear words the answer. */
function choices(ctx: ViewContext, notice: Of<'clarification'>, alignment: string): CardAction[] {
  const { text } = notice;
  if (text === undefined) return [];
  return notice.between.map((question) => ({ action: 'choose-question', label: ctx.questions[question].label, value: { alignment, question, text } }));
}
