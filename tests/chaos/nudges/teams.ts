import { z } from 'zod';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import type { SeenMessage } from '../../channels/teams/fake-teams/seen.ts';
import { randomFrom } from '../random.ts';
import { keepOriginals } from '../teams/posts.ts';
import { doubledPosts, explain, readStanding } from '../teams/standing.ts';
import { openTeamsForTrial, teamsEnv } from '../teams/trial.ts';
import { createWeather } from '../teams/weather.ts';
import { agreed, briefPatienceMs, type Given, isQuestion, type NudgeWorld, type Programme, patienceMs, type Tap } from './world.ts';

const Input = z.looseObject({ id: z.string() });

type World = { now: () => number; seed: number; messagesUrl: () => string | undefined };

/** A local Teams in which Dana asks and signs, Tomas and Keiko are asked, and Sam has the figures. */
export async function openTeamsWorld({ now, seed, messagesUrl }: World): Promise<NudgeWorld> {
  const teams = await openTeamsForTrial({ messagesUrl, now });
  const originals = keepOriginals(teams);
  const [dana = '', priya = '', tomas = '', keiko = '', sam = ''] = teams.people('dana', 'priya', 'tomas', 'keiko', 'sam');
  await teams.do.join(sam, teams.channel('sales-leaders'), dana);
  const asked = [tomas, keiko, sam];
  const weather = createWeather(teams, priya, randomFrom(seed + 4));
  const accepted = new Set<string>();
  return {
    env: teamsEnv(teams),
    readyAt: 'local',
    zones: { [tomas]: 'Europe/Madrid', [keiko]: 'Asia/Tokyo', [sam]: 'Africa/Lagos' },
    agree: (programme) => agree(teams, dana, programme),
    async acceptIntroductions() {
      for (const who of asked) {
        for (const message of teams.chatWithBot(who).filter((one) => !accepted.has(one.id) && offers(one, "Yes, I'm in"))) {
          await teams.act.press(who, message, "Yes, I'm in");
          accepted.add(message.id);
        }
      }
      return accepted.size;
    },
    async answerAll(tap, number) {
      const given: Given[] = [];
      for (const who of asked) given.push(...(await answer(teams, who, tap, number)));
      return given;
    },
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
        questions: Object.fromEntries(asked.map((who) => [who, teams.chatWithBot(who).filter(({ shown }) => isQuestion(shown)).length])),
      };
    },
    close: () => teams.close(),
  };
}

async function agree(teams: FakeTeams, dana: string, { request, weeklyCall }: Programme): Promise<void> {
  const said = await teams.do.say(dana, teams.channel('sales-leaders'), `@Plumb ${request}`);
  const press = async (title: string, patience = patienceMs): Promise<void> => {
    const found = await teams.until(() => teams.thread(dana, said).findLast((one) => offers(one, title)), patience).catch(() => undefined);
    if (found) return teams.act.press(dana, found, title);
    if (patience === patienceMs) throw new Error(`Nobody saw the button "${title}".`);
  };
  await press('Answer in a form');
  await teams.until(() => teams.visibleTo(dana).dialog, patienceMs);
  await teams.act.submitForm(dana, { ...agreed, 'weekly-call': weeklyCall });
  await press('As asked', briefPatienceMs);
  await press('Looks right');
}

/** Answers the newest question: with one tap and a line, with figures, or in the form that takes several programmes. */
async function answer(teams: FakeTeams, who: string, tap: Tap, number: () => number): Promise<Given[]> {
  const newest = teams.chatWithBot(who).findLast(({ shown, buttons }) => isQuestion(shown) && buttons.length > 0);
  const wanted = ['Answer', 'Send the figures', tap].find((title) => newest && offers(newest, title));
  if (!newest || wanted === undefined) return [];
  const given: Given[] = [];
  teams.act.closeDialog(who);
  const failures = () => teams.state.flashes.filter((one) => one.person === who && one.error).length;
  const before = failures();
  try {
    if (wanted === 'Answer') {
      await teams.act.press(who, newest, wanted);
      const card = teams.visibleTo(who).dialog?.card;
      if (card === undefined) return [];
      await teams.act.submitForm(who, fillingOf(card, tap, write));
    } else await teams.act.press(who, newest, wanted, fillingOf(newest.card, tap, write));
  } catch {
    // Broken off by a kill: nobody knows whether it arrived.
    return [];
  }
  return failures() === before && teams.visibleTo(who).dialog === undefined ? given : [];

  function write(kind: 'line' | 'figure'): string {
    const words = kind === 'line' ? `${who} ${number()}` : String(1_000 + number());
    given.push({ as: who, words });
    return words;
  }
}

function fillingOf(card: unknown, tap: Tap, write: (kind: 'line' | 'figure') => string): Record<string, string> {
  return Object.fromEntries(
    inputsOf(card).flatMap((id): [string, string][] => {
      if (id.startsWith('status-')) return [[id, tap.toLowerCase().replace(' ', '-')]];
      if (id === 'note' || id.startsWith('note-')) return [[id, write('line')]];
      return id.startsWith('reading-') ? [[id, write('figure')]] : [];
    }),
  );
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
