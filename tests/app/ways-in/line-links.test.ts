import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { directPlace } from '../../../src/channels/room/people.ts';
import type { Form, TextPart } from '../../../src/views/card.ts';
import { askPlumb } from '../ask-plumb.ts';
import { answers, request } from '../conversation/answers.ts';
import { channelPlace } from '../conversation/platform.ts';
import { openPlay, type Play } from '../conversation/play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  play.platform.channel.directory.permalink = async ({ place }, messageId) => `https://chat.example/${place}/${messageId}`;
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

function linksIn({ blocks }: Form): string[] {
  const texts = blocks.flatMap((block) => {
    if (block.type === 'list') return block.items.flatMap(({ note }) => (note ? [note] : []));
    return block.type === 'text' ? [block.text] : [];
  });
  const parts = texts.flatMap((text): readonly TextPart[] => (typeof text === 'string' ? [] : text));
  return parts.flatMap((part) => (typeof part === 'object' && 'link' in part ? [part.link] : []));
}

async function whoSaidThis(by: 'dana' | 'sam' | 'priya'): Promise<Form> {
  const response = await play[by].requests('who-said-this', { alignment: (await play.alignment()).id });
  if (response.kind !== 'form') throw new Error(`No form came back but ${JSON.stringify(response)}`);
  return response.form;
}

it('each line links to the message it came from', async () => {
  const asked = await play.dana.asks(request);
  const answered = await play.dana.says(answers.driver);
  // What the request told, such as its topic, links to the request as well.
  const links = [...new Set(linksIn(await whoSaidThis('sam')))];
  expect(links).toEqual([asked, answered].map(({ event }) => `https://chat.example/${channelPlace}/${event.messageId}`));
});

it('an answer from a form links to nothing, nor do words behind a command', async () => {
  await askPlumb(play).gives('dana', 'start', { text: 'We need a negotiation course' });
  play.stage.setThread(play.channelPosts()[0]?.id ?? '');
  await play.dana.submits(await play.dana.opens('answer-in-form'), { context: answers.context });
  expect(linksIn(await whoSaidThis('dana'))).toEqual([]);
});

it('nobody gets a link to where they may not read', async () => {
  await play.dana.asks(request);
  await play.dana.presses('continue-privately');
  await play.dana.tells(answers.driver);
  await play.priya.presses('claim');
  expect(linksIn(await whoSaidThis('dana')).filter((link) => link.includes(directPlace('dana')))).toHaveLength(1);
  expect(linksIn(await whoSaidThis('priya')).filter((link) => link.includes(directPlace('dana')))).toEqual([]);
});
