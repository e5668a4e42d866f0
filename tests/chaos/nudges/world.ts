import type { Zones } from '../nudge-history.ts';
import type { Side } from '../run-trial.ts';
import type { Tables } from '../tables.ts';

/** Something that a person wrote with a tap or as a figure, acknowledged: from then on the words must be there. */
export type Given = { as: string; words: string };

export const taps = ['On track', 'At risk', 'No progress'] as const;
export type Tap = (typeof taps)[number];

export type Programme = { request: string; weeklyCall: string };

/** What Plumb shows there, held against what it believes to show. */
type Standing = {
  missing: string[];
  /** Posts that stand twice and that nothing explains. */
  doubled: string[];
  /** Posts that stand twice because a kill or a lost answer came between the making and the writing down. */
  explained: number;
  /** What the platform did not like. */
  complaints: string[];
  /** How many weekly questions each of those who are asked has in their chat. */
  questions: Readonly<Record<string, number>>;
};

/** A platform in which programmes run: two managers are asked how it goes, and a third person what the numbers say. */
export type NudgeWorld = {
  /** What connects Plumb to it, and which of its listeners has to be up. */
  env: Record<string, string>;
  readyAt: 'public' | 'local';
  zones: Zones;
  /** One brief that is signed, with a programme behind it. */
  agree(programme: Programme): Promise<void>;
  /** Everybody who was introduced and waits says yes; gives how many have said so in all. */
  acceptIntroductions(): Promise<number>;
  /** Everybody answers their newest question. `number` counts what is written. Only what is known to have arrived is given back. */
  answerAll(tap: Tap, number: () => number): Promise<Given[]>;
  weather: Pick<Side['weather'], 'beforeKill' | 'passing' | 'clear'>;
  /** Resolves when nothing is on its way to Plumb. */
  settled(): Promise<void>;
  standing(tables: Tables, kills: readonly number[]): Promise<Standing>;
  close(): Promise<void>;
};

/** What people do there, in the platform's own way. */
type Ways<Message> = {
  /** The managers and whoever has the figures, as in `timeZones`. */
  asked: readonly string[];
  chat(who: string): readonly Message[];
  nameOf(message: Message): string;
  offers(message: Message, button: Button): boolean;
  press(who: string, message: Message, button: Button): Promise<unknown>;
  /** The form of the request is filled in. */
  fillIn(who: string, answers: Readonly<Record<string, string>>): Promise<unknown>;
  /** The thread of what was said there. */
  say(who: string, text: string): Promise<() => readonly Message[]>;
  until<T>(look: () => T | undefined, ms: number): Promise<T>;
  answer(who: string, tap: Tap, number: () => number): Promise<Given[]>;
};

export type Button = 'answer-in-form' | 'challenge-as-asked' | 'looks-right' | 'accept-introduction';
const timeZones = ['Europe/Madrid', 'Asia/Tokyo', 'Africa/Lagos'];

/** What is the same on every platform. `asker` asks for the programmes and signs. */
export function peopleIn<Message extends { shown: string }>(
  asker: string,
  { asked, chat, nameOf, offers, press, fillIn, say, until, answer }: Ways<Message>,
): Pick<NudgeWorld, 'zones' | 'agree' | 'acceptIntroductions' | 'answerAll'> & { questions: () => Standing['questions'] } {
  const accepted = new Set<string>();
  return {
    zones: Object.fromEntries(asked.map((who, at) => [who, timeZones[at] ?? 'utc'])),
    async agree({ request, weeklyCall }) {
      const thread = await say(asker, `@Plumb ${request}`);
      const pressNewest = async (button: Button, patience = patienceMs): Promise<void> => {
        const found = await until(() => thread().findLast((one) => offers(one, button)), patience).catch(() => undefined);
        if (found) await press(asker, found, button);
        else if (patience === patienceMs) throw new Error(`Nobody saw the button "${button}".`);
      };
      await pressNewest('answer-in-form');
      await fillIn(asker, { ...agreed, 'weekly-call': weeklyCall });
      await pressNewest('challenge-as-asked', briefPatienceMs);
      await pressNewest('looks-right');
    },
    async acceptIntroductions() {
      for (const who of asked) {
        for (const message of chat(who).filter((one) => !accepted.has(nameOf(one)) && offers(one, 'accept-introduction'))) {
          await press(who, message, 'accept-introduction');
          accepted.add(nameOf(message));
        }
      }
      return accepted.size;
    },
    async answerAll(tap, number) {
      const given: Given[] = [];
      for (const who of asked) given.push(...(await answer(who, tap, number)));
      return given;
    },
    questions: () => Object.fromEntries(asked.map((who) => [who, chat(who).filter(({ shown }) => isQuestion(shown)).length])),
  };
}

/** What somebody writes into the fields of a question, each line and figure of its own. */
export function filledIn(ids: readonly string[], { as, status, number }: { as: string; status: string; number: () => number }) {
  const given: Given[] = [];
  const write = (words: string): string => {
    given.push({ as, words });
    return words;
  };
  const entries = ids.flatMap((id): [string, string][] => {
    if (id.startsWith('status-')) return [[id, status]];
    if (id === 'note' || id.startsWith('note-')) return [[id, write(`${as} ${number()}`)]];
    return id.startsWith('reading-') ? [[id, write(String(1_000 + number()))]] : [];
  });
  return { filling: Object.fromEntries(entries), given };
}

/** What is written into the form of a request, beside the weekly call. */
const agreed = {
  driver: 'We have to grow revenue from existing accounts by 30 % this year, and the pipeline is too thin for that.',
  owner: 'Priya Raman owns this on the business side.',
  'leading-kpis': 'Second meetings per account manager, from 1 to 3 a week.',
  contribution: 'They ask for a meeting in a second department of each account every month, so the pipeline grows from accounts we have.',
  sufficiency: 'Partly. It helps them start, but the bonus still rewards any deal at any price, and that has to change too.',
  'owner-role': 'Priya opens every Monday review with one account story and no longer approves discounts by chat.',
  'manager-role': 'Tomas Vidal and Keiko Tanaka: each week we sit in on two account calls per person and coach for half an hour after them.',
  'data-source': 'Sam Adeyemi pulls them from the CRM every Friday.',
  context: 'Hospital groups with a central purchasing team.',
  reinforcement: 'A deal clinic every second week, a one-page account plan, and a practice call with the manager after a month.',
  budget: 'None yet, the budget is decided with finance next month.',
};

/** How long somebody waits for a button, in milliseconds. */
export const patienceMs = 30_000;
/** The same for one that does not have to come. */
const briefPatienceMs = 1_500;

export const isQuestion = (shown: string): boolean => /^(How is it going\?|What do the numbers say this week\?)/.test(shown);

/** Waits for what an act gives; undefined when it failed: then nobody knows whether it arrived. */
export async function orUnknown<T>(act: Promise<T>): Promise<T | undefined> {
  return act.catch(() => undefined);
}
