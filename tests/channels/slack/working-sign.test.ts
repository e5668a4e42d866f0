import { afterEach, describe, expect, it } from '@jest/globals';
import { createWorkingSign } from '../../../src/channels/slack/working-sign.ts';
import type { ConversationRef } from '../../../src/domain/conversation.ts';
import { createLog, openScript, type Reply, workspaceAt } from './send-parts.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const conversation: ConversationRef = { channel: 'slack', tenant: 'T1', place: 'C1', thread: '1700000000.000100' };

/** Time passes when the test says so: `fire` lets the next thing that waits happen. */
async function open(reply: (method: string) => Reply = () => ({ ok: true })) {
  const slack = await openScript(({ method }) => reply(method));
  closing.push(slack.close);
  const log = createLog();
  const { workspaces } = workspaceAt(slack.url, log.logger);
  const waiting = new Map<number, () => void>();
  let made = 0;
  const after = (_ms: number, then: () => void) => {
    const id = made;
    made += 1;
    waiting.set(id, then);
    return () => void waiting.delete(id);
  };
  const sign = createWorkingSign({ workspaces, logger: log.logger, after });
  const fire = (): void => {
    const [next] = waiting;
    if (!next) throw new Error('Nothing waits.');
    waiting.delete(next[0]);
    next[1]();
  };
  return { sign, fire, waiting, log, calls: () => slack.calls.map(({ method, args }) => `${method} ${args['channel']} ${args['timestamp']} ${args['name']}`) };
}

describe('a sign of work', () => {
  it('is a reaction on the message, and goes when something was posted there', async () => {
    const { sign, fire, calls, waiting } = await open();
    sign.showWorking(conversation, '1700000000.000200');
    fire();
    sign.answered(conversation);
    expect(waiting.size).toBe(0);
    await sign.close();
    expect(calls()).toEqual(['reactions.add C1 1700000000.000200 eyes', 'reactions.remove C1 1700000000.000200 eyes']);
  });

  it('never shows when the answer was quick', async () => {
    const { sign, calls, waiting } = await open();
    sign.showWorking(conversation, '1700000000.000200');
    sign.answered(conversation);
    await sign.close();
    expect(waiting.size).toBe(0);
    expect(calls()).toEqual([]);
  });

  it('stays when something was posted elsewhere', async () => {
    const { sign, waiting } = await open();
    sign.showWorking(conversation, '1700000000.000200');
    sign.answered({ ...conversation, thread: '1600000000.000100' });
    sign.answered({ ...conversation, tenant: 'T2' });
    expect(waiting.size).toBe(1);
    await sign.close();
  });

  it('goes after a while even when nothing was posted', async () => {
    const { sign, fire, calls, waiting } = await open();
    sign.showWorking(conversation, '1700000000.000200');
    fire();
    fire();
    expect(waiting.size).toBe(0);
    await sign.close();
    expect(calls()).toEqual(['reactions.add C1 1700000000.000200 eyes', 'reactions.remove C1 1700000000.000200 eyes']);
  });

  it('is left out quietly where the scope is missing', async () => {
    const { sign, fire, calls, log } = await open(() => ({ ok: false, error: 'missing_scope' }));
    sign.showWorking(conversation, '1700000000.000200');
    fire();
    await sign.close();
    expect(calls()).toEqual(['reactions.add C1 1700000000.000200 eyes']);
    expect(log.lines.map(({ level }) => level)).toEqual(['debug']);
  });
});
