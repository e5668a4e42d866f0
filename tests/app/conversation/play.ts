import { jest } from '@jest/globals';
import type { TenantSettings } from '../../../src/app/ports.ts';
import type { ProgrammeState } from '../../../src/domain/programme-state.ts';
import { currentAnswers, type QuestionId, statusOf } from '../../../src/domain/questions.ts';
import type { StartedAlignment } from '../../../src/domain/state.ts';
import { createLocalLanguage } from '../../../src/language/local/local-language.ts';
import { createActor } from './actor.ts';
import { cardText, questionIn } from './card-text.ts';
import { channelPlace, type Post } from './platform.ts';
import { openStage, prompts, type StageOptions } from './stage.ts';

const localLanguage = createLocalLanguage({ knowledge: prompts.knowledge });
// Whole conversations on a busy machine; nothing here is measured.
jest.setTimeout(60_000);

export type Play = Awaited<ReturnType<typeof openPlay>>;

/** A stage on which the five people of the room act. */
export async function openPlay(
  options: Partial<TenantSettings> & Partial<Pick<StageOptions, 'startAt' | 'language' | 'model' | 'workspaces' | 'people'>> = {},
) {
  const { startAt, language = localLanguage, model = 'none', workspaces = 'one', people, ...given } = options;
  const settings = { partners: [{ personId: 'priya' }], admins: ['priya'], ...given };
  const scene = await openStage({ language, settings, model, workspaces, ...(startAt !== undefined && { startAt }), ...(people && { people }) });
  const { stage, store } = scene;

  async function alignment(): Promise<StartedAlignment> {
    const state = await scene.alignment();
    if (!state) throw new Error('No alignment has begun.');
    return state;
  }

  const postsIn = (place: string, of = '') => stage.posts().filter((post) => post.place === place && (place !== channelPlace || post.thread === of));

  return {
    ...scene,
    dana: createActor(stage, 'dana'),
    priya: createActor(stage, 'priya'),
    tomas: createActor(stage, 'tomas'),
    keiko: createActor(stage, 'keiko'),
    sam: createActor(stage, 'sam'),
    prompts,
    alignment,
    status: async () => (await alignment()).status,
    asked: async () => (await alignment()).asked?.questionId,
    answer: async (questionId: QuestionId) => statusOf((await alignment()).answers, questionId),
    programme: async () => (await store().aggregates.load({ kind: 'programme', id: (await alignment()).id }))?.snapshot as ProgrammeState | undefined,
    /** What was said is kept as it was said. */
    words: async (questionId: QuestionId): Promise<string[]> => {
      const given = currentAnswers((await alignment()).answers, questionId).flatMap((each) => each.text ?? []);
      const texts = await store().texts.load(given.map(({ textId }) => textId));
      return given.map(({ textId, start, end }) => texts.get(textId)?.body.slice(start, end) ?? '(erased)');
    },
    /** Who gave what counts now. */
    authors: async (questionId: QuestionId) => currentAnswers((await alignment()).answers, questionId).map(({ by }) => by),
    /** Everything that Plumb shows in the thread, oldest first. */
    thread: () =>
      postsIn(channelPlace, stage.thread())
        .map((post) => cardText(post.card))
        .join('\n---\n'),
    threadPosts: () => postsIn(channelPlace, stage.thread()),
    /** What Plumb shows at channel level: posts that are not in the thread of somebody's message. */
    channelPosts: () => stage.posts().filter((post) => post.place === channelPlace && post.audience === 'channel'),
    chatOf: (personId: string) =>
      postsIn(`dm:${personId}`)
        .map((post) => cardText(post.card))
        .join('\n---\n'),
    chatPosts: (personId: string) => postsIn(`dm:${personId}`),
    questionIn: (post: Post | undefined) => post && questionIn(prompts, post.card),
    /** The clock, so many milliseconds on. */
    passes: (ms: number) => scene.moveTo(stage.now() + ms),
    async nextTimer(): Promise<number> {
      const due = await store().timers.nextDueAt();
      if (due === undefined) throw new Error('No timer is set.');
      await scene.moveTo(due);
      return due;
    },
  };
}
