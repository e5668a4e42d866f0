import { afterEach, describe, expect, it } from '@jest/globals';
import { createWorkingSign } from '../../../src/channels/teams/working-sign.ts';
import { type ConversationRef, wholeChat } from '../../../src/domain/conversation.ts';
import { openSending } from './send-parts.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open() {
  const sending = await openSending();
  closing.push(sending.close);
  const waiting: { ms: number; then: () => void }[] = [];
  const after = (ms: number, then: () => void) => {
    const one = { ms, then };
    waiting.push(one);
    return () => void (waiting.includes(one) && waiting.splice(waiting.indexOf(one), 1));
  };
  const sign = createWorkingSign({ connector: sending.connector, references: sending.references, logger: sending.logger, after });
  const { teams } = sending;
  const conversation: ConversationRef = { channel: 'teams', tenant: teams.tenant(), place: teams.chat('Negotiation'), thread: wholeChat };
  const elapse = () => {
    for (const { then } of waiting.splice(0)) then();
  };
  return { ...sending, sign, waiting, conversation, elapse };
}

describe('a sign of work', () => {
  it('is shown when an answer takes longer, again while it does, and not once it is there', async () => {
    const { teams, sign, waiting, conversation, elapse } = await open();
    sign.showWorking(conversation, '1');
    sign.showWorking(conversation, '1');
    expect(waiting.map(({ ms }) => ms)).toEqual([2_000]);
    elapse();
    await teams.until(() => teams.state.typing.length === 1);
    elapse();
    await teams.until(() => teams.state.typing.length === 2);
    expect(teams.state.typing.map((one) => one.conversation)).toEqual([conversation.place, conversation.place]);
    sign.answered(conversation);
    expect(waiting).toEqual([]);
  });

  it('ends by itself', async () => {
    const { sign, waiting, conversation, elapse } = await open();
    sign.showWorking(conversation, '1');
    for (let times = 0; times < 30; times += 1) elapse();
    expect(waiting).toEqual([]);
    await sign.close();
  });

  it('is left alone when Teams refuses it, and disturbs nobody', async () => {
    const { teams, sign, waiting, conversation, elapse, lines } = await open();
    teams.fault('post', { kind: 'documented', error: 'BotNotInConversationRoster' });
    sign.showWorking(conversation, '1');
    elapse();
    await sign.close();
    expect(waiting).toEqual([]);
    expect(lines.map(({ level }) => level)).toEqual(['debug']);
    expect(teams.state.typing).toEqual([]);
  });
});
