import { isChallengeOpen } from '../domain/coaching-state.ts';
import type { By, Command } from '../domain/command.ts';
import type { Quote } from '../domain/conversation.ts';
import { type HeardCue, leastShown, noWords } from '../domain/cues.ts';
import type { Knowledge } from '../domain/knowledge.ts';
import type { QuestionId } from '../domain/questions.ts';
import type { AlignmentState, StartedAlignment } from '../domain/state.ts';
import type { ActKind, ReadCue, Reading } from '../language/language.ts';
import { messageOf, quoteOf, type ReadText, readAsOne } from './burst.ts';
import { isChosen, stemsOf } from './chosen-option.ts';
import { sureEnough } from './given-answers.ts';
import { addressLength, type MessageEvent, refOf } from './read-message.ts';
import { isSaidApart, ofOtherKind } from './said-apart.ts';
import { sideOf, standingOf } from './standing.ts';
import type { TextRow } from './store.ts';
import type { Turn } from './turn.ts';

/** Plumb hears what helps to coach only while something is being agreed; afterwards people talk among themselves. */
const coached: readonly AlignmentState['status'][] = ['suggested', 'clarifying', 'reviewing', 'paused'];

type HearCues = Extract<Command, { type: 'HearCues' }>;
type Hearing = Pick<Turn, 'settings' | 'now' | 'channel' | 'texts'>;

/**
 * One command for each message of the burst, also where nothing was heard in it: the coach has to know that somebody spoke. Each has its own quotes, so
 * that what was heard goes with its message.
 */
export function cueCommands(
  { settings, now, texts }: Hearing,
  state: AlignmentState,
  source: ReadText,
  { cues, faint = [] }: Pick<Reading, 'cues' | 'faint'>,
  by: By,
): HearCues[] {
  if (!coached.includes(state.status)) return [];
  const side = sideOf(state, settings, by.by);
  const sure = cues.filter(({ confidence }) => confidence >= sureEnough).map((cue) => ({ ...cue, isFaint: false }));
  const all = [...sure, ...faint.map((cue) => ({ ...cue, isFaint: true }))].filter(({ span }) => span.end > span.start);
  return source.parts.map(({ messageRef }) => {
    const own = all.filter(({ span }) => messageOf(source, span) === messageRef);
    const heard = own.map(({ cue, detail, span, wording, confidence, isFaint }): HeardCue => {
      const proposed = wording === undefined ? undefined : keptWording(texts, { messageRef, author: by.by, body: wording, at: now });
      const quote = isFaint && confidence < leastShown ? noWords : quoteOf(source, span);
      const said = { quote, by: by.by, side, messageRef, at: now };
      return {
        cue,
        ...(detail !== undefined && { detail }),
        ...said,
        ...(proposed && { wording: proposed }),
        likely: confidence,
        ...(isFaint && { faint: true }),
      };
    });
    return { type: 'HearCues', ...by, act: messageRef, messageRef, cues: heard };
  });
}

/** A model's words about a message go where that message goes. */
function keptWording(texts: Turn['texts'], row: Omit<TextRow, 'textId'>): Quote {
  // Of an edited message the words are others: what was proposed before must not turn into them.
  const textId = `${row.messageRef}#asked:${row.at}`;
  texts.set(textId, { textId, ...row });
  return { textId, start: 0, end: row.body.length };
}

/** What was heard in the words of the request itself. */
export function requestCues(turn: Hearing, state: AlignmentState, event: MessageEvent, cues: readonly ReadCue[]): HearCues[] {
  if (cues.length === 0) return [];
  const by: By = { by: event.personId, act: refOf(event), standing: standingOf(turn.settings, event.personId) };
  return cueCommands(turn, state, readAsOne([event], turn.channel.directory), { cues }, by);
}

/** An edited message: what was heard in it before gives way to what is heard now, be that nothing. */
export function revisedCues(turn: Hearing, state: AlignmentState, source: ReadText, read: Pick<Reading, 'cues' | 'faint'>, by: By): HearCues[] {
  if (state.status === 'new') return [];
  const orders = cueCommands(turn, state, source, read, by).map((order) => ({ ...order, act: by.act }));
  const before = state.coaching?.cues.map(({ messageRef }) => messageRef) ?? [];
  return orders.filter((order) => order.cues.length > 0 || before.includes(order.messageRef));
}

/** What is no answer to a person's or Plumb's question on what lies behind the request. */
const besides: readonly ActKind[] = ['stop', 'pause', 'resume', 'counter-question', 'delegate'];

/**
 * The words of the person whom an L&D partner's prompt or Plumb's challenge asked, as the answer to it. Undefined where nothing was asked of them, or
 * where they speak of something else, or to somebody else.
 */
export function probeCommand(state: StartedAlignment, by: By, reading: Reading, source: ReadText, knowledge: Knowledge): Command | undefined {
  const probe = state.coaching?.probe;
  // To a request that was withdrawn nothing is waited for.
  if (probe?.of !== by.by || state.status === 'withdrawn' || !mayAnswer(state, reading, source, knowledge)) return undefined;
  const said = { ...wholeOf(source, reading), text: source.text };
  if (probe.challenge !== undefined) return challengeAnswer(state, by, reading, said);
  const { words, messageRef } = said;
  const cues = reading.cues.map(({ cue }) => cue);
  return (
    probe.prompt && { type: 'AnswerPrompt', ...by, trigger: probe.prompt, words, messageRef, cues, ...(reading.cues.some(isChosen) && { choseOther: true }) }
  );
}

type SaidTo = { words: Quote; text: string; messageRef: string };

/** Words on the open step of the challenge. */
export function challengeAnswer(state: StartedAlignment, by: By, reading: Reading, { words, text, messageRef }: SaidTo): Command {
  const choice = choiceIn(state, reading, text);
  const said = choice === 'let-be' ? {} : { words };
  return { type: 'AnswerChallenge', ...by, ...(choice && { choice }), ...said, messageRef, cues: reading.cues.map(({ cue }) => cue) };
}

function mayAnswer(state: StartedAlignment, reading: Reading, { text, mentions, addressed }: ReadText, knowledge: Knowledge): boolean {
  const { acts, wishes, cues, language } = reading;
  const leading = mentions.find((mention) => text.slice(0, mention.start).trim() === '');
  const toPartner = state.partners.some(({ personId }) => personId === leading?.personId);
  if (leading && !addressed && !toPartner) return false;
  if (language === 'other' || acts.some((act) => besides.includes(act))) return false;
  if (wishes.some((wish) => wish !== 'short-path')) return false;
  if (isPlainly(state, text) || isOnStep(state, text, knowledge)) return true;
  if (isOnSomethingElse(state, reading)) return false;
  const only = (act: ActKind) => acts.length > 0 && acts.every((each) => each === act);
  const heard = cues.filter(({ cue }) => cue !== 'proposed-question');
  if (heard.length === 0 && only('chit-chat')) return isFact(state, text);
  return heard.length > 0 || !only('acknowledge') || state.coaching?.challenge?.step === 'focus';
}

/** A figure that is neither a time of day nor part of a name. */
const figure = /(?<![\w:.])(?<!\b(?:at|by|until|around|room|floor) )\d+(?:[.,]\d+)*\s?(?:%|x|k|times\b)?(?![\w:])(?! ?(?:[ap]m|o'clock)\b)/iu;

/** "Thin, 1.4 times target": where a fact was asked for, words with a figure are one, whatever it is a figure of. */
function isFact({ coaching }: StartedAlignment, text: string): boolean {
  return isChallengeOpen(coaching) && coaching?.challenge?.step === 'fact' && !text.includes('?') && figure.test(text);
}

const ofBoth = /\b(?:both|neither)\b/iu;

/** Words on the very thing that was put beside the request: short ones may look like talk. */
function isOnStep({ coaching }: StartedAlignment, text: string, { symptoms }: Knowledge): boolean {
  const challenge = coaching?.challenge;
  if (!challenge || !isChallengeOpen(coaching)) return false;
  if (challenge.step === 'either-or' && ofBoth.test(text)) return true;
  const cause = symptoms.flatMap(({ causes }) => causes).find(({ id }) => id === challenge.about.cause);
  const own = stemsOf(text);
  return cause !== undefined && [...stemsOf(`${cause.focus} ${cause.cause}`)].some((stem) => own.has(stem));
}

const besideTheChoice: readonly QuestionId[] = [...ofOtherKind, 'leading-kpis', 'data-source'];

/** "The owner is Tomas" to an either/or: it is noted, and the choice waits on. */
function isOnSomethingElse({ coaching }: StartedAlignment, { answers, cues }: Reading): boolean {
  const step = isChallengeOpen(coaching) ? coaching?.challenge?.step : undefined;
  if (step === undefined || answers.length === 0 || cues.some(({ cue }) => cue === 'changes-focus' || cue === 'keeps-request')) return false;
  const others = step === 'fact' ? ofOtherKind : besideTheChoice;
  return answers.every(({ questionId, confidence }) => others.includes(questionId) && confidence >= plainly);
}

const plainly = 0.9;

/** Words that only tell Plumb what to do: whoever writes "undo" or "why?" has not gone on with the conversation. */
export function onlyCommands({ acts, wishes, answers, cues }: Reading): boolean {
  const commands = wishes.some((wish) => wish !== 'short-path') || acts.includes('counter-question');
  return commands && answers.length === 0 && cues.length === 0;
}

/** A plain yes or no to "shall I write it down like that?", after which people often say more. */
const yes = /^\W*(?:@?plumb\W+)?(?:yes|yeah|yep|ok|okay|sure|agreed|right|exactly|fine|good point|fair point|makes sense|let'?s|let us|do that)\b/iu;
const agrees = /\b(?:good|great|fair) point\b|\blet(?:['’]s| us) (?:do|start with|go with|try) (?:that|it|this)\b/iu;
const holdsBack = /\b(?:but|however|although|unless)\b/iu;
const hedges = /\b(?:maybe|perhaps|possibly|not (?:so )?sure)\b/iu;
/** A longer "maybe" says something, and is read as what it says. */
const shortHedge = 40;
const no = /^\W*(?:@?plumb\W+)?(?:no|nope|not really|rather not)\b/iu;

/** A yes or no to what Plumb asked last, unless a person has asked something since. */
function isPlainly({ coaching, peopleAsked }: StartedAlignment, text: string): boolean {
  const isHedge = text.length <= shortHedge && hedges.test(text);
  if (coaching?.challenge?.step !== 'focus' || !(isHedge || yes.test(text) || agrees.test(text) || no.test(text))) return false;
  const { by, at } = peopleAsked ?? {};
  return at === undefined || by === coaching.probe?.of || at < (coaching.probe?.at ?? 0);
}

/** Where the kind of answer is plain from what somebody does with it; otherwise their words and what was heard in them decide. */
function choiceIn({ coaching }: StartedAlignment, { acts, wishes, cues }: Reading, text: string): Extract<Command, { type: 'AnswerChallenge' }>['choice'] {
  if (cues.some(({ cue }) => cue === 'changes-focus' || cue === 'keeps-request')) return undefined;
  if (wishes.includes('short-path')) return 'as-asked';
  if (acts.includes('skip')) return 'let-be';
  if (coaching?.challenge?.step === 'focus' && agrees.test(text) && !holdsBack.test(text)) return 'agree';
  if (acts.includes('objection')) return 'as-asked';
  if (acts.includes('dont-know')) return 'to-find-out';
  if (coaching?.challenge?.step !== 'focus') return undefined;
  if (hedges.test(text)) return 'to-find-out';
  if (acts.includes('acknowledge') || yes.test(text)) return 'agree';
  return no.test(text) ? 'as-asked' : undefined;
}

/** All that was said; of several messages the longest that does not answer something else, so that the words go with that one. */
function wholeOf(source: ReadText, { answers, cues }: Reading): Pick<SaidTo, 'words' | 'messageRef'> {
  const apart = answers.filter((answer) => isSaidApart(source, cues, answer)).map(({ span }) => messageOf(source, span));
  const own = source.parts.filter(({ messageRef }) => !apart.includes(messageRef));
  const [longest = source.parts[0]] = (own.length > 0 ? own : source.parts).toSorted((one, other) => other.end - other.start - (one.end - one.start));
  const { start, end, messageRef } = longest;
  // "@Plumb" at the beginning is no part of what they said.
  const address = source.addressed ? addressLength(source.text.slice(start, end)) : 0;
  return { words: quoteOf(source, { start: start + address, end }), messageRef };
}
