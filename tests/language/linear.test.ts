import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Example, fitLinear } from '../../src/language/local/linear/fit.ts';
import { type Features, featuresOf, type Space } from '../../src/language/local/linear/hashed.ts';
import { createModel, modelSchema, packModel } from '../../src/language/local/linear/model.ts';
import { requestWeightsSchema } from '../../src/language/local/request-model.ts';
import { byFamily, linesOf } from '../../src/language/local/training-files.ts';
import { readModel, readWeights, weightsFile } from '../../src/language/local/weights.ts';

const space: Space = { words: 1_024, letters: 1_024, named: 64 };
const fruit = ['a ripe apple', 'two sour cherries', 'a bowl of plums', 'pears and apples', 'cherry jam', 'a plum tree', 'one more pear', 'apple juice please'];
const tools = [
  'a rusty hammer',
  'two long nails',
  'a box of screws',
  'pliers and hammers',
  'screw it in',
  'a nail file',
  'one more plier',
  'hammer time please',
];
const examples: Example[] = [...fruit, ...tools].map((text) => ({ features: featuresOf(space, text, []), positive: fruit.includes(text) }));
const fitted = () => fitLinear(space, examples, 1);
const modelOf = () => createModel(modelSchema.parse(JSON.parse(JSON.stringify(packModel(space, { fruit: fitted() })))));

describe('a linear model', () => {
  it('learns what can be told apart, and uses it on what it has not seen', () => {
    const model = modelOf();
    const score = (text: string) => model.score('fruit', featuresOf(space, text, []));
    for (const text of fruit) expect(score(text)).toBeGreaterThan(0);
    for (const text of tools) expect(score(text)).toBeLessThan(0);
    expect(score('three apples and a plum')).toBeGreaterThan(score('three hammers and a screw'));
  });

  it('is the same whenever it is learned from the same', () => {
    expect(fitted()).toEqual(fitted());
    expect(JSON.stringify(packModel(space, { fruit: fitted() }))).toBe(JSON.stringify(packModel(space, { fruit: fitted() })));
  });

  it('decides the same after it was packed into bytes', () => {
    const { weights, bias } = fitted();
    const model = modelOf();
    const plain = ({ at, values }: Features) => bias + at.reduce((sum, where, index) => sum + (weights[where] ?? 0) * (values[index] ?? 0), 0);
    for (const { features, positive } of examples) {
      expect(Math.sign(model.score('fruit', features))).toBe(positive ? 1 : -1);
      expect(model.score('fruit', features)).toBeCloseTo(plain(features), 1);
    }
  });

  it('with nothing to learn from, or nothing to weigh, gives a number', () => {
    const { weights, bias } = fitLinear(space, [], 1);
    expect(createModel(packModel(space, { none: { weights, bias } })).score('none', featuresOf(space, '', []))).toBe(0);
    expect(Number.isFinite(modelOf().score('fruit', featuresOf(space, '', [])))).toBe(true);
  });

  it('asked for what it has not learned says how to make it', () => {
    expect(() => modelOf().score('vegetables', featuresOf(space, 'a leek', []))).toThrow(/no output "vegetables".*npm run train/);
  });

  it('that does not fit its space is refused', () => {
    const packed = packModel(space, { fruit: fitted() });
    for (const words of [512, 2_048]) expect(() => createModel({ ...packed, space: { ...space, words } })).toThrow();
  });
});

describe('features of a text', () => {
  it('are the same for the same text, in whatever order the names come', () => {
    const sorted = ({ at, values }: Features) => [...at].map((where, index) => `${where}=${values[index]}`).sort();
    expect(sorted(featuresOf(space, 'need a course?', ['a', 'b', 'a']))).toEqual(sorted(featuresOf(space, 'need a course?', ['b', 'a'])));
  });

  it('stay within their space, with an encoder or without', () => {
    const largest = space.words + space.letters + space.named + 512;
    const dense = Float32Array.from({ length: 512 }, () => 0.1);
    for (const text of ['', 'x', 'need a course?', '語'.repeat(50), '\ud83d 🎉 \0']) {
      for (const { at, values } of [featuresOf(space, text, ['topic:crm']), featuresOf(space, text, [], dense)]) {
        expect(at.length).toBe(values.length);
        expect(new Set(at).size).toBe(at.length);
        expect(at.every((where) => where >= 0 && where < largest)).toBe(true);
        expect(values.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe('files of weights', () => {
  it.each([
    ['is not there', 'no-such-weights', z.unknown()],
    ['has lost a part', 'requests', z.object({ lost: z.string() })],
  ])('say what to do when one %s', (_what, name, schema) => {
    const read = () => readWeights(name, schema);
    expect(read).toThrow(weightsFile(name));
    expect(read).toThrow(/Restore the file, or make it anew with "npm run train"/);
  });

  it.each(['AAAA', 'not base64', ''])('say the same when the weights inside are "%s"', (weights) => {
    const read = () =>
      readModel('requests', requestWeightsSchema, ({ model }) => createModel({ ...model, outputs: { quick: { bias: 0, scale: 1, weights } } }));
    expect(read).toThrow(/Restore the file, or make it anew with "npm run train"/);
  });
});

describe('files of examples', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumb-lines-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const lineSchema = z.object({ text: z.string() });
  async function linesIn(body: string): Promise<() => unknown> {
    const file = join(folder, 'examples.jsonl');
    await writeFile(file, body);
    return () => linesOf(file, lineSchema);
  }

  it('are read line by line; empty lines are none', async () => {
    expect((await linesIn('{"text":"a"}\n\n{"text":"b","more":1}\n'))()).toEqual([{ text: 'a' }, { text: 'b' }]);
  });

  it.each([
    ['{"text":"a"}\n{"text":1}\n', 2],
    ['\n\n{"text":"a"\n', 3],
    ['not json', 1],
  ])('with a mistake name the file and the line', async (body, line) => {
    expect(await linesIn(body)).toThrow(`examples.jsonl:${line} is not a line`);
  });

  it('keep families together, and spread them over five parts', () => {
    const parts = Array.from({ length: 200 }, (_, at) => byFamily(`family ${at}`));
    expect(parts).toEqual(Array.from({ length: 200 }, (_, at) => byFamily(`family ${at}`)));
    for (const part of [0, 1, 2, 3, 4]) expect(parts.filter((each) => each === part).length).toBeGreaterThan(15);
  });
});
