import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { directPlace, roomTenant } from '../../src/channels/room/people.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { unsureMessages } from './borderline.ts';
import { reachAgreement, request } from './conversation/answers.ts';
import { cardText } from './conversation/card-text.ts';
import { channelPlace } from './conversation/platform.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { day } from './conversation/stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

describe('an admin of the platform', () => {
  const notAllowed = () => play.prompts.words.plain('notice.not-allowed', { people: 'Priya Nair' });

  function makesAdmin(id: string): void {
    const { directory } = play.platform.channel;
    const person = directory.person.bind(directory);
    directory.person = async (tenant, personId) => {
      const found = await person(tenant, personId);
      return found && personId === id ? { ...found, admin: true } : found;
    };
  }

  it('administers Plumb, too, without being written down', async () => {
    expect(said(await askPlumb(play).gives('keiko', 'listen-off'))).toBe(notAllowed());
    makesAdmin('keiko');
    expect(said(await askPlumb(play).gives('keiko', 'listen-off'))).toBe(play.prompts.words.plain('notice.silenced'));
    expect(await play.store().settings.load(roomTenant)).toMatchObject({ admins: ['priya'], silencedPlaces: [channelPlace] });
    expect(said(await askPlumb(play).gives('sam', 'listen-on'))).toBe(notAllowed());
  });

  it('sees the settings in Home', async () => {
    const before = await askPlumb(play).homeText('keiko');
    makesAdmin('keiko');
    expect((await askPlumb(play).homeText('keiko')).length).toBeGreaterThan(before.length);
  });
});

describe('what comes privately', () => {
  beforeEach(() => {
    play.platform.channel.directory.permalink = async ({ place, thread }) => `https://chat.example/${place}/${thread}`;
  });
  const linksIn = (person: string) => JSON.stringify(play.chatPosts(person).map(({ card }) => card)).includes(`https://chat.example/${channelPlace}/`);

  it('links to the thread: a question passed on', async () => {
    await play.dana.asks(request);
    await play.dana.presses('continue-privately');
    await play.dana.tells('ask @Tomas');
    expect(linksIn('tomas')).toBe(true);
  });

  it('links to the thread: an introduction, and the weekly question', async () => {
    await reachAgreement(play);
    await play.passes(day);
    expect(linksIn('tomas')).toBe(true);
    const introduced = play.chatPosts('tomas').length;
    await play.tomas.presses('accept-introduction');
    await play.passes(7 * day);
    const nudge = play.chatPosts('tomas')[introduced];
    expect(cardText(nudge?.card ?? never())).toContain('How is it going?');
    expect(JSON.stringify(nudge?.card)).toContain(`https://chat.example/${channelPlace}/`);
  });

  it('has no link for somebody who can’t open it', async () => {
    play.platform.channel.directory.isMember = async () => false;
    await play.dana.asks(request);
    await play.dana.presses('continue-privately');
    await play.dana.tells('ask @Tomas');
    expect(play.chatOf('tomas')).toContain('prospecting');
    expect(linksIn('tomas')).toBe(false);
  });

  it('says of a suggestion what it is about, so that it can be shown there', async () => {
    const [maybe = ''] = await unsureMessages(1);
    await play.tomas.asks(maybe);
    const suggested = play.platform.sends.filter(({ near }) => near);
    for (const { near, to } of suggested) expect([near?.place, to.kind]).toEqual([channelPlace, 'person']);
    expect(play.chatPosts('tomas')[0]?.place).toBe(directPlace('tomas'));
    expect(suggested).toHaveLength(1);
  });
});

function never(): never {
  throw new Error('Nothing was posted.');
}
