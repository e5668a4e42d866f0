import type { Knowledge } from '../../domain/knowledge.ts';
import type { Language, ReadAnswer, ReadCue, Reading, ReplyContext, SpottedRequest, TenantLanguage } from '../language.ts';
import { asChange } from './brief-changes.ts';
import { type CueContext, type CueReader, createCueReader } from './cues/read-cues.ts';
import { driverInRequest, withoutAsking } from './driver-in-request.ts';
import type { Encoder } from './encoder/encoder.ts';
import { weeklyTimeIn } from './entities/times.ts';
import { inItsField } from './in-field.ts';
import { mayMatter } from './may-matter.ts';
import { namesIn } from './names-in.ts';
import { normalise } from './normalise.ts';
import { readAmongPeople } from './people-asking.ts';
import { placeClauses } from './place.ts';
import { readDay } from './promises/read-day.ts';
import { readPromises } from './promises/read-promises.ts';
import { withoutPromised } from './promises/without-promised.ts';
import { entitiesOf, toAnswers } from './read-answers.ts';
import { viewsOf } from './replies.ts';
import { hearRequest, skimThenGlance } from './request.ts';
import { requestModel } from './request-model.ts';
import { readRequests } from './several.ts';
import { loadSkimmer } from './skim.ts';
import { readVendorAnswer } from './vendor-answer.ts';

/** A question counts as answered in a request only when its words speak of it plainly; the asking itself is no answer. */
const plainly = 4;

/**
 * The engine that needs no network and no key: rules, word lists and linear models, with the sentence encoder for what they leave open where there is
 * one. Reads at most the first 6,000 units of a text. Throws when its learned weights are damaged, and never later.
 */
export function createLocalLanguage({ encoder, knowledge }: { encoder?: Encoder; knowledge?: Knowledge } = {}): Language {
  requestModel();
  loadSkimmer();
  const cueReader = createCueReader(knowledge);
  return {
    mayMatter: (text) => mayMatter(text),
    glance: ({ text, tenant }) => glanceOnly(text, tenant, encoder?.available() === true),
    isWorthKeeping: async ({ text, tenant }) => (await hearRequest(text, tenant, encoder)).band !== 'no',
    spotRequest: (message) => spot(message, cueReader, encoder),
    readPromises,
    readDay,
    namesIn,
    readVendorAnswer: async ({ text }, points) => readVendorAnswer(text, points),
    readReply: ({ text, tenant }, context) => readWithCues(text, tenant, withNearby(context), cueReader, encoder),
  };
}

function withNearby({ nearby = [], ...context }: ReplyContext): ReplyContext {
  const known = new Set(context.people.map(({ personId }) => personId));
  return { ...context, people: [...context.people, ...nearby.filter(({ personId }) => !known.has(personId))] };
}

async function readWithCues(
  text: string,
  tenant: TenantLanguage | undefined,
  context: ReplyContext,
  cueReader: CueReader,
  encoder: Encoder | undefined,
): Promise<Reading> {
  const once = encoder && encodingOnce(encoder);
  const read = inItsField(text, withoutPromised(text, await readAmongPeople(text, context, once), context), context);
  const reading = asChange(text, read, context);
  if (reading.language === 'other') return { ...reading, cues: [] };
  const hears = situationOf(context, tenant);
  return { ...reading, ...cueReader.read(text, hears, once && (await viewsOf(cueReader.toEncode(text, hears), once))) };
}

function situationOf({ asked, side = 'other', probed, justAsked }: ReplyContext, tenant: TenantLanguage | undefined): CueContext {
  return { side, request: false, probed: probed !== undefined, own: tenant?.causes ?? [], ...(asked && { asked }), ...(justAsked && { justAsked }) };
}

/** The same text is encoded once in a message, whoever asks. */
function encodingOnce(encoder: Encoder): Encoder {
  const seen = new Map<string, ReturnType<Encoder['encode']>>();
  return {
    ...encoder,
    encode(texts) {
      const key = texts.join('\n');
      const before = seen.get(key) ?? encoder.encode(texts);
      seen.set(key, before);
      return before;
    },
  };
}

/** A candidate needs something that could lift it. */
function glanceOnly(text: string, tenant: TenantLanguage | undefined, canLift: boolean): ReturnType<Language['glance']> {
  if (!mayMatter(text)) return 'no';
  const seen = skimThenGlance(text, tenant);
  return seen === 'candidate' && !canLift ? 'no' : seen;
}

async function spot(
  { text, mentions, tenant, addressed = false }: Parameters<Language['spotRequest']>[0],
  cueReader: CueReader,
  encoder: Encoder | undefined,
): Promise<SpottedRequest> {
  const context: ReplyContext = { followUp: false, answered: [], addressed: false, mentions, people: [] };
  const low = normalise(text);
  const heard = await hearRequest(text, tenant, encoder, addressed ? 'what the first look leaves open' : 'all');
  // What a message tells is read whatever the band: a person may start an alignment on any message.
  const { understood, others } = readRequests(low, tenant?.vocabulary);
  // What is said of another request answers nothing of this one.
  const isElsewhere = ({ span }: ReadAnswer) => others.some(({ words }) => span.start >= words.start && span.start < words.end);
  const answers = answersInRequest(text.slice(0, low.length), low, context).filter((answer) => !isElsewhere(answer));
  const named = [
    ...(understood.audience ? ['names-audience'] : []),
    ...(understood.format ? ['names-format'] : []),
    ...(understood.topic ? ['names-topic'] : []),
    ...(understood.deadline ? ['names-deadline'] : []),
  ];
  let cues: ReadCue[] | undefined;
  return {
    ...heard,
    reasons: heard.band === 'no' ? [] : [...heard.reasons, ...named],
    understood,
    others,
    answers,
    entities: entitiesOf(text, low, answers, context),
    // Read when they are asked for: most messages that are looked at are no request, and nobody wants to know what else stands in them.
    get cues() {
      cues ??= cueReader.read(text, { side: 'requester', request: true, probed: false, own: tenant?.causes ?? [] }).cues;
      return cues;
    },
  };
}

function answersInRequest(text: string, low: string, context: ReplyContext): ReadAnswer[] {
  const asking = /\b(?:can (?:you|we|i|someone|somebody)|could|please|pls|need|want|looking for|would like|i'd like|help|who can|is there)\b|\?/;
  const whatIsAskedFor = /\b(?:training|course|workshop)\b/;
  const placed = toAnswers(text, low, placeClauses(text, low, undefined, context), context, plainly).filter(({ questionId, span, confidence }) => {
    const words = low.slice(span.start, span.end);
    if (questionId === 'driver') return true;
    if (whatIsAskedFor.test(words)) return false;
    // "We could do Tuesdays at 9:30" is an offer.
    const when = questionId === 'weekly-call' ? weeklyTimeIn(low, span) : undefined;
    if (when?.weekday && when.time) return true;
    return !asking.test(words) && confidence >= 0.65 && ['owner', 'leading-kpis', 'budget', 'weekly-call', 'data-source', 'sufficiency'].includes(questionId);
  });
  const plain = placed.map((answer) => {
    if (answer.questionId !== 'driver') return answer;
    const span = withoutAsking(low, answer.span);
    return span.end === answer.span.end ? answer : { ...answer, span, text: text.slice(span.start, span.end) };
  });
  const driver = plain.some(({ questionId }) => questionId === 'driver') ? undefined : driverInRequest(text, low, context);
  return driver && !plain.some(({ span }) => span.start < driver.span.end && driver.span.start < span.end) ? [...plain, driver] : plain;
}
