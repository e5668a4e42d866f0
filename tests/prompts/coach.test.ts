import { describe, expect, it } from '@jest/globals';
import { triggerIds } from '../../src/domain/triggers.ts';
import { loadPrompts } from '../../src/prompts.ts';
import { mistake, original } from './mistake.ts';

const { knowledge, livePrompts, challenge } = loadPrompts('prompts');

describe('what the coach knows', () => {
  it('has symptoms with several ways to say them, each way for one symptom only', () => {
    expect(knowledge.symptoms).toHaveLength(48);
    const signs = knowledge.symptoms.flatMap((symptom) => symptom.signs);
    expect(signs).toHaveLength(new Set(signs).size);
    for (const { id, signs } of knowledge.symptoms) expect({ id, enough: signs.length >= 6 }).toEqual({ id, enough: true });
  });

  it('has a fact to ask for, a focus and a source for every cause', () => {
    const causes = knowledge.symptoms.flatMap((symptom) => symptom.causes);
    expect(causes).toHaveLength(148);
    expect(knowledge.symptoms.find(({ id }) => id === 'discounts-grow')?.causes[0]).toMatchObject({
      id: 'thin-pipeline-in-accounts',
      focus: 'too little pipeline from existing accounts',
      source: 'S0',
    });
    expect(causes.filter(({ focus }) => focus.split(' ').length > 8)).toEqual([]);
  });

  it('tells numbers that move first from numbers that come last', () => {
    const isLeading = (name: string) => knowledge.kpis.find((kpi) => kpi.name === name || kpi.synonyms.includes(name))?.leading;
    expect(knowledge.kpis.filter((kpi) => kpi.leading)).toHaveLength(40);
    expect([isLeading('dials'), isLeading('close rate'), isLeading('ride-alongs'), isLeading('nrr')]).toEqual([true, false, true, false]);
  });

  it('knows what forty wide words can mean', () => {
    expect(knowledge.topics).toHaveLength(40);
    expect(knowledge.topics.find(({ words }) => words.includes('negotiating'))?.meanings).toContain('trading instead of conceding');
  });
});

describe('what the coach says', () => {
  const wordings = [...triggerIds.flatMap((trigger) => livePrompts[trigger].ask), ...Object.values(challenge).flat()];

  it('asks the partner’s question in several wordings, one question in each', () => {
    for (const trigger of triggerIds) {
      expect(livePrompts[trigger].ask.length).toBeGreaterThanOrEqual(3);
      for (const ask of livePrompts[trigger].ask) expect({ ask, questions: ask.replace('{fact}', '?').split('?').length - 1 }).toEqual({ ask, questions: 1 });
    }
  });

  it('can be read in a few seconds', () => {
    for (const wording of wordings) expect({ wording, short: wording.split(' ').length <= 34 }).toEqual({ wording, short: true });
    for (const trigger of triggerIds) for (const why of livePrompts[trigger].why) expect({ why, short: why.length <= 100 }).toEqual({ why, short: true });
  });

  it('says nobody is wrong', () => {
    for (const wording of wordings) expect(wording).not.toMatch(/\b(wrong to|mistake|should have|you must|actually|obviously)\b/i);
  });
});

it.each(['causes.yaml', 'topics.yaml', 'live-prompts.yaml'])('says on top of %s how to add to it', (file) => {
  expect(original(file).split(/^[^#]/m)[0]).toMatch(/^# To add/m);
});

describe('a mistake in causes.yaml is named with file and line', () => {
  const causes = (search: string, replacement: string) => mistake('causes.yaml', search, replacement);

  it('when a cause has no fact', () => {
    const { message, line } = causes('        fact: In the last 20 discounted deals, in how many did we get something back?\n', '');
    expect(message).toMatch(new RegExp(`causes\\.yaml:${line - 2}: "symptoms\\.0\\.causes\\.1\\.fact" is missing: expected a text`));
  });

  it('when a fact is no question', () => {
    const { message, line } = causes('did we get something back?', 'did we get something back');
    expect(message).toContain(`causes.yaml:${line}:`);
    expect(message).toContain('with a question mark');
  });

  it('when an id is there twice', () => {
    const { message, line } = causes('id: late-approval', 'id: nothing-in-return');
    expect(message).toContain(`causes.yaml:${line}: the id "nothing-in-return" is there twice`);
  });

  it('when a list is empty, a sign has capitals or a source is not known', () => {
    expect(causes('[poor qualification, never', '[Poor qualification, never').message).toContain('expected small letters only');
    const empty = causes('signs: [our own date, ', 'signs: [] # ');
    expect(empty.message).toMatch(/expected (at least one|a list)/);
    const source = causes('source: S4\n        note: systems; applied to discounts', 'source: S7\n        note: systems; applied to discounts');
    expect(source.message).toContain(`causes.yaml:${source.line}:`);
  });
});

describe('a mistake in topics.yaml is named with file and line', () => {
  it('when a name stands for two KPIs', () => {
    const { message, line } = mistake('topics.yaml', 'synonyms: [dials,', 'synonyms: [close rate, dials,');
    expect(message).toMatch(/topics\.yaml:\d+: "close rate" already stands for a KPI/);
    expect(Number(/:(\d+):/.exec(message)?.[1])).toBeGreaterThan(line);
  });

  it('when a topic has one meaning only, or an id that another has', () => {
    expect(mistake('topics.yaml', 'meanings: [asking for the order, ', 'meanings: [asking for the order] # ').message).toContain('at least three meanings');
    const { message, line } = mistake('topics.yaml', 'id: negotiation', 'id: prospecting');
    expect(message).toContain(`topics.yaml:${line}: the id "prospecting" is there twice`);
  });
});

describe('a mistake in live-prompts.yaml is named with file and line', () => {
  const prompts = (search: string, replacement: string) => mistake('live-prompts.yaml', search, replacement);

  it('when a slot is not known, with the slots that are', () => {
    const { message, line } = prompts('Suppose {audience} learned', 'Suppose {people} learned');
    expect(message).toContain(`live-prompts.yaml:${line}: {people} is not a slot here: expected only {topic}, {words}`);
    expect(prompts('What happens if we take two weeks to get this right?', '{request}?').message).toContain('{request} is not a slot here');
  });

  it('when an occasion is missing, or is none', () => {
    expect(prompts('  panic:\n', '  paniC:\n').message).toContain('"paniC" is not expected in "prompts"');
    const [block = ''] = /^ {2}stalled:\n(?: {3,}.*\n)+/m.exec(original('live-prompts.yaml')) ?? [];
    expect(prompts(block, '').message).toMatch(/live-prompts\.yaml:\d+: "prompts\.stalled" is missing: expected a prompt with/);
    const { message, line } = prompts('  panic:\n', '  rush: {}\n\n  panic:\n');
    expect(message).toContain(`live-prompts.yaml:${line}: "rush" is not expected in "prompts"`);
  });

  it('when no wording is left without slots', () => {
    const { message, line } = prompts('      - "Would ten minutes on the phone be easier than writing?"\n', '      - "Shall we talk about {topic}?"\n');
    expect(message).toContain(`live-prompts.yaml:${line}: expected the last wording without slots`);
  });

  it('when something stands behind a fact', () => {
    const { message, line } = prompts('save us some time here. {fact}', 'save us some time here. {fact} Thank you.');
    expect(message).toContain(`live-prompts.yaml:${line}: expected {fact} at the end`);
  });
});
