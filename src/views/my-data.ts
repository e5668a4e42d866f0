import type { MyData, NamedIn } from '../domain/my-data.ts';
import type { Card, CardBlock, Form, Text } from './card.ts';
import { listed, type ViewContext } from './context.ts';
import { button, type Item, present, section, textBlock } from './parts.ts';
import { shorten } from './text.ts';
import type { WordingKey } from './wording.ts';

// The whole is in the file; on a phone the card has to stay one screen.
const wordsShown = 3;
const topicsShown = 3;
const wordsLength = 80;
const topicLength = 40;

/** What is kept of one person: how much of what, their latest words, and the ways to have it all or to have it erased. */
export function myDataCard(ctx: ViewContext, data: MyData): Card {
  return {
    summary: ctx.words.plain('my-data.summary'),
    title: ctx.words.say('my-data.title'),
    blocks: told(ctx, data),
    actions: [
      button(ctx, 'export-my-data', 'button.my-data-readable', { format: 'readable' }),
      button(ctx, 'export-my-data', 'button.my-data-data', { format: 'data' }),
      button(ctx, 'forget-me', 'button.forget-me', {}, { form: true }),
    ],
  };
}

/** The same as a form. Input: format (readable or data). */
export function myDataForm(ctx: ViewContext, data: MyData): Form {
  const { words } = ctx;
  return {
    id: 'my-data',
    title: words.plain('button.my-data'),
    submitLabel: words.plain('my-data.export'),
    submit: 'export-my-data',
    value: {},
    blocks: [
      ...told(ctx, data),
      {
        type: 'input',
        id: 'format',
        label: words.plain('my-data.format'),
        kind: 'choice',
        value: 'readable',
        required: true,
        options: [
          { value: 'readable', label: words.plain('my-data.format-readable') },
          { value: 'data', label: words.plain('my-data.format-data') },
        ],
      },
    ],
  };
}

function told(ctx: ViewContext, data: MyData): CardBlock[] {
  const { words } = ctx;
  const facts = factsOf(ctx, data);
  return [
    textBlock(words.say('my-data.intro'), 'subtle'),
    facts.length === 0 ? textBlock(words.say('my-data.nothing')) : { type: 'facts', facts },
    ...section(words.plain('my-data.latest'), data.words.slice(0, wordsShown).map(wordsItem(ctx))),
    textBlock(words.say('my-data.names'), 'subtle'),
    textBlock(kept(ctx, data), 'subtle'),
  ];
}

function wordsItem({ words }: ViewContext): (own: MyData['words'][number]) => Item {
  return ({ at, text, topic }) => ({
    text: words.say('common.quoted', { words: shorten(text, wordsLength) }),
    note: [{ at, as: 'date' }, ...(topic === undefined ? [] : [words.plain('common.comma'), shorten(topic, topicLength)])],
  });
}

function kept({ words }: ViewContext, { retentionDays }: MyData): Text {
  return retentionDays === undefined ? words.say('my-data.stays') : words.say('my-data.erased-after', { days: String(retentionDays) });
}

type Fact = { label: string; value: Text };
type CountWording = 'my-data.words-count' | 'my-data.prompts-count' | 'my-data.lessons-count' | 'my-data.counters-count' | 'my-data.waiting-count';

function factsOf(ctx: ViewContext, data: MyData): Fact[] {
  const { words } = ctx;
  const fact = (label: Extract<WordingKey, `my-data.${string}-label`>, value: Text | undefined): Fact | undefined =>
    value === undefined ? undefined : { label: words.plain(label), value };
  const count = (key: CountWording, items: number): Text | undefined => (items === 0 ? undefined : words.say(key, { count: String(items) }));
  const listedAs = data.listed.map((as) => words.plain(`my-data.listed-${as}`));
  return present(
    fact('my-data.words-label', data.words.length === 1 ? words.say('my-data.words-one') : count('my-data.words-count', data.words.length)),
    fact('my-data.requests-label', requestsText(ctx, data.named)),
    fact('my-data.weekly-label', weeklyText(ctx, data)),
    fact('my-data.prompts-label', count('my-data.prompts-count', data.prompts.length)),
    fact('my-data.lessons-label', count('my-data.lessons-count', data.lessons.length)),
    fact('my-data.counters-label', count('my-data.counters-count', data.habits.length + data.usage.length)),
    fact('my-data.waiting-label', count('my-data.waiting-count', data.waiting)),
    fact('my-data.strategy-label', data.confirmedStrategyAt === undefined ? undefined : [{ at: data.confirmedStrategyAt, as: 'date' }]),
    fact('my-data.listed-label', listedAs.length === 0 ? undefined : listed(ctx, listedAs)),
  );
}

function requestsText(ctx: ViewContext, named: readonly NamedIn[]): Text | undefined {
  const requests = named.filter(({ kind }) => kind === 'alignment');
  if (requests.length === 0) return undefined;
  const { words } = ctx;
  const topics = requests.flatMap(({ topic }) => topic ?? []).slice(0, topicsShown);
  const rest = requests.length - topics.length;
  const more = rest > 0 ? [words.plain(topics.length === 0 ? 'my-data.requests-only' : 'my-data.requests-more', { count: String(rest) })] : [];
  return listed(ctx, [...topics.map((topic) => words.plain('common.quoted', { words: shorten(topic, topicLength) })), ...more]);
}

function weeklyText({ words }: ViewContext, { weekly }: MyData): Text | undefined {
  const running = weekly.programmes.filter(({ ended }) => !ended).length;
  if (weekly.programmes.length === 0) return undefined;
  if (running === 0) return words.say('my-data.weekly-none');
  return words.say(weekly.asked ? 'my-data.weekly-on' : 'my-data.weekly-off', { count: String(running) });
}
