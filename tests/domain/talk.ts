import type { Coaching } from '../../src/domain/coaching-state.ts';
import type { Quote } from '../../src/domain/conversation.ts';
import type { CueKind, HeardCue } from '../../src/domain/cues.ts';
import type { Knowledge } from '../../src/domain/knowledge.ts';
import type { Answer, AnswerFacts, QuestionId } from '../../src/domain/questions.ts';
import type { Known } from '../../src/domain/signals.ts';
import type { Core, StartedAlignment } from '../../src/domain/state.ts';
import { conversation, MONDAY_9_UTC } from './given.ts';

const MINUTE = 60_000;

/** One message: who, what, which cues stand in it (kind, words of it, detail), and which questions it answers. */
export type Line = {
  by: 'leader' | 'partner' | 'colleague' | 'manager';
  says: string;
  cues?: readonly (readonly [CueKind, string, string?])[];
  answers?: Partial<Record<QuestionId, Answer['status']>>;
  people?: readonly string[];
  kpis?: readonly { name: string; leading: boolean }[];
};

const knowledge: Knowledge = {
  symptoms: [
    {
      id: 'discounts-grow',
      name: 'discounts grow',
      signs: ['discount every deal'],
      causes: [
        {
          id: 'nothing-in-return',
          cause: 'sellers do not know what to ask for in return',
          fact: 'f',
          focus: 'asking for something in return',
          signs: [],
          source: 'G',
        },
        {
          id: 'thin-pipeline',
          cause: 'there are too few opportunities in existing accounts',
          fact: 'f',
          focus: 'too little pipeline from existing accounts',
          signs: [],
          source: 'S0',
        },
      ],
    },
    {
      id: 'tenders-lost',
      name: 'tenders are lost',
      signs: [],
      causes: [{ id: 'economic-case', cause: 'the economic case is missing', fact: 'f', focus: 'the economic case', signs: [], source: 'G' }],
    },
  ],
  topics: [{ id: 'negotiation', words: ['negotiation', 'negotiating'], meanings: ['trading', 'price increases'] }],
  kpis: [
    { name: 'win rate', synonyms: ['hit rate'], leading: false },
    { name: 'meetings booked', synonyms: [], leading: true },
  ],
  urgency: ['urgent', 'asap', 'this week', 'right now'],
  deliverables: ['modules'],
};

/** A conversation as these lines leave it, two minutes apart; the first is the leader's request. `partner` has claimed it unless `unclaimed`. */
export function talk(lines: readonly Line[], change: Partial<Core> & { unclaimed?: true } = {}): { state: StartedAlignment; known: Known } {
  const { unclaimed, ...over } = change;
  const at = (index: number) => MONDAY_9_UTC + index * 2 * MINUTE;
  const quoteIn = (index: number, words: string): Quote => {
    const start = lines[index]?.says.indexOf(words) ?? -1;
    if (start < 0) throw new Error(`"${words}" does not stand in line ${index}.`);
    return { textId: `m${index}`, start, end: start + words.length };
  };
  const cues = lines.flatMap(({ by, cues: heard = [] }, index) =>
    heard.map(([cue, words, detail]): HeardCue => {
      const side = by === 'leader' ? 'requester' : by === 'partner' ? 'partner' : 'other';
      return { cue, quote: quoteIn(index, words), by, side, messageRef: `m${index}`, at: at(index), ...(detail !== undefined && { detail }) };
    }),
  );
  const answers: Partial<Record<QuestionId, Answer[]>> = {};
  lines.forEach((line, index) => {
    for (const [questionId, status] of Object.entries(line.answers ?? {}) as [QuestionId, Answer['status']][]) {
      const facts = factsOf(line, index, quoteIn);
      const hasWords = status === 'clear' || status === 'thin';
      const answer: Answer = {
        questionId,
        status,
        source: 'said',
        by: line.by,
        at: at(index),
        messageRef: `m${index}`,
        act: `m${index}`,
        effect: 'replaces',
        facts,
      };
      answers[questionId] = [
        ...(answers[questionId] ?? []),
        { ...answer, ...(hasWords && { text: { textId: `m${index}`, start: 0, end: line.says.length } }) },
      ];
    }
  });
  const coaching: Coaching = { prompts: [], decisions: [], ...over.coaching, cues: [...cues, ...(over.coaching?.cues ?? [])] };
  return { state: { ...stateOf(lines, at, unclaimed), answers, ...over, coaching }, known: knownOf(lines, at(lines.length)) };
}

function factsOf({ people, kpis }: Line, index: number, quoteIn: (index: number, words: string) => Quote): AnswerFacts {
  return {
    ...(people && { people: people.map((name) => ({ name: quoteIn(index, name), personId: name.toLowerCase() })) }),
    ...(kpis && { kpis: kpis.map(({ name, leading }) => ({ name: quoteIn(index, name), leading })) }),
  };
}

function stateOf(lines: readonly Line[], at: (index: number) => number, unclaimed: true | undefined): StartedAlignment {
  return {
    status: 'clarifying',
    id: 'al-1',
    conversation,
    requester: 'leader',
    startedBy: 'leader',
    openedAt: at(0),
    request: { textId: 'm0', start: 0, end: lines[0]?.says.length ?? 0 },
    requestMessage: 'm0',
    understood: {},
    reasons: [],
    answers: {},
    followedUp: [],
    timesAsked: {},
    pace: 'all',
    partners: unclaimed ? [] : [{ personId: 'partner' }],
    volunteers: [],
    privately: false,
    lapsed: [],
    audience: { kind: 'participants' },
    lastActivityAt: at(lines.length - 1),
    remindersSent: 0,
    acts: [],
    seenActs: [],
    waitingFor: [],
    draftVersion: 0,
    signedVersion: 0,
  };
}

function knownOf(lines: readonly Line[], now: number): Known {
  return {
    words: ({ textId, start, end }) => lines[Number(textId.slice(1))]?.says.slice(start, end),
    knowledge,
    strategy: { objectives: [] },
    quietDays: 0,
    now,
  };
}
