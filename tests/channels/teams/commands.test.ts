import { afterEach, describe, expect, it } from '@jest/globals';
import { NotStoredError } from '../../../src/app/errors.ts';
import type { InteractionResponse } from '../../../src/app/ports.ts';
import type { Card } from '../../../src/views/card.ts';
import { dana, dealDesk, openWaysIn, saidTo, tomas, type WaysIn } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

const card = (text: string): Card => ({ summary: text, blocks: [{ type: 'text', text }], actions: [] });
const cardAnswer = (text: string): InteractionResponse => ({ kind: 'card', card: card(text) });

/** What everybody sees below a message in the channel. */
async function below(said: Parameters<WaysIn['teams']['thread']>[1]): Promise<string> {
  await open.teams.settled();
  return JSON.stringify(await open.teams.until(() => open.teams.thread(tomas, said).at(-1)));
}

describe('a bot command', () => {
  it('is taken where it was given', async () => {
    open = await openWaysIn();
    const said = await open.teams.do.say(dana, dealDesk, '@Plumb listen off');
    expect(open.received).toMatchObject([{ type: 'CommandGiven', command: 'listen-off', personId: dana, conversation: { place: dealDesk, thread: said.id } }]);
  });

  it('for help is answered to everybody who is there', async () => {
    open = await openWaysIn({ answer: cardAnswer('What Plumb does') });
    const said = await open.teams.do.say(dana, dealDesk, '@Plumb help');
    expect(await below(said)).toContain('What Plumb does');
  });

  it('is told there what came of it', async () => {
    open = await openWaysIn({ answer: { kind: 'notice', text: 'I listen no more.' } });
    expect(await below(await open.teams.do.say(dana, dealDesk, '@Plumb listen off'))).toContain('I listen no more.');
  });

  it('for what is somebody’s own is answered privately, with a line for the others', async () => {
    open = await openWaysIn({ answer: cardAnswer('Your requests') });
    const seen = await below(await open.teams.do.say(dana, dealDesk, '@Plumb list'));
    expect(seen).toContain('toldPrivately');
    expect(seen).not.toContain('Your requests');
    expect(saidTo(open, dana)).toContain('Your requests');
  });

  it('by somebody without a chat with Plumb is answered with a link to have one', async () => {
    open = await openWaysIn({ added: false, addLink: 'https://teams.example/add', answer: cardAnswer('Your requests') });
    open.teams.fault('createConversation', { kind: 'documented', error: 'ForbiddenOperationException' });
    const seen = await below(await open.teams.do.say(dana, dealDesk, '@Plumb status'));
    expect(seen).toContain('cannotTellPrivately');
    expect(seen).toContain('https://teams.example/add');
    expect(seen).not.toContain('Your requests');
  });

  it('in the 1:1 chat is answered there', async () => {
    open = await openWaysIn({ answer: cardAnswer('Your requests') });
    await open.teams.do.say(dana, open.teams.personal('dana'), 'list');
    await open.teams.until(() => saidTo(open, dana).includes('Your requests'));
    expect(saidTo(open, dana)).not.toContain('toldPrivately');
  });

  it('that could not be kept is sent again by Teams, and kept then', async () => {
    let tries = 0;
    open = await openWaysIn({
      answer: async (_event, onStored) => {
        tries += 1;
        if (tries === 1) throw new NotStoredError();
        onStored?.();
        return cardAnswer('What Plumb does');
      },
    });
    const said = await open.teams.do.say(dana, dealDesk, '@Plumb help');
    expect(await below(said)).toContain('What Plumb does');
    expect(tries).toBe(2);
  });

  it('is acknowledged as soon as it is kept, however long its answer takes', async () => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<InteractionResponse>();
    open = await openWaysIn({
      answer: (_event, onStored) => {
        onStored?.();
        return slow;
      },
    });
    const said = await open.teams.do.say(dana, dealDesk, '@Plumb help');
    await open.teams.settled();
    expect(open.teams.thread(tomas, said)).toEqual([]);
    finish(cardAnswer('What Plumb does'));
    expect(await below(said)).toContain('What Plumb does');
  });
});
