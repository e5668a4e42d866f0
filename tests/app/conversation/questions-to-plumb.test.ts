import { afterEach, describe, expect, it } from '@jest/globals';
import { answers, answerUntil, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';

let play: Play;
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

async function begins(options: Parameters<typeof openPlay>[0] = {}): Promise<void> {
  play = await openPlay(options);
  await play.dana.asks(request);
}

const lastPost = () => {
  const post = play.threadPosts().at(-1);
  return post ? cardText(post.card) : '';
};

describe('who sees this', () => {
  it.each(['who sees this?', 'hm ok, is this anonymous?', 'Does my boss get this?', 'who reads all of this', 'what happens with all this afterwards'])(
    'is answered after "%s"; nothing is noted',
    async (words) => {
      await begins();
      await play.dana.says(words);
      expect(lastPost()).toContain(play.prompts.words.plain('about.named'));
      expect(lastPost()).not.toContain(play.prompts.questions.driver.why);
      expect([await play.asked(), await play.answer('driver')]).toEqual(['driver', 'open']);
    },
  );

  it('does not take the answer before it away', async () => {
    await begins();
    await play.dana.says(answers.driver);
    await play.dana.says('that would be Keiko Mori. and who sees all of this?');
    expect(await play.answer('owner')).toBe('clear');
    expect(await play.asked()).toBe('leading-kpis');
    expect(lastPost()).toContain(play.prompts.words.plain('about.named'));
  });

  it('names the external model only where one reads along', async () => {
    await begins({ model: 'configured' });
    await play.dana.says('who sees this?');
    expect(lastPost()).toContain(play.prompts.words.plain('about.model'));
    await play.ends();
    await begins();
    await play.dana.says('who sees this?');
    expect(lastPost()).not.toContain(play.prompts.words.plain('about.model'));
  });

  it('is told in private where people talk in private', async () => {
    await begins();
    await play.dana.presses('continue-privately');
    await play.dana.tells('who can see what i write here?');
    expect(play.chatOf('dana')).toContain(play.prompts.words.plain('about.read-privately'));
  });
});

describe('what there is so far', () => {
  it.each(['what do you have so far?', "ok what's missing", 'is that it?', 'how many left?', 'not sure what else u need?', 'where are we'])(
    'is listed after "%s", with what is open and the open question last',
    async (words) => {
      await begins();
      await play.dana.says(answers.driver);
      await play.dana.says(words);
      const { questions } = play.prompts;
      expect(lastPost()).toContain('We have to grow revenue');
      expect(lastPost().toLowerCase()).toContain(questions['leading-kpis'].label.toLowerCase());
      expect(questions.owner.ask).toContain(lastPost().split('\n').at(-1));
      expect(lastPost().split('\n').length).toBeLessThanOrEqual(9);
      expect([await play.asked(), await play.answer('owner')]).toEqual(['owner', 'open']);
    },
  );

  it('is short when much is there', async () => {
    await begins();
    await answerUntil(play, 'budget');
    await play.dana.says('what is left?');
    expect(lastPost().split('\n').length).toBeLessThanOrEqual(9);
  });

  it('is told about the draft as well', async () => {
    await begins();
    await answerUntil(play);
    await play.dana.says("what's left?");
    expect(lastPost()).toContain(play.prompts.words.plain('about.none-open'));
    expect(await play.status()).toBe('reviewing');
  });

  it('goes when the words it repeats are deleted', async () => {
    await begins();
    const message = await play.dana.says(answers.driver);
    await play.dana.says('what do you have so far?');
    await message.deletes();
    expect(play.thread()).not.toContain('grow revenue');
  });

  it('of a private conversation is told to nobody else', async () => {
    await begins();
    await play.dana.presses('continue-privately');
    await play.dana.tells(answers.driver);
    await play.sam.says('@Plumb what do you have so far?');
    expect(play.thread() + play.chatOf('sam')).not.toContain('grow revenue');
  });
});

describe('an example', () => {
  it.each(['like what?', 'e.g.?', 'can you give me an example', 'sorry what do you mean', 'what does leading mean?', 'not sure, what do others do?'])(
    'for the open question follows "%s"',
    async (words) => {
      await begins();
      await play.dana.says(answers.driver);
      await play.dana.says(answers.owner);
      await play.dana.says(words);
      const { has, examples } = play.prompts.questions['leading-kpis'];
      expect(lastPost()).toContain(has);
      expect(lastPost()).toContain(examples[0]?.text);
      expect([await play.asked(), await play.answer('leading-kpis')]).toEqual(['leading-kpis', 'open']);
    },
  );
});

describe('what people ask each other', () => {
  it.each(['Priya what do you suggest?', 'Tomas, what else do you need?'])('is none of its business: "%s"', async (words) => {
    await begins();
    const before = play.thread();
    await play.dana.says(words);
    expect(play.thread()).toBe(before);
  });

  it('is left alone when a colleague asks whom it did not ask', async () => {
    await begins();
    const before = play.thread();
    await play.sam.says("what's missing?");
    expect(play.thread()).toBe(before);
    await play.sam.says("@Plumb what's missing?");
    expect(play.thread()).not.toBe(before);
  });

  it('makes a short question back one to them', async () => {
    await begins();
    await play.priya.says('Could you bring something to the review, Dana?');
    const before = play.thread();
    await play.dana.says('like what?');
    expect(play.thread()).toBe(before);
  });
});
