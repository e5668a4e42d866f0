import type { QuestionId } from '../../domain/questions.ts';
import type { ActKind, Reading, ReplyContext } from '../language.ts';
import type { Encoder } from './encoder/encoder.ts';
import { normalise } from './normalise.ts';
import { withoutOffers } from './partner-talk.ts';
import { questionToPlumb } from './questions-to-plumb.ts';
import { readMessage } from './replies.ts';
import { reading as readingOf } from './reply-message.ts';
import { sentencesOf } from './sentences.ts';

const they = '(?:they|people|reps|sellers|the (?:team|reps|sellers|people|agents|crew|\\w+s)|your (?:team|people|reps|lot|\\w+s)|you|we|everyone)';

/** How people ask each other what Plumb asks (METHOD §2). The first that fits counts, so the narrow ones come first. */
const asking: readonly { about: QuestionId; pattern: RegExp }[] = [
  {
    about: 'budget',
    pattern: /\b(?:budget|how much (?:money|can we spend|is there)|what can we spend|who (?:pays|signs|approves|decides on the money)|what would it cost)\b/,
  },
  {
    about: 'weekly-call',
    pattern:
      /\b(?:weekly call|(?:which|what) (?:day|time|slot)|when (?:do|could|can|shall|should|would) (?:we|you|they) (?:all )?(?:meet|talk|call|catch up|sync))\b/,
  },
  {
    about: 'data-source',
    pattern:
      /\b(?:where (?:do|does|would|will|are|is|can) .{0,40}\b(?:numbers?|data|figures?|that from|it from)|(?:which|what) (?:report|dashboard|system|tool|spreadsheet)|who (?:pulls|has|keeps) the (?:numbers?|data|figures?))\b/,
  },
  {
    about: 'manager-role',
    pattern: /\bwhat (?:do|does|will|would|should|can|could) (?:the |your |our )?(?:managers?|team leads?|supervisors|branch managers)\b/,
  },
  { about: 'owner-role', pattern: /\bwhat (?:will|would|do|can|could|are) you (?:\w+ ){0,3}?(?:yourself|personally|as (?:the )?owner)\b/ },
  {
    about: 'owner',
    pattern:
      /\b(?:who (?:owns|would own|will own|should own|is going to own|leads|is responsible|is accountable|'s the owner|is the owner|carries|runs with)|whose (?:is it|baby|project))\b/,
  },
  {
    about: 'sufficiency',
    pattern:
      /\b(?:(?:is|would|will) (?:training|it|that|this|a course) (?:alone |really |be )*enough|don'?t know how\b.{0,40}\bor\b|can'?t or won'?t|skill or will|(?:anything|what) else (?:is |stands )?in the way|what else would (?:have to|need to))\b/,
  },
  {
    about: 'reinforcement',
    pattern:
      /\b(?:how (?:do|will|would|can) (?:they|we|you) (?:keep|practi[cs]e|make (?:it|sure)|refresh)|what happens after(?:wards| the)|after the (?:course|training|workshop))\b/,
  },
  {
    about: 'leading-kpis',
    pattern:
      /\b(?:(?:which|what) (?:kpis?|metrics?|numbers? (?:would|will|should|moves?|tells?))|how (?:do|would|will|can) (?:we|you) (?:know|measure|tell|see) )/,
  },
  {
    about: 'contribution',
    pattern: new RegExp(
      `\\b(?:what (?:would|will|should|do|could) ${they} (?:\\w+ ){0,3}?(?:do|say|change|stop|start)|do (?:\\w+ )?differently|what (?:would|does|will) good look like|what do you see ${they} do)\\b`,
    ),
  },
  {
    about: 'context',
    pattern: /\b(?:what(?:'s| is| makes) (?:\w+ ){0,3}?(?:different|special|specific|unique|particular)|what should (?:a|the) trainer know)\b/,
  },
  {
    about: 'driver',
    pattern:
      /\b(?:why now|what(?:'s| is) (?:driving|behind|the (?:reason|driver|trigger))|why (?:do|are|is) (?:we|you|it|this|that) (?:\w+ ){0,4}?(?:now|urgent|needed|important)|what (?:happened|changed))\b/,
  },
];

/** What stands before a question to Plumb and counts beside it. */
const steers: readonly ActKind[] = ['stop', 'pause', 'resume', 'skip', 'correction', 'delegate'];

/** A reply among people: what one of them asked a moment ago is the open question, and a question to them is none to Plumb. Never rejects. */
export async function readAmongPeople(text: string, context: ReplyContext, encoder?: Encoder): Promise<Reading> {
  const question = questionToPlumb(normalise(text), context);
  if (!question) return readOthers(text, context, encoder);
  const { wish, from } = question;
  const said = /[\p{L}\p{N}]/u.test(text.slice(0, from)) ? await readOthers(text.slice(0, from), context, encoder) : readingOf(['counter-question']);
  const { needsClarification: _answered, ...rest } = said;
  // "No idea. Can you give me an example?" asks first.
  const acts = said.answers.length > 0 || said.acts.some((act) => steers.includes(act)) ? said.acts : (['counter-question'] as const);
  return { ...rest, acts, wishes: [...said.wishes.filter((each) => each !== 'why' && each !== 'help'), wish] };
}

async function readOthers(text: string, context: ReplyContext, encoder?: Encoder): Promise<Reading> {
  const toPeople = context.addressed ? undefined : context.peopleAsked;
  const reading = await readMessage(text, toPeople ? inLightOf(toPeople, context) : context, encoder);
  const heard = withoutOffers(toPeople && toPeople.about !== context.asked ? onlyWhatIsPlain(reading, toPeople.about) : reading, context);
  const asks = context.addressed || heard.answers.length > 0 ? undefined : askedIn(normalise(text));
  return asks ? { ...heard, asksPeople: asks } : heard;
}

function inLightOf({ about }: { about?: QuestionId }, { asked: _open, ...context }: ReplyContext): ReplyContext {
  return about ? { ...context, asked: about, followUp: false } : context;
}

/** From this confidence on an answer needs no question. */
const plain = 0.7;
/** What somebody says to Plumb or about the whole; anything else answers the person who asked. */
const toAll: readonly ActKind[] = ['stop', 'pause', 'resume', 'answer', 'partial', 'correction', 'delegate'];

/** An answer to a person is none to what Plumb had asked: "yes", "no idea" and "pass" are theirs. */
function onlyWhatIsPlain(reading: Reading, about: QuestionId | undefined): Reading {
  const answers = reading.answers.filter(({ questionId, confidence }) => questionId === about || confidence >= plain);
  const acts = reading.acts.filter((act) => toAll.includes(act) && (answers.length > 0 || (act !== 'answer' && act !== 'partial')));
  const { needsClarification: _unclear, ...rest } = reading;
  return { ...rest, answers, acts: acts.length > 0 ? acts : ['chit-chat'], wishes: reading.wishes.filter((wish) => wish !== 'why' && wish !== 'help') };
}

/** What a message asks, when its last sentence is a question. */
function askedIn(low: string): { about?: QuestionId } | undefined {
  const last = sentencesOf(low).at(-1);
  if (!last || !/\?[\s\p{Extended_Pictographic}\p{P}]*$/u.test(low)) return undefined;
  const question = low.slice(Math.max(last.start, last.end - 300), last.end);
  const about = asking.find(({ pattern }) => pattern.test(question))?.about;
  return about ? { about } : {};
}
