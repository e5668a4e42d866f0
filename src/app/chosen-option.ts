import { questionOfTrigger } from '../domain/coaching-prompts.ts';
import type { Command } from '../domain/command.ts';
import { type HeardCue, isHeardSurely } from '../domain/cues.ts';
import { isAnswered, type QuestionId } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { ReadAnswer, ReadCue, Reading } from '../language/language.ts';
import type { Prompts } from '../prompts.ts';
import type { ReadText } from './burst.ts';
import { isSaidApart } from './said-apart.ts';
import type { Store } from './store.ts';

type Dependencies = { store: Pick<Store, 'texts'>; prompts: Pick<Prompts, 'knowledge'> };
/** What was asked for, and what was put beside it. */
type Choice = { asked: string; other: string };

/** Another beginning, put as a question: "if we focused on …, would this do more than …?" */
const proposes =
  /\b(?:if we (?:were to )?(?:focus|start|beg[ai]n|work(?:ed)? on)|(?:shall|should|could|what if) we (?:rather )?(?:start|begin|focus))\w*\b.*\?\s*$/isu;
const agrees =
  /\b(?:(?:good|great|fair|excellent) point|let(?:['’]s| us) (?:do|try|go with|start with|go for) (?:that|it|this)|makes (?:a lot of )?sense|you(?:['’]re| are) right|agreed)\b/iu;
/** To "do we start there?". */
const says = /^\W*(?:yes|yeah|yep|ok|okay|sure|right|exactly|agreed?|correct|do that|let['’]s)\b/iu;
/** "Rather the second, honestly": the request always stands first. */
const isSecond =
  /(?:^|[.!?]\s)[^.!?]{0,50}\b(?:the (?:second|latter)(?: one| thing| of (?:the two|them))?|number two|option two)(?=$|[\s]*[.,;:!–-]|\s(?:i|we|honestly|really|to be|if|because|since|as|probably|please|for)\b)/iu;
const holdsBack = /\b(?:but|however|although|unless|not|never|still|rather|instead of)\b|n['’]t\b/iu;
/** Words that a choice is made of and that say nothing of what is chosen. */
const small = /^(?:about|there|their|these|those|should|would|could|which|where|first|issue|really|better|finding|having|getting|making|question)$/u;

/**
 * The reading in the light of who speaks: whoever takes one of two things that were put to them decides that, and answers nothing else but what they say
 * plainly; a question of an L&D partner's is no answer; and neither are "that's right" or the facts that somebody holds against the request.
 */
export async function withChoice(reader: Dependencies, state: StartedAlignment, source: ReadText, reading: Reading): Promise<Reading> {
  const chosen = await chosenCues(reader, state, source, reading.cues);
  const cues = [...reading.cues, ...chosen];
  if (isPartner(state, source) && /\?\s*$/u.test(source.text))
    return { ...reading, answers: [], cues, ...(!source.addressed && { asksPeople: reading.asksPeople ?? {} }) };
  // Nobody wants to find "yes" in the brief as what is behind it all: it is left open, and the next question comes.
  const isToOffer = reading.wishes.length > 0 || reading.acts.includes('pause');
  if (!isToOffer && saysOnlyYesOrNo(state, source)) return { ...reading, answers: [], acts: ['dont-know'], cues };
  const decides = cues.some(({ cue, confidence }) => cue === 'changes-focus' && confidence >= outright);
  return {
    ...reading,
    answers: namingTheGoal(state, source, reading).filter(
      (answer) => isAnswer(state, source, reading, answer) && (!decides || isPlain(answer) || isSaidApart(source, cues, answer)),
    ),
    cues,
  };
}

/** So sure are only words in which a choice is made outright. */
const outright = 0.8;

const bareAgreement = /^\W*(?:that['’]?s|that is|this is)? ?(?:right|correct|true|exactly|agreed|fair enough|good point)\W*$/iu;

const yesOrNo = /^\W*(?:yes|yeah|yep|no|nope|maybe|perhaps)\W*$/iu;
/** Questions that a yes, a no or a name can answer, be it thinly. */
const maybeYes: readonly QuestionId[] = ['sufficiency', 'owner-role', 'manager-role', 'reinforcement', 'budget'];

function saysOnlyYesOrNo({ status, asked, coaching }: StartedAlignment, { author, text }: ReadText): boolean {
  if (status !== 'clarifying' || asked?.of !== author || maybeYes.includes(asked.questionId)) return false;
  return coaching?.probe?.of !== author && yesOrNo.test(text);
}

function isAnswer({ asked }: StartedAlignment, source: ReadText, { cues }: Reading, answer: ReadAnswer): boolean {
  const { questionId, text, confidence } = answer;
  if (bareAgreement.test(text)) return false;
  if (isSaidApart(source, cues, answer)) return true;
  // "No Tomas, keep the course" names nobody who answers for it.
  if (questionId === 'owner' && confidence < plainBeside && cues.some(({ cue }) => cue === 'keeps-request' || cue === 'changes-focus')) return false;
  // "Where they have three open deals the discount is 4 %, else 17 %": two figures, and no number that is to move.
  return !(questionId === 'leading-kpis' && asked?.questionId !== 'leading-kpis' && cues.some(({ cue }) => cue === 'elsewhere'));
}

// How sure it has to be heard that something is the year's goal before it is noted without having been asked for.
const surelyGoal = 0.65;

/** "The goal this year is 30 % more …" says what drives the need, also where it could be counted as a KPI, or was said to a person's question. */
function namingTheGoal(state: StartedAlignment, source: ReadText, { answers, cues }: Reading): readonly ReadAnswer[] {
  const goal = cues.find(({ cue, confidence }) => cue === 'priority' && confidence >= surelyGoal);
  if (!goal || source.author !== state.requester || isAnswered(state.answers, 'driver') || answers.some(({ questionId }) => questionId === 'driver'))
    return answers;
  const text = source.text.slice(goal.span.start, goal.span.end);
  if (answers.length === 0) return [{ questionId: 'driver', text, span: goal.span, confidence: goal.confidence, thin: false }];
  return answers.map((answer) => (answer.questionId === 'leading-kpis' && state.asked?.questionId === 'driver' ? { ...answer, questionId: 'driver' } : answer));
}

function isPartner({ partners }: StartedAlignment, { author }: ReadText): boolean {
  return partners.some(({ personId }) => personId === author);
}

// What an answer to something else also says has to be as plain as this to count as an answer to one of the twelve.
const plainBeside = 0.85;
const isPlain = ({ confidence, thin }: ReadAnswer): boolean => confidence >= plainBeside && !thin;

/** Words on a question of the coach's that none of the twelve asks are no guess at one of those; what stands beside them plainly or by itself is kept. */
export function onWhatWasAsked(reading: Reading, source: ReadText, probed: Command | undefined): Reading {
  const isBeside = probed?.type === 'AnswerChallenge' || (probed?.type === 'AnswerPrompt' && questionOfTrigger[probed.trigger] === undefined);
  if (!isBeside) return reading;
  return { ...reading, answers: reading.answers.filter((answer) => isPlain(answer) || isSaidApart(source, reading.cues, answer)) };
}

/**
 * Besides what the engine heard: that an L&D partner put the choice themselves, and that the requester took the other of two things that were just put to
 * them, be it in the words of that option or by agreeing to what was proposed. Nobody who says so has to call it a decision.
 */
async function chosenCues(dependencies: Dependencies, state: StartedAlignment, source: ReadText, heard: readonly ReadCue[]): Promise<ReadCue[]> {
  const { coaching } = state;
  const whole = (cue: ReadCue['cue']): ReadCue => ({ cue, span: { start: 0, end: source.text.length }, confidence: 1 });
  const has = (...kinds: readonly ReadCue['cue'][]) => heard.some(({ cue }) => kinds.includes(cue));
  if (source.author !== state.requester) return isPartner(state, source) && proposes.test(source.text) && !has('either-or') ? [whole('either-or')] : [];
  if (!coaching || coaching.decisions.length > 0 || has('changes-focus', 'keeps-request')) return [];
  if (isSecond.test(source.text) && (ownQuestion(state) || askedPrompt(state) || lastPut(state))) return [whole('changes-focus')];
  if (holdsBack.test(source.text)) return [];
  return (await takesTheOther(dependencies, state, source.text)) ? [whole('changes-focus')] : [];
}

/** Whether a cue is that the other of two things was taken, which no engine says with such certainty. */
export function isChosen({ cue, confidence }: ReadCue): boolean {
  return cue === 'changes-focus' && confidence === 1;
}

async function takesTheOther({ store, prompts }: Dependencies, state: StartedAlignment, text: string): Promise<boolean> {
  const own = ownQuestion(state);
  if (own) {
    const choice = choiceIn((await store.texts.load([own.textId])).get(own.textId)?.body.slice(own.start, own.end) ?? '');
    return choice !== undefined && isOther(text.replace(putsAside, ''), choice, 1);
  }
  const prompt = askedPrompt(state);
  if (prompt?.about.tension === 'came-round') return says.test(text);
  const cause = prompt && prompts.knowledge.symptoms.flatMap(({ causes }) => causes).find(({ id }) => id === prompt.about.cause);
  if (cause) return isOther(text, { asked: '', other: `${cause.focus} ${cause.cause}` });
  const put = lastPut(state);
  if (!put) return false;
  const words = (await store.texts.load([put.quote.textId])).get(put.quote.textId)?.body.slice(put.quote.start, put.quote.end) ?? '';
  const [asked = '', ...others] = words.split(/\bor\b/iu);
  return others.length === 0 ? agrees.test(text) : isOther(text, { asked, other: others.join(' ') });
}

/** "Leave closing for now": what is named only to be put away is not what is chosen. */
const putsAside = /\b(?:leave|drop|forget|park|skip|not)\b[^.;,!]*|[^.;,!]*\b(?:can wait|comes? later|for later)\b/giu;

/** The two things of the last question, as in "Is it closing, or is it too few first meetings?" */
function choiceIn(words: string): Choice | undefined {
  const question = /[^.!?]*\?[^.!?]*$/u.exec(words)?.[0] ?? '';
  const [asked = '', ...others] = question.split(/\bor\b/iu);
  return others.length === 0 ? undefined : { asked, other: others.join(' ') };
}

/** What an L&D partner asked through Plumb in words of their own, as long as it waits for an answer. */
function ownQuestion({ coaching }: StartedAlignment) {
  return coaching?.prompts.find(({ asked, answer }) => asked?.edited !== undefined && answer === undefined)?.asked?.edited;
}

function isOther(text: string, { asked, other }: Choice, least = 2): boolean {
  const own = stemsOf(text);
  const before = stemsOf(asked);
  const beside = [...stemsOf(other)].filter((stem) => !before.has(stem));
  return beside.filter((stem) => own.has(stem)).length >= least && ![...before].some((stem) => own.has(stem));
}

/** The either/or that a partner has asked through Plumb and that waits for an answer. */
function askedPrompt({ coaching }: StartedAlignment) {
  return coaching?.prompts.find(({ trigger, asked, answer }) => trigger === 'strategy-conflict' && asked !== undefined && answer === undefined);
}

/** The choice that somebody put, as long as the requester has said nothing on it. */
function lastPut({ coaching, requester }: StartedAlignment): HeardCue | undefined {
  const said = coaching?.messages?.findLast(({ by }) => by === requester)?.at ?? 0;
  return coaching?.cues.findLast((heard) => heard.cue === 'either-or' && isHeardSurely(heard) && heard.side === 'partner' && heard.at >= said);
}

/** What a text is about: the beginnings of its long words. */
export function stemsOf(words: string): Set<string> {
  const long = (words.toLowerCase().match(/\p{L}{5,}/gu) ?? []).filter((word) => !small.test(word));
  // As much of a word as its forms share: "opportunity", "opportunities".
  return new Set(long.map((word) => word.slice(0, 7).replace(/s$/u, '')));
}
