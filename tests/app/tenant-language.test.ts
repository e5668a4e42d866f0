import { afterEach, describe, expect, it } from '@jest/globals';
import { defaultSettings } from '../../src/app/ports.ts';
import { tenantLanguageOf } from '../../src/app/tenant-language.ts';
import type { Form } from '../../src/views/card.ts';
import { openEndpoint, says } from '../language/openai/fake-endpoint.ts';
import { openEngine, reply } from '../language/openai/kit.ts';
import { askPlumb } from './ask-plumb.ts';
import { openPlay } from './conversation/play.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A play with an external model configured, in which somebody asks for a workshop and answers the first question. */
async function playedIn(workspaces: 'one' | 'many', externalModel?: { conversations: boolean; hearing: boolean }) {
  const endpoint = await openEndpoint(says(() => reply({ acts: ['chit-chat'] })));
  const engine = openEngine(endpoint.url);
  const play = await openPlay({ language: engine.language, model: 'configured', workspaces, ...(externalModel && { externalModel }) });
  closers.push(play.ends, engine.close, endpoint.close);
  await play.dana.asks('Can you get my team a negotiation workshop?');
  const before = endpoint.received.length;
  await play.dana.says('Margins in the renewals went from 31 to 26 percent since spring');
  return { play, before, replies: endpoint.received.length - before };
}

async function offered(play: Awaited<ReturnType<typeof openPlay>>): Promise<Record<string, unknown>> {
  const response = await askPlumb(play).asksForForm('priya', 'external-model');
  if (response.kind !== 'form') throw new Error(`No form came back but ${JSON.stringify(response)}`);
  const blocks: Form['blocks'] = response.form.blocks;
  return Object.fromEntries(blocks.flatMap((block) => (block.type === 'input' ? [[block.id, block.value]] : [])));
}

describe('as long as no admin has chosen what an external model reads', () => {
  it('it reads replies where Plumb was installed for one workspace, and nothing from before', async () => {
    const { play, before, replies } = await playedIn('one');
    expect(before).toBe(0);
    expect(replies).toBeGreaterThan(0);
    expect(await offered(play)).toMatchObject({ conversations: 'true', hearing: 'false' });
  });

  it('it reads nothing where many workspaces install Plumb', async () => {
    const { play, before, replies } = await playedIn('many');
    expect([before, replies]).toEqual([0, 0]);
    expect(await offered(play)).toMatchObject({ conversations: 'false', hearing: 'false' });
  });
});

it('what an admin chose counts, however many workspaces there are', async () => {
  const chosen = { conversations: true, hearing: false };
  expect((await playedIn('many', chosen)).replies).toBeGreaterThan(0);
  const none = { conversations: false, hearing: false };
  for (const workspaces of ['one', 'many'] as const) {
    expect(tenantLanguageOf('acme', { ...defaultSettings, externalModel: none }, [], workspaces).model).toEqual(none);
  }
});
