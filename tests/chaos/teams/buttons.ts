import { z } from 'zod';
import { adaptiveCard } from '../../channels/teams/fake-teams/activity-check.ts';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import { attachments, buttonsOf, type SeenAction } from '../../channels/teams/fake-teams/seen.ts';
import type { Pressed } from '../history.ts';
import { type Post, postsIn, type Where } from './posts.ts';

/** A press that Teams delivered and Plumb acknowledged. */
export type PressedInTeams = Pressed & {
  where: Where;
  /** The moment of it, as a message's id. */
  at: string;
  /** Whether the answer to it was a card or a text, which is a reaction. */
  answered: boolean;
};

const Button = z.object({ data: z.object({ action: z.string(), value: z.object({ alignment: z.string(), question: z.string() }) }) });

/** The field of the form that is filled in: a question that nobody answers by a message. What is written differs each time, or it would change nothing. */
const fieldOfForm = 'data-source';

type Press = { who: string; where: Where /** Said when a press could not be kept. */; notKept: string /** Put into what is written. */; marker: string };

/**
 * Presses one button of the newest card there that asks a question, or opens the form and fills it in. Undefined when there is none, when the form did not
 * come, or when nobody knows whether it arrived.
 */
export async function pressNewest(teams: FakeTeams, { who, where, notKept, marker }: Press, chance: number): Promise<PressedInTeams | undefined> {
  const post = postsIn(teams, where).findLast((one) => named(buttonsFor(one, who), 'skip') !== undefined);
  const about = post && Button.safeParse(named(buttonsFor(post, who), 'skip')?.action);
  const wanted = chance < 0.4 ? 'skip' : chance < 0.65 ? 'dont-know' : 'answer-in-form';
  if (!post || !about?.success || !named(buttonsFor(post, who), wanted)) return undefined;
  const { alignment, question } = about.data.data.value;
  const pressed = { as: who, where, alignment, at: teams.state.nextId() };
  const said = { place: post.place, id: post.id, root: post.root ?? post.id };
  const press = await answerTo(teams, who, notKept, () => teams.act.press(who, said, wanted));
  if (!press.arrived) return closed(teams, who);
  if (wanted !== 'answer-in-form') return { ...pressed, question, by: 'button', answered: press.answered };
  const words = `RevOps pulls report ${post.id} of ${marker} from the CRM every Friday.`;
  if (!teams.state.dialogs.has(who)) return undefined;
  const sent = await answerTo(teams, who, notKept, () => teams.act.submitForm(who, { [fieldOfForm]: words }));
  // What stays open was refused, or nobody knows.
  if (!sent.arrived || teams.state.dialogs.has(who)) return closed(teams, who);
  return { ...pressed, question: fieldOfForm, by: 'form', words, answered: sent.answered };
}

/** Whether it was acknowledged, and whether anything was seen of it at once. */
async function answerTo(teams: FakeTeams, who: string, notKept: string, act: () => Promise<void>): Promise<{ arrived: boolean; answered: boolean }> {
  const flashes = () => teams.state.flashes.filter((one) => one.person === who);
  const cards = () => teams.state.messages.filter(({ views }) => views.has(who)).length;
  const before = { flashes: flashes().length, cards: cards() };
  const arrived = await act().then(
    () => true,
    () => false,
  );
  const fresh = flashes().slice(before.flashes);
  return { arrived: arrived && !fresh.some(({ text, error }) => error || text === notKept), answered: fresh.length > 0 || cards() > before.cards };
}

/** The buttons as that person has them. */
function buttonsFor(post: Post, who: string): SeenAction[] {
  return buttonsOf(post.views.get(who) ?? attachments(post.activity, adaptiveCard)[0]?.['content']);
}

function named(buttons: readonly SeenAction[], action: string): SeenAction | undefined {
  return buttons.find((one) => {
    const read = Button.safeParse(one.action);
    return read.success && read.data.data.action === action;
  });
}

/** People close what does not fill itself. */
function closed(teams: FakeTeams, who: string): undefined {
  teams.act.closeDialog(who);
}
