import type { CueKind } from '../domain/cues.ts';
import type { WeeklyTime } from '../domain/questions.ts';
import type { Band, Entities, KnownPerson, Language, Reading, ReadPoint, ReplyContext, Span, SpottedRequest, TenantLanguage, Wish } from './language.ts';
import { isForeign } from './local/foreign.ts';
import { shiftOf } from './local/lessons.ts';
import type { HeardRequest, ModelLanguage, ModelMetrics, Outcome } from './openai/outcome.ts';

const certainty: Readonly<Record<Band, number>> = { sure: 2, maybe: 1, no: 0 };

/** To sign, or to throw everything away, on the word of a model alone would let a quoted text do it: in more than a few words the rules must see it too. */
const grave: readonly Wish[] = ['looks-right', 'start-over'];
const fewWords = 40;

/** What is recognised by the words of the coach's knowledge; a model is not told all of that. */
const byKnowledge: readonly CueKind[] = ['fuzzy-topic', 'symptom', 'cause'];

/** Shorter text in another language is a greeting or a thank-you. */
const shortestForeign = 9;

/**
 * A model where the tenant allows it, the local engine for everything else and whenever the model is slow, down, over budget or wrong. What happens before
 * storing, `mayMatter` and `glance`, is decided here and never leaves. Without `tenant` nothing leaves.
 */
export function withFallback({ model, local, metrics }: { model: ModelLanguage; local: Language; metrics: Pick<ModelMetrics, 'fellBack'> }): Language {
  const glance: Language['glance'] = (message) => {
    const band = local.glance(message);
    return band === 'no' && message.tenant?.model.hearing === true && isUnreadHere(message.text) ? 'candidate' : band;
  };
  return {
    mayMatter: (text, tenant) => local.mayMatter(text, tenant) || ((tenant?.model.hearing ?? true) && isUnreadHere(text)),
    glance,
    isWorthKeeping: async (message) => message.tenant?.model.hearing === true || local.isWorthKeeping(message),
    async spotRequest(message) {
      const own = await local.spotRequest(message);
      const { tenant } = message;
      if (!tenant?.model.hearing || !isWorthHearing(own, glance(message))) return own;
      const { text, mentions } = message;
      return asTaught(own, hear(own, await amongPeople(message, (others) => model.spotRequest({ text, mentions, tenant, others })), metrics), tenant);
    },
    readPromises: local.readPromises,
    readDay: local.readDay,
    namesIn: (text) => local.namesIn(text),
    async readVendorAnswer(message, points) {
      const own = await local.readVendorAnswer(message, points);
      const { tenant, text } = message;
      if (!tenant?.model.conversations) return own;
      return holdTogether(own, await amongPeople(message, (others) => model.readVendorAnswer({ text, tenant, others }, points)), metrics);
    },
    async readReply(message, context) {
      const { tenant } = message;
      if (!mayRead(tenant, context) || !/[\p{L}\p{N}]/u.test(message.text)) return local.readReply(message, context);
      const { text } = message;
      const asked = amongPeople(message, (others) => model.readReply({ text, tenant, others }, context));
      const [own, outcome] = await Promise.all([local.readReply(message, context), asked]);
      return read(text, own, outcome, metrics);
    },
  };
}

/** Where it cannot be learned whose names are to be kept back, nothing leaves. */
async function amongPeople<T>(
  { around }: Pick<Parameters<Language['readReply']>[0], 'around'>,
  ask: (others: readonly KnownPerson[]) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  let others: readonly KnownPerson[];
  try {
    others = (await around?.()) ?? [];
  } catch {
    // The platform's trouble shows in its own metrics; here it is one more reason for which the local engine reads.
    return { status: 'unavailable', reason: 'names-unknown' };
  }
  return ask(others);
}

function isUnreadHere(text: string): boolean {
  return text.length >= shortestForeign && isForeign(text);
}

/** A sure request needs no second opinion; the model is asked only when it is unclear what the training is to be about. */
function isWorthHearing(own: SpottedRequest, glanced: ReturnType<Language['glance']>): boolean {
  if (own.band === 'sure') return own.understood.topic === undefined;
  return own.band === 'maybe' || glanced !== 'no';
}

/** What is said to Plumb where nothing was asked and nobody takes part was said before anyone started. */
function mayRead(tenant: TenantLanguage | undefined, context: ReplyContext): tenant is TenantLanguage {
  if (!tenant?.model.conversations) return false;
  const begun = context.asked !== undefined || context.answered.length > 0 || context.people.length > 0;
  return begun || tenant.model.hearing;
}

/** Where the words alone say otherwise, or only ask, a model does not make it met. */
function holdTogether(own: readonly ReadPoint[], outcome: Outcome<readonly ReadPoint[]>, metrics: Pick<ModelMetrics, 'fellBack'>): readonly ReadPoint[] {
  if (outcome.status === 'unavailable') {
    metrics.fellBack(outcome.reason);
    return own;
  }
  return outcome.value.map((read) => {
    const doubt = own.find(({ point, status }) => point === read.point && (status === 'against' || status === 'asked'));
    return read.status === 'met' && doubt ? { ...read, status: 'partly' as const, spans: distinct([...read.spans, ...doubt.spans]) } : read;
  });
}

function distinct(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) if (!kept.some((other) => span.start < other.end && other.start < span.end)) kept.push(span);
  return kept;
}

function hear(own: SpottedRequest, outcome: Outcome<HeardRequest>, metrics: Pick<ModelMetrics, 'fellBack'>): SpottedRequest {
  const back = (reason: string) => {
    metrics.fellBack(reason);
    return own;
  };
  if (outcome.status === 'unavailable') return back(outcome.reason);
  const { value, unfounded } = outcome;
  if (unfounded > 0 && value.answers.length === 0 && own.answers.length > 0) return back('unfounded');
  return {
    ...value,
    // What the rules are sure of needs no permission from a model.
    band: own.band === 'sure' ? 'sure' : value.band,
    reasons: own.band === 'sure' ? own.reasons : value.reasons,
    features: own.features,
    cues: own.cues,
    // Of several requests the model may have read another one than the first.
    understood: own.others.length > 0 ? own.understood : { ...own.understood, ...value.understood },
    others: own.others,
    entities: withOwnTime(value.entities, own.entities.when),
  };
}

/** The model knows nothing of lessons: it neither raises what they lowered nor lowers what they raised. */
function asTaught(own: SpottedRequest, heard: SpottedRequest, tenant: TenantLanguage): SpottedRequest {
  const raised = own.reasons.includes('learned') && certainty[heard.band] < certainty[own.band];
  if (raised) return { ...heard, band: own.band, reasons: own.reasons };
  const lowered = certainty[heard.band] > certainty[own.band] && shiftOf(own.features, tenant.lessons) < 0;
  return lowered ? { ...heard, band: own.band, reasons: own.reasons } : heard;
}

function read(text: string, own: Reading, outcome: Outcome<Reading>, metrics: Pick<ModelMetrics, 'fellBack'>): Reading {
  const back = (reason: string) => {
    metrics.fellBack(reason);
    return own;
  };
  if (outcome.status === 'unavailable') return back(outcome.reason);
  const { value, unfounded } = outcome;
  if (unfounded > 0 && value.answers.length === 0 && own.answers.length > 0) return back('unfounded');
  // To end everything on a message in which the rules see no word of ending would be a guess: what they see counts, or one short question.
  if (value.acts.includes('stop') && !own.acts.includes('stop') && own.language !== 'other') {
    metrics.fellBack('contradiction');
    const clear = own.answers.length > 0 || own.wishes.length > 0;
    return clear ? own : { ...own, needsClarification: own.needsClarification ?? { between: [] } };
  }
  const trusted = own.language === 'other' || text.length <= fewWords;
  const cues = [...own.cues.filter(({ cue }) => byKnowledge.includes(cue)), ...value.cues];
  // What a message changes of the request itself is read by rules alone.
  const { parts, reason } = own;
  return withOwnCall(
    {
      ...value,
      ...(parts && { parts }),
      ...(reason && { reason }),
      cues,
      wishes: value.wishes.filter((wish) => trusted || !grave.includes(wish) || own.wishes.includes(wish)),
    },
    own,
  );
}

/** Times by rule are exact: where the rules read a weekday, a time or a zone, it counts rather than what a model made of the same words. */
function withOwnTime(entities: Entities, own: WeeklyTime | undefined): Entities {
  return own ? { ...entities, when: { ...entities.when, ...own } } : entities;
}

/** The weekly call is as complete as the rules read it. */
function withOwnCall(value: Reading, own: Reading): Reading {
  const call = own.answers.find(({ questionId }) => questionId === 'weekly-call');
  if (!own.entities.when || !value.answers.some(({ questionId }) => questionId === 'weekly-call')) return value;
  const answers = value.answers.map((answer) => (answer.questionId === 'weekly-call' && call ? { ...answer, thin: call.thin } : answer));
  const acts = value.acts.map((act) => (act === 'partial' && answers.some(({ thin }) => !thin) ? 'answer' : act));
  return { ...value, acts, answers, entities: withOwnTime(value.entities, own.entities.when) };
}
