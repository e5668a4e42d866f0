import { z } from 'zod';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import type { SeenMessage } from '../../channels/teams/fake-teams/seen.ts';
import { randomFrom } from '../random.ts';
import { keepOriginals } from '../teams/posts.ts';
import { doubledPosts, explain, readStanding } from '../teams/standing.ts';
import { openTeamsForTrial, teamsEnv } from '../teams/trial.ts';
import { createWeather } from '../teams/weather.ts';
import { type Button, filledIn, type Given, isQuestion, type NudgeWorld, patienceMs, peopleIn, type Tap } from './world.ts';

const Input = z.looseObject({ id: z.string() });

/** What stands on the buttons. */
const titles: Readonly<Record<Button, string>> = {
  'answer-in-form': 'Answer in a form',
  'challenge-as-asked': 'As asked',
  'looks-right': 'Looks right',
  'accept-introduction': "Yes, I'm in",
};

type World = { now: () => number; seed: number; messagesUrl: () => string | undefined };

/** A local Teams in which Dana asks and signs, Tomas and Keiko are asked, and Sam has the figures. */
export async function openTeamsWorld({ now, seed, messagesUrl }: World): Promise<NudgeWorld> {
  const teams = await openTeamsForTrial({ messagesUrl, now });
  const originals = keepOriginals(teams);
  const [dana = '', priya = '', ...asked] = teams.people('dana', 'priya', 'tomas', 'keiko', 'sam');
  await teams.do.join(asked[2] ?? '', teams.channel('sales-leaders'), dana);
  const weather = createWeather(teams, priya, randomFrom(seed + 4));
  const { questions, ...people } = peopleIn<SeenMessage>(dana, {
    asked,
    chat: (who) => teams.chatWithBot(who),
    nameOf: ({ id }) => id,
    offers: (message, button) => offers(message, titles[button]),
    press: (who, message, button) => teams.act.press(who, message, titles[button]),
    async fillIn(who, answers) {
      await teams.until(() => teams.visibleTo(who).dialog, patienceMs);
      await teams.act.submitForm(who, answers);
    },
    async say(who, text) {
      const said = await teams.do.say(who, teams.channel('sales-leaders'), text);
      return () => teams.thread(who, said);
    },
    until: teams.until,
    answer: (who, tap, number) => answer(teams, who, tap, number),
  });
  return {
    ...people,
    env: teamsEnv(teams),
    readyAt: 'local',
    weather,
    settled: () => teams.settled(),
    async standing(tables, kills) {
      const standing = await readStanding(tables, teams, originals);
      const { unexplained, byKill, byLostAnswer } = explain(doubledPosts(standing), { kills, unanswered: weather.unanswered });
      return {
        missing: standing.missing,
        doubled: unexplained,
        explained: byKill + byLostAnswer,
        complaints: [...standing.misplaced, ...teams.state.complaints],
        questions: questions(),
      };
    },
    close: () => teams.close(),
  };
}

/** Answers the newest question: with one tap and a line, with figures, or in the form that takes several programmes. */
async function answer(teams: FakeTeams, who: string, tap: Tap, number: () => number): Promise<Given[]> {
  const newest = teams.chatWithBot(who).findLast(({ shown, buttons }) => isQuestion(shown) && buttons.length > 0);
  const wanted = ['Answer', 'Send the figures', tap].find((title) => newest && offers(newest, title));
  if (!newest || wanted === undefined) return [];
  teams.act.closeDialog(who);
  const failures = () => teams.state.flashes.filter((one) => one.person === who && one.error).length;
  const before = failures();
  const fill = (card: unknown) => filledIn(inputsOf(card), { as: who, status: tap.toLowerCase().replace(' ', '-'), number });
  let filled = fill(undefined);
  try {
    if (wanted === 'Answer') {
      await teams.act.press(who, newest, wanted);
      const card = teams.visibleTo(who).dialog?.card;
      if (card === undefined) return [];
      filled = fill(card);
      await teams.act.submitForm(who, filled.filling);
    } else {
      filled = fill(newest.card);
      await teams.act.press(who, newest, wanted, filled.filling);
    }
  } catch {
    // Broken off by a kill: nobody knows whether it arrived.
    return [];
  }
  return failures() === before && teams.visibleTo(who).dialog === undefined ? filled.given : [];
}

/** The ids of the fields of a card. */
function inputsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(inputsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && typeof value.type === 'string' && value.type.startsWith('Input.') ? Input.safeParse(value).data : undefined;
  return own ? [own.id] : Object.values(value).flatMap(inputsOf);
}

function offers({ buttons }: SeenMessage, title: string): boolean {
  return buttons.some((one) => one.title === title);
}
