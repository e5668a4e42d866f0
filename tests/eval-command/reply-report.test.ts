import { describe, expect, it } from '@jest/globals';
import type { QuestionId } from '../../src/domain/questions.ts';
import type { ActKind, Reading } from '../../src/language/language.ts';
import { checkEntities } from '../eval/entity-checks.ts';
import type { ReplyLine } from '../eval/formats.ts';
import type { ReplyOutcome } from '../eval/replies.ts';
import { replyMisses, replyReport } from '../eval/reply-report.ts';

function read(acts: readonly ActKind[], answers: readonly QuestionId[] = []): Reading {
  return {
    acts,
    answers: answers.map((questionId) => ({ questionId, text: 'words', span: { start: 0, end: 5 }, confidence: 0.9, thin: false })),
    wishes: [],
    entities: { people: [], kpis: [] },
    cues: [],
  };
}

function outcome(line: Partial<ReplyLine>, reading: Reading): ReplyOutcome {
  const whole = { text: 'words', ...line };
  const answered = new Set(reading.answers.map(({ questionId }) => questionId));
  return { line: whole, where: 'f.jsonl:1', reading, answered, checks: checkEntities(whole, reading), ms: 1 };
}

describe('the acts of replies', () => {
  const report = replyReport([
    outcome({ acts: ['answer'] }, read(['answer'])),
    outcome({ acts: ['correction', 'answer'] }, read(['answer'])),
    outcome({ acts: ['stop'] }, read(['chit-chat'])),
    outcome({ acts: ['dont-know', 'delegate'] }, read(['dont-know', 'delegate'])),
    outcome({ answers: {} }, read(['skip'])),
  ]);

  it('are right when the first is, and are counted as sets beside that', () => {
    expect([report.act_accuracy, report.act_any, report.act_exact]).toEqual([0.5, 0.75, 0.5]);
  });

  it('have precision and recall each, and a mean over those that occur', () => {
    expect(report.acts['answer']).toEqual({ n: 2, precision: 1, recall: 1, f1: 1 });
    expect(report.acts['correction']).toEqual({ n: 1, precision: null, recall: 0, f1: 0 });
    expect(report.acts['chit-chat']).toEqual({ n: 0, precision: 0, recall: null, f1: 0 });
    // answer 1, correction 0, stop 0, dont-know 1, delegate 1; chit-chat was nowhere meant.
    expect(report.act_macro_f1).toBe(0.6);
  });

  it('show what the first one was taken for', () => {
    expect(report.confusion).toEqual({ answer: { answer: 1 }, correction: { answer: 1 }, stop: { 'chit-chat': 1 }, 'dont-know': { 'dont-know': 1 } });
  });
});

describe('the questions that replies answer', () => {
  const report = replyReport([
    outcome({ asked: 'driver', answers: { driver: 'x' } }, read(['answer'], ['driver'])),
    outcome({ asked: 'driver', answers: { driver: 'x', owner: 'y' } }, read(['answer'], ['driver', 'budget'])),
    outcome({ asked: 'driver', answers: { 'weekly-call': 'x' } }, read(['answer'], ['driver'])),
    outcome({ asked: 'budget', answers: {} }, read(['answer'], ['budget'])),
    outcome({ answers: { context: null } }, read(['answer'], ['context'])),
    outcome({ asked: 'owner', acts: ['stop'] }, read(['answer'], ['owner'])),
  ]);

  it('are counted one by one over all lines that say what was asked and answered', () => {
    // Found: driver, driver+budget, driver, budget = 5, of which 2 are right; there are 4.
    expect([report.question_precision, report.question_recall, report.question_f1]).toEqual([0.4, 0.5, 0.4444]);
  });

  it('are counted apart where nothing was asked', () => {
    expect(report.question_unasked_f1).toBe(1);
  });

  it('are counted apart where another question than the one asked is answered, also or only', () => {
    // Lines 2 and 3: found 3, right 1, there 3; line 3 alone: none right.
    expect([report.question_other_f1, report.question_only_other_f1]).toEqual([0.3333, 0]);
  });

  it('are counted apart where several are answered', () => {
    expect(report.question_several_f1).toBe(0.5);
  });

  it('show what the only one was taken for', () => {
    expect(report.question_confusion).toEqual({ driver: { driver: 1 }, 'weekly-call': { driver: 1 }, context: { context: 1 } });
  });
});

describe('side talk', () => {
  it('counts as taken for an answer when anything was answered, and only lines that are nothing else', () => {
    const report = replyReport([
      outcome({ acts: ['chit-chat'] }, read(['chit-chat'])),
      outcome({ acts: ['chit-chat'] }, read(['answer'], ['driver'])),
      outcome({ acts: ['chit-chat', 'answer'] }, read(['answer'], ['driver'])),
    ]);
    expect(report.side_talk_as_answer).toBe(0.5);
  });
});

describe('what a file does not say', () => {
  it('is not measured, and is never a division by nothing', () => {
    const { act_accuracy, question_f1, time_accuracy, side_talk_as_answer, owner_accuracy } = replyReport([outcome({ entities: {} }, read([]))]);
    expect([act_accuracy, question_f1, time_accuracy, side_talk_as_answer, owner_accuracy]).toEqual([null, null, null, null, null]);
  });
});

describe('the misses of reading', () => {
  it('weigh a wrong answer more than a missing one, and that more than a wrong act', () => {
    const wrong = outcome({ id: 'a', acts: ['answer'], answers: {} }, read(['answer'], ['driver']));
    const missing = outcome({ id: 'b', acts: ['answer'], answers: { driver: 'x' } }, read(['answer']));
    const act = outcome({ id: 'c', acts: ['stop'], answers: {} }, read(['pause']));
    expect(replyMisses([wrong, missing, act]).map(({ severity }) => severity)).toEqual([3, 2, 1]);
  });

  it('say what was expected and what came', () => {
    const [miss] = replyMisses([outcome({ id: 'b', asked: 'owner', kind: 'plain', acts: ['answer'], answers: { driver: 'x' } }, read(['partial'], ['owner']))]);
    expect(miss?.text).toBe('b (asked owner, plain): expected answer [driver], got partial [owner 0.9]\n  words');
  });
});
