import { afterEach, describe, expect, it } from '@jest/globals';
import { NotStoredError } from '../../../src/app/errors.ts';
import type { InteractionResponse } from '../../../src/app/ports.ts';
import { dana, openWaysIn, saidTo, type WaysIn } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

const file: InteractionResponse = { kind: 'file', name: 'brief.md', mediaType: 'text/markdown', content: '# Brief\n\nWhat we agreed: größer' };
const exported = { value: { action: { type: 'Action.Execute', data: { action: 'export-markdown', value: { alignment: 'al_1' } } } } };

/** Asks for the file in the channel and gives the post that offers it. */
async function offered() {
  const { json } = await open.invoke('card-action', exported);
  const post = open.teams.chatWithBot(dana).at(-1);
  if (!post) throw new Error('Nothing was offered.');
  return { json, post: { place: open.teams.personal('dana'), root: post.id, id: post.id } };
}

/** What was posted to Dana's chat, by what it is. */
function kinds(): string[] {
  return open.teams
    .callsTo('post')
    .map(({ body }) => String((body['attachments'] as { contentType?: string }[] | undefined)?.[0]?.contentType ?? body['text']));
}

describe('a file', () => {
  it('is offered in the 1:1 chat, whoever else was there when it was asked for', async () => {
    open = await openWaysIn({ answer: file });
    const { json } = await offered();
    expect(json).toMatchObject({ value: 'toldPrivately' });
    const [attachments] = open.teams.callsTo('post').map(({ body }) => body['attachments']);
    expect(attachments).toEqual([
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name: 'brief.md',
        content: {
          description: 'fileOffered',
          sizeInBytes: 33,
          acceptContext: { action: 'export-markdown', value: { alignment: 'al_1' } },
          declineContext: {},
        },
      },
    ]);
  });

  it('that is accepted is asked for again by that person, uploaded, and shown', async () => {
    open = await openWaysIn({ answer: file });
    const { post } = await offered();
    const key = await open.teams.act.answerFile(dana, post, 'accept');
    const upload = await open.teams.until(() => open.teams.state.uploads.get(key)?.content);
    expect(upload.toString('utf8')).toBe(file.content);
    expect(open.received.at(-1)).toMatchObject({ type: 'ActionTaken', action: 'export-markdown', value: { alignment: 'al_1' }, personId: dana });
    await open.teams.until(() => kinds().includes('application/vnd.microsoft.teams.card.file.info'));
    await open.teams.until(() => open.teams.callsTo('delete').length === 1);
  });

  it('that is no text is uploaded byte by byte, and said in words where it cannot be', async () => {
    const content = Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x80]);
    open = await openWaysIn({ answer: { kind: 'file', name: 'brief.pdf', mediaType: 'application/pdf', content, inWords: 'What we agreed' } });
    const { post } = await offered();
    expect(open.teams.callsTo('post').map(({ body }) => body['attachments'])).toMatchObject([[{ content: { sizeInBytes: 7 } }]]);
    const key = await open.teams.act.answerFile(dana, post, 'accept');
    expect([...(await open.teams.until(() => open.teams.state.uploads.get(key)?.content))]).toEqual([...content]);
    open.teams.fault('post', { kind: 'documented', error: 'BadArgument' });
    await open.invoke('card-action', { value: { action: { type: 'Action.Execute', data: { action: 'export-pdf', value: { alignment: 'al_2' } } } } });
    expect(saidTo(open, dana)).toContain('What we agreed');
  });

  it('that takes longer than a press may is offered when it is there, once, and that is said meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<InteractionResponse>();
    open = await openWaysIn({ answer: { kind: 'notice', text: 'coming', later: promise } });
    const { json } = await open.invoke('card-action', exported);
    expect(json).toMatchObject({ value: 'coming' });
    expect(kinds()).toEqual([]);
    resolve(file);
    const post = await open.teams.until(() => open.teams.chatWithBot(dana).at(-1));
    expect(kinds()).toEqual(['application/vnd.microsoft.teams.card.file.consent']);
    const key = await open.teams.act.answerFile(dana, { place: open.teams.personal('dana'), root: post.id, id: post.id }, 'accept');
    const upload = await open.teams.until(() => open.teams.state.uploads.get(key)?.content);
    expect(upload.toString('utf8')).toBe(file.content);
    await open.teams.until(() => kinds().includes('application/vnd.microsoft.teams.card.file.info'));
    expect(kinds().filter((kind) => kind.includes('consent'))).toHaveLength(1);
  });

  it('that takes longer is given in the conversation where everybody there may have it', async () => {
    const link = { url: 'https://plumb.example/files/abc', until: 1 };
    const later = Promise.resolve<InteractionResponse>({ ...file, shared: true, link });
    open = await openWaysIn({ answer: { kind: 'notice', text: 'coming', later } });
    expect((await open.invoke('card-action', exported)).json).toMatchObject({ value: 'coming' });
    await open.teams.until(() => open.teams.callsTo('post').length > 0);
    expect(JSON.stringify(open.teams.callsTo('post').map(({ body }) => body))).toMatch(/fileLink.*files\/abc/);
    expect(open.teams.chatWithBot(dana)).toEqual([]);
  });

  it('that somebody may no longer have is not uploaded', async () => {
    open = await openWaysIn({ answer: file });
    const { post } = await offered();
    open.answers({ kind: 'notice', text: 'Ask Priya.' });
    const key = await open.teams.act.answerFile(dana, post, 'accept');
    await open.teams.until(() => saidTo(open, dana).includes('Ask Priya.'));
    expect(open.teams.state.uploads.get(key)?.content).toBeUndefined();
  });

  it('that cannot be kept is told of', async () => {
    open = await openWaysIn({ answer: file });
    const { post } = await offered();
    open.answers(() => Promise.reject(new NotStoredError()));
    await open.teams.act.answerFile(dana, post, 'accept');
    expect(saidTo(open, dana)).toContain('notKept');
  });

  it('that is declined is not offered any more', async () => {
    open = await openWaysIn({ answer: file });
    const { post } = await offered();
    await open.teams.act.answerFile(dana, post, 'decline');
    expect(kinds()).toContain('fileDeclined');
    expect(open.teams.callsTo('delete')).toHaveLength(1);
    expect(open.received).toHaveLength(1);
  });

  it('that everybody there may have is given in the conversation, under a link that ends', async () => {
    const link = { url: 'https://plumb.example/files/abc', until: 1 };
    open = await openWaysIn({ answer: { ...file, shared: true, link } });
    const { json } = await open.invoke('card-action', exported);
    expect(json).toMatchObject({ value: 'fileShared' });
    const [post, ...others] = open.teams.callsTo('post');
    expect(others).toEqual([]);
    expect(JSON.stringify(post?.body)).toMatch(/brief\.md.*fileLink.*https:\/\/plumb\.example\/files\/abc/);
    expect(open.teams.chatWithBot(dana)).toEqual([]);
  });

  it('is given as a link to whoever has no chat with Plumb, and to nobody else', async () => {
    open = await openWaysIn({ answer: { ...file, link: { url: 'https://plumb.example/files/abc', until: 1 } } });
    open.teams.fault('createConversation', { kind: 'documented', error: 'ForbiddenOperationException' }, { times: 2 });
    const { json } = await open.invoke('card-action', exported);
    expect(JSON.stringify(json)).toContain('https://plumb.example/files/abc');
    expect(JSON.stringify(open.teams.callsTo('post'))).not.toContain('/files/abc');
  });

  it('is sent once more where OneDrive had a moment of weakness', async () => {
    open = await openWaysIn({ answer: file });
    const { post } = await offered();
    let puts = 0;
    const usual = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (init?.method !== 'PUT') return usual(input, init);
      puts += 1;
      return puts === 1 ? new Response(null, { status: 503 }) : usual(input, init);
    };
    try {
      const key = await open.teams.act.answerFile(dana, post, 'accept');
      await open.teams.until(() => open.teams.state.uploads.get(key)?.content);
      expect([puts, saidTo(open, dana)]).toEqual([2, expect.not.stringContaining('fileFailed')]);
    } finally {
      globalThis.fetch = usual;
    }
  });

  it('is said as text where Teams takes no files', async () => {
    open = await openWaysIn({ answer: file });
    open.teams.fault('post', { kind: 'documented', error: 'BadArgument' });
    await open.invoke('card-action', exported);
    expect(saidTo(open, dana)).toContain('What we agreed');
  });

  it.each([
    ['another house', 'https://files.example.com/up'],
    ['a house with a similar name', 'https://evilsharepoint.com/up'],
    ['OneDrive without encryption', 'http://contoso.sharepoint.com/up'],
    ['OneDrive by name alone', 'https://contoso.sharepoint.com@files.example.com/up'],
    ['a network of its own', 'http://169.254.169.254/latest'],
    ['no address at all', 'up'],
  ])('is never sent to %s; its text is said', async (_, uploadUrl) => {
    open = await openWaysIn({ answer: file });
    const uploadInfo = { contentUrl: 'https://contoso.sharepoint.com/brief.md', name: 'brief.md', uploadUrl, uniqueId: '1', fileType: 'md' };
    const value = { type: 'fileUpload', action: 'accept', context: { action: 'export-markdown', value: { alignment: 'al_1' } }, uploadInfo };
    expect(await open.invoke('file-consent-accepted', { value })).toMatchObject({ status: 200, body: '' });
    await open.teams.until(() => saidTo(open, dana).includes('What we agreed'));
  });

  it.each([
    ['carries nothing', { value: undefined }],
    ['is about no file of ours', {}],
    ['says neither yes nor no', { value: { action: 'perhaps', context: {} } }],
  ])('whose answer %s is left alone', async (_, change) => {
    open = await openWaysIn({ answer: file });
    expect(await open.invoke('file-consent-accepted', change)).toMatchObject({ status: 200, body: '' });
    expect(open.received).toEqual([]);
  });
});
