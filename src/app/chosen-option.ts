import { questionOfTrigger } from '../domain/coaching-prompts.ts';
import type { Command } from '../domain/command.ts';
import type { HeardCue } from '../domain/cues.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { ReadAnswer, ReadCue, Reading } from '../language/language.ts';
import type { Prompts } from '../prompts.ts';
import type { ReadText } from './burst.ts';
import type { Store } from './store.ts';

type Dependencies = { store: Pick<Store, 'texts'>; prompts: Pick<Prompts, 'knowledge'> };
/** What was asked for, and what was put beside it. */
type Choice = { asked: string; other: string };

/** Another beginning, put as a question: "if we focused on …, would this do more than …?" */
const proposes =
  /\b(?:if we (?:were to )?(?:focus|start|beg[ai]n|work(?:ed)? on)|(?:shall|should|could|what if) we (?:rather )?(?:start|begin|focus))\w*\b.*\?\s*$/isu;
const agrees =
  /\b(?:(?:good|great|fair|excellent) point|let(?:['’]s| us) (?:do|try|go with|start with|go for) (?:that|it|this)|makes (?:a lot of )?sense|you(?:['’]re| are) right|agreed)\b/iu;
const holdsBack = /\b(?:but|however|although|unless|not|never|still|rather|instead of)\b|n['’]t\b/iu;
/** Words that a choice is made of and that say nothing of what is chosen. */
const small = /^(?:about|there|their|these|those|should|would|could|which|where|first|issue|really|better|finding|having|getting|making|question)$/u;

/** Whoever takes one of two things that were put to them decides that, and answers nothing else but what they say plainly. */
export async function withChoice(reader: Dependencies, state: StartedAlignment, source: ReadText, reading: Reading): Promise<Reading> {
  const chosen = await chosenCues(reader, state, source, reading.cues);
  const decides = chosen.some(({ cue }) => cue === 'changes-focus');
  return { ...reading, ...(decides && { answers: reading.answers.filter(isPlain) }), cues: [...reading.cues, ...chosen] };
}

// What an answer to something else also says has to be as plain as this to count as an answer to one of the twelve.
const plainBeside = 0.85;
const isPlain = ({ confidence, thin }: ReadAnswer): boolean => confidence >= plainBeside && !thin;

/** Words on a question of the coach's that none of the twelve asks are no guess at one of those. */
export function onWhatWasAsked(reading: Reading, probed: Command | undefined): Reading {
  const isBeside = probed?.type === 'AnswerChallenge' || (probed?.type === 'AnswerPrompt' && questionOfTrigger[probed.trigger] === undefined);
  return isBeside ? { ...reading, answers: reading.answers.filter(isPlain) } : reading;
}

/**
 * Besides what the engine heard: that an L&D partner put the choice themselves, and that the requester took the other of two things that were just put to
 * them, be it in the words of that option or by agreeing to what was proposed. Nobody who says so has to call it a decision.
 */
async function chosenCues(dependencies: Dependencies, state: StartedAlignment, source: ReadText, heard: readonly ReadCue[]): Promise<ReadCue[]> {
  const { coaching } = state;
  const whole = (cue: ReadCue['cue']): ReadCue => ({ cue, span: { start: 0, end: source.text.length }, confidence: 1 });
  const has = (...kinds: readonly ReadCue['cue'][]) => heard.some(({ cue }) => kinds.includes(cue));
  if (source.author !== state.requester)
    return state.partners.some(({ personId }) => personId === source.author) && proposes.test(source.text) && !has('either-or') ? [whole('either-or')] : [];
  if (!coaching || coaching.decisions.length > 0 || has('changes-focus', 'keeps-request') || holdsBack.test(source.text)) return [];
  return (await takesTheOther(dependencies, state, source.text)) ? [whole('changes-focus')] : [];
}

async function takesTheOther({ store, prompts }: Dependencies, state: StartedAlignment, text: string): Promise<boolean> {
  const prompt = askedPrompt(state);
  const cause = prompt && prompts.knowledge.symptoms.flatMap(({ causes }) => causes).find(({ id }) => id === prompt.about.cause);
  if (cause) return isOther(text, { asked: '', other: `${cause.focus} ${cause.cause}` });
  const put = lastPut(state);
  if (!put) return false;
  const words = (await store.texts.load([put.quote.textId])).get(put.quote.textId)?.body.slice(put.quote.start, put.quote.end) ?? '';
  const [asked = '', ...others] = words.split(/\bor\b/iu);
  return others.length === 0 ? agrees.test(text) : isOther(text, { asked, other: others.join(' ') });
}

function isOther(text: string, { asked, other }: Choice): boolean {
  const own = stemsOf(text);
  const before = stemsOf(asked);
  const beside = [...stemsOf(other)].filter((stem) => !before.has(stem));
  return beside.filter((stem) => own.has(stem)).length >= 2 && ![...before].some((stem) => own.has(stem));
}

/** The either/or that a partner has asked through Plumb and that waits for an answer. */
function askedPrompt({ coaching }: StartedAlignment) {
  return coaching?.prompts.find(({ trigger, asked, answer }) => trigger === 'strategy-conflict' && asked !== undefined && answer === undefined);
}

/** The choice that somebody put, as long as the requester has said nothing on it. */
function lastPut({ coaching, requester }: StartedAlignment): HeardCue | undefined {
  const said = coaching?.messages?.findLast(({ by }) => by === requester)?.at ?? 0;
  return coaching?.cues.findLast(({ cue, side, at }) => cue === 'either-or' && side === 'partner' && at >= said);
}

function stemsOf(words: string): Set<string> {
  const long = (words.toLowerCase().match(/\p{L}{5,}/gu) ?? []).filter((word) => !small.test(word));
  // As much of a word as its forms share: "opportunity", "opportunities".
  return new Set(long.map((word) => word.slice(0, 7).replace(/s$/u, '')));
}
