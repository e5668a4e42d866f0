import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryError, type InteractionResponse } from '../../../src/app/ports.ts';
import { answer } from '../../../src/channels/slack/answer.ts';
import { uploadFile } from '../../../src/channels/slack/files.ts';
import type { Said } from '../../../src/channels/slack/tell.ts';
import { createLog, openScript, type Reply, words, workspaceAt } from './send-parts.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const file = { kind: 'file', name: 'brief.md', mediaType: 'text/markdown', content: '# Brief\n\nThe outcome' } as const satisfies InteractionResponse;
const thread = { place: 'C1', thread: '1700000000.000100' };
type Replies = Record<string, (count: number) => Reply>;

async function open(replies: Replies = {}) {
  const usual: Replies = {
    'files.getUploadURLExternal': () => ({ ok: true, upload_url: slack.url.replace('/api/', '/up'), file_id: 'F1' }),
    '/up': () => ({ status: 200 }),
    'files.completeUploadExternal': () => ({ ok: true, files: [] }),
    'conversations.open': () => ({ ok: true, channel: { id: 'D1' } }),
  };
  const slack = await openScript(({ method }, count) => ({ ...usual, ...replies })[method]?.(count) ?? { ok: false, error: 'unknown_method' });
  closing.push(slack.close);
  const { logger } = createLog();
  const { workspace } = workspaceAt(slack.url, logger);
  const said: Said[] = [];
  const tell = {
    say: async (_: unknown, __: unknown, what: Said) => void said.push(what),
    directly: async (_: unknown, __: unknown, what: Said) => void said.push(what),
  };
  const surface = { kind: 'message', personId: 'UADA', triggerId: 't', at: thread, responseUrl: undefined } as const;
  return {
    workspace,
    said,
    give: (shared: boolean, later?: string) => {
      const given: InteractionResponse = shared ? { ...file, shared: true } : file;
      const outcome: InteractionResponse = later === undefined ? given : { kind: 'notice', text: later, later: Promise.resolve(given) };
      return answer({ tell, words, logger } as unknown as Parameters<typeof answer>[0], workspace, surface, outcome, { ...thread });
    },
    completed: () => slack.calls.filter(({ method }) => method === 'files.completeUploadExternal').map(({ args }) => [args['channel_id'], args['thread_ts']]),
  };
}

describe('a file in Slack', () => {
  it('stands in the thread where everybody reads it anyway, else in the chat of whoever asked, who is told where', async () => {
    const slack = await open();
    await slack.give(true);
    expect(slack.said).toEqual([]);
    await slack.give(false);
    expect(slack.completed()).toEqual([
      ['C1', thread.thread],
      ['D1', undefined],
    ]);
    expect(slack.said).toEqual([{ text: words.fileInChat }]);
  });

  it('that takes longer than a press may comes the same way, once, and that is said meanwhile', async () => {
    const slack = await open();
    await slack.give(true, 'coming');
    expect(slack.completed()).toEqual([['C1', thread.thread]]);
    await slack.give(false, 'coming');
    expect(slack.completed().slice(1)).toEqual([['D1', undefined]]);
    expect(slack.said).toEqual([{ text: 'coming' }, { text: 'coming' }, { text: words.fileInChat }]);
  });

  it('is sent once more when its bytes did not get through, and stands there once', async () => {
    const slack = await open({ '/up': (count) => ({ status: count === 1 ? 503 : 200 }) });
    await slack.give(true);
    expect(slack.completed()).toHaveLength(1);
    expect(slack.said).toEqual([]);
  });

  it('that may or may not have arrived is not sent again, and that is said', async () => {
    const slack = await open({ 'files.completeUploadExternal': () => 'cut' });
    await slack.give(true);
    expect(slack.completed()).toHaveLength(1);
    expect(slack.said).toEqual([{ text: words.filePerhaps }]);
    await expect(uploadFile(slack.workspace, { to: thread, ...file })).rejects.toMatchObject({ failure: { perhapsSent: true } });
  });

  it('goes to the chat where the channel does not take it, and is told in words where nothing does', async () => {
    const slack = await open({ 'files.completeUploadExternal': () => ({ ok: false, error: 'not_in_channel' }) });
    await slack.give(true);
    expect(slack.completed().map(([place]) => place)).toEqual(['C1', 'D1']);
    expect(JSON.stringify(slack.said)).toContain('The outcome');
    expect(JSON.stringify(slack.said)).toContain(words.fileFailed);
  });

  it('whose bytes never get through was surely shown to nobody', async () => {
    const slack = await open({ '/up': () => ({ status: 500 }) });
    const failed = await uploadFile(slack.workspace, { to: thread, ...file }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DeliveryError);
    expect(failed).toMatchObject({ failure: { perhapsSent: false } });
    expect(slack.completed()).toEqual([]);
  });
});
