import type { QuestionId } from '../../domain/questions.ts';
import type { Entities, ReadAnswer, ReadPerson, ReplyContext, Span } from '../language.ts';
import { completedTime, completesKpi } from './corrections.ts';
import { kpisIn } from './entities/kpis.ts';
import { peopleIn, smallNameIn } from './entities/people.ts';
import { selfIn } from './entities/self.ts';
import { weeklyTimeIn } from './entities/times.ts';
import type { Placed } from './place.ts';
import { isThin } from './thin.ts';

/** `correcting`: the message puts right what was said before, so a part of a good answer is enough. `judgeThin`: a learned second opinion, true when an answer lacks something. */
export type Situation = ReplyContext & { correcting?: boolean; judgeThin?: (questionId: QuestionId, span: Span, byRule: boolean) => boolean };

/** Placed clauses of at least this strength as answers, each judged thin or not by what stands in it. */
export function toAnswers(text: string, low: string, placed: readonly Placed[], context: Situation, atLeast: number): ReadAnswer[] {
  return placed.flatMap(({ questionId, span, strength }) => {
    if (strength < atLeast) return [];
    const words = text.slice(span.start, span.end);
    const entities = entitiesIn(text, low, span, questionId, context);
    const mended = context.correcting && questionId === 'leading-kpis' && completesKpi(low, span, entities.kpis);
    const byRule = isThin(questionId, low, span, entities);
    const thin = !mended && (context.judgeThin?.(questionId, span, byRule) ?? byRule);
    return [{ questionId, text: words, span, confidence: confidenceOf(strength, questionId === context.asked), thin }];
  });
}

/** 0.5 for a bare statement under the open question, up to 0.95 where the question itself is named. */
function confidenceOf(strength: number, asked: boolean): number {
  const base = asked ? 0.5 : 0.4;
  return Math.min(0.95, Math.round((base + strength * 0.07) * 100) / 100);
}

export function entitiesIn(text: string, low: string, span: Span, questionId: QuestionId, context: Situation): Entities {
  const named =
    questionId === 'owner' ||
    questionId === 'manager-role' ||
    questionId === 'owner-role' ||
    questionId === 'budget' ||
    questionId === 'data-source' ||
    questionId === 'weekly-call';
  const when = questionId === 'weekly-call' ? weeklyTimeIn(low, span) : undefined;
  return {
    people: named ? peopleOf(text, low, span, questionId, context) : [],
    kpis: questionId === 'leading-kpis' ? kpisIn(low, span, true) : [],
    // "CET", after "Mondays at 9": the rest of the same time.
    ...(when ? { when: context.correcting || !(when.weekday || when.time) ? completedTime(when, context.said) : when } : {}),
  };
}

/** "Ana's team", "Ana's managers": not Ana. */
const ofSomebody = /^'s (?:team|people|group|lot|managers|boss|department|reps|crew|office|side|area|org|colleagues)\b/;

/** The people named in an answer, its author among them where they mean themselves ("I do", "me and Ana"). */
function peopleOf(text: string, low: string, span: Span, questionId: QuestionId, context: ReplyContext): ReadPerson[] {
  const capitalised = peopleIn(text, span, context, questionId === 'owner' || questionId === 'manager-role');
  const small = questionId === 'owner' && capitalised.length === 0 ? smallNameIn(low, span) : undefined;
  const named = small ? [{ name: small }] : capitalised;
  const self = questionId === 'budget' || questionId === 'weekly-call' ? undefined : selfIn(low, span, questionId);
  // "It's me, Ines": one person, with a name. "Me, and Tom helps": two.
  const signed = named.some(
    ({ name }) => self && name.start > self.start && /[,:(.–-]\s?$/.test(low.slice(self.end, name.start)) && /^\s?(?:$|[,.;:!)–-])/.test(low.slice(name.end)),
  );
  const helped = (name: Span) =>
    self && questionId === 'owner' && /\b(?:with|supported by|helped by|and get help from)\s$/.test(low.slice(Math.max(0, name.start - 20), name.start));
  const others = named.filter(({ name }) => !helped(name) && !(questionId === 'owner' && ofSomebody.test(low.slice(name.end, name.end + 24))));
  return signed || !self ? others : [{ name: self }, ...others].sort((a, b) => a.name.start - b.name.start);
}

/** All that was recognised, answer by answer; without answers, what stands in the message anyway. */
export function entitiesOf(text: string, low: string, answers: readonly ReadAnswer[], context: Situation): Entities {
  const whole = { start: 0, end: low.length };
  if (answers.length === 0) return { people: peopleIn(text, whole, context, false), kpis: [] };
  const parts = answers.map((answer) => entitiesIn(text, low, answer.span, answer.questionId, context));
  // A time that is said in pieces ("Between 9 and 10 on Fridays, start at 9") is read as a whole where nothing else is answered.
  const asWhole =
    answers.every(({ questionId }) => questionId === 'weekly-call') && answers[0] ? entitiesIn(text, low, whole, 'weekly-call', context).when : undefined;
  const when = asWhole ?? parts.find((part) => part.when)?.when;
  return { people: parts.flatMap((part) => part.people), kpis: kpisOf(low, parts, answers, context), ...(when ? { when } : {}) };
}

/** An indicator whose name and figures stand in different clauses is read from the whole message, where the clauses give none with both figures. */
function kpisOf(low: string, parts: readonly Entities[], answers: readonly ReadAnswer[], { asked }: Situation): Entities['kpis'] {
  const kpis = parts.flatMap((part) => part.kpis);
  const isFull = (kpi: Entities['kpis'][number]) => kpi.baseline !== undefined && kpi.target !== undefined;
  if (asked !== 'leading-kpis' || kpis.some(isFull) || kpis.length > 1 || !answers.some(({ questionId }) => questionId === asked)) return kpis;
  const [only, second] = kpisIn(low, { start: 0, end: low.length }, true);
  return only && !second && isFull(only) ? [only] : kpis;
}
