import { join } from 'node:path';
import { z } from 'zod';
import { defaultSettings } from '../../src/app/ports.ts';
import { tenantLanguageOf } from '../../src/app/tenant-language.ts';
import { decide } from '../../src/domain/alignment.ts';
import type { Quote } from '../../src/domain/conversation.ts';
import type { HeardCue } from '../../src/domain/cues.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Knowledge } from '../../src/domain/knowledge.ts';
import { questionIds } from '../../src/domain/questions.ts';
import { signalsOf } from '../../src/domain/signals.ts';
import { type AlignmentState, newAlignment, type StartedAlignment } from '../../src/domain/state.ts';
import type { Objective } from '../../src/domain/strategy.ts';
import { type CueReader, createCueReader } from '../../src/language/local/cues/read-cues.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { linesOf } from '../../src/language/local/training-files.ts';
import { loadPrompts } from '../../src/prompts.ts';
import { bestOf, p99 } from './best-of.ts';
import { median } from './median.ts';

const ROUNDS = 3;
const MESSAGES = 60;
const OBJECTIVES = 200;
const TURNS = 200;

const Reply = z.object({ text: z.string(), asked: z.enum(questionIds).optional() });
const tenant = tenantLanguageOf('bench', defaultSettings, [], 'one');

/**
 * What the coach adds to a message: cues of a reply (99th of 100, microseconds) and their part of reading the whole reply; and milliseconds to find every
 * occasion in a conversation of 60 messages, on a strategy of 200 objectives.
 */
export async function measureCoach(): Promise<{ cuesP99Us: number; cuesShare: number; signalsMs: number; cues: number }> {
  const { knowledge } = loadPrompts(join(import.meta.dirname, '../../prompts'));
  const reader = createCueReader(knowledge);
  const language = createLocalLanguage({ knowledge });
  const replies = linesOf(join(import.meta.dirname, '../eval/replies.jsonl'), Reply);
  const ofCues = await bestOf(replies, ROUNDS, async ({ text, asked }) => cuesOf(reader, text, asked));
  const ofReplies = await bestOf(replies, ROUNDS, ({ text, asked }) =>
    language.readReply({ text, tenant }, { ...(asked && { asked }), followUp: false, answered: [], addressed: false, mentions: [], people: [] }),
  );
  const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0);
  return { cuesP99Us: 1_000 * p99(ofCues), cuesShare: sum(ofCues) / sum(ofReplies), ...signalsOfLongTalk(reader, knowledge) };
}

function cuesOf(reader: CueReader, text: string, asked?: (typeof questionIds)[number]) {
  return reader.read(text, { side: 'requester', request: false, probed: false, own: [], ...(asked && { asked }) });
}

const said: readonly string[] = [
  'My 80 account managers give away 12 % on every deal, I need two days of negotiation training before March.',
  'The aim this year is 30 % more revenue from existing accounts.',
  'We went through the last 20 lost deals: in 14 of them nobody had met the person who signs.',
  'They know how it is done, but approvals take nine days and the price list is two years old.',
  'I still want the course.',
  'Half of the team has never been shown how to prepare a renewal.',
];

function signalsOfLongTalk(reader: CueReader, knowledge: Knowledge): { signalsMs: number; cues: number } {
  const lines = Array.from({ length: MESSAGES }, (_, at) => ({ by: at % 3 === 2 ? 'colleague' : 'leader', says: said[at % said.length] ?? '' }));
  const state = opened();
  const strategy = { objectives: Array.from({ length: OBJECTIVES }, (_, at) => objective(at)) };
  const cues = lines.flatMap(({ by, says }, at) =>
    cuesOf(reader, says).cues.map(
      ({ cue, detail, span }): HeardCue => ({
        cue,
        ...(detail !== undefined && { detail }),
        quote: { textId: `m${at}`, ...span },
        by,
        side: by === 'leader' ? 'requester' : 'other',
        messageRef: `m${at}`,
        at: state.openedAt + at,
      }),
    ),
  );
  const wordsOf = ({ textId, start, end }: Quote) => lines[Number(textId.slice(1))]?.says.slice(start, end);
  const held = { ...state, coaching: { cues, prompts: [], decisions: [] } };
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const startedAt = performance.now();
    signalsOf(held, { words: wordsOf, knowledge, strategy, quietDays: 0, now: state.openedAt + MESSAGES });
    times.push(performance.now() - startedAt);
  }
  return { signalsMs: median(times), cues: cues.length };
}

/** Where the first message opened it and nothing else has happened. */
function opened(): StartedAlignment {
  const act = { by: 'leader', act: 'm0', standing: [] };
  const conversation = { channel: 'room', tenant: tenant.tenant, place: 'sales', thread: 'm0' } as const;
  const about = { id: 'al-1', conversation, requester: 'leader', request: { textId: 'm0', start: 0, end: said[0]?.length ?? 0 }, requestMessage: 'm0' };
  const order = { type: 'OpenAlignment', ...act, ...about, understood: {}, reasons: [], answers: [], audience: { kind: 'participants' } } as const;
  const state = decide(newAlignment, order, Date.now()).reduce<AlignmentState>(evolve, newAlignment);
  if (state.status === 'new') throw new Error('The conversation of the bench did not open.');
  return state;
}

function objective(at: number): Objective {
  const about = ['grow revenue from existing accounts by 30 %', 'hold the margin in tenders', 'win new names in the north', 'renew 95 % of service contracts'];
  return {
    id: `objective-${at}`,
    text: `Region ${at}: ${about[at % about.length] ?? ''} by the end of the year`,
    weight: at % 2 === 0 ? 3 : 2,
    competencies: [{ kind: 'skill', text: `plan accounts of segment ${at}` }],
  };
}
