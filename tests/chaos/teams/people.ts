import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import { answers, opening, pressesPerThread, pressShare } from '../lines.ts';
import { type PressedInTeams, pressNewest } from './buttons.ts';
import { reactedSince, type Where } from './posts.ts';

/** Somebody who talks, where, and the word of their own that each of their conversations has. */
export type Talker = {
  who: string;
  tenant: string;
  marker: string;
  channels: readonly string[];
  chat?: string /** Plumb hears only what mentions it. */;
  mentions: boolean;
};

/** A message that somebody wrote. Whether Plumb acknowledged it stands in what Teams delivered. */
export type Said = { where: Where; id: string; text: string };

export type Talk = {
  said: readonly Said[];
  pressed: readonly PressedInTeams[];
  /** Conversations that Plumb was to begin by command or by the action on a message. */
  started: readonly Where[];
  /** Lets everybody finish the message in hand and resolves when nobody talks any more. */
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 60;
const PATIENCE_MS = 20_000;
const PRESS_TRIES = 3;
const PRESS_PAUSE_MS = 600;
const startOf = 'start an alignment: ';

/**
 * Lets people talk with Plumb in Teams until `stop`: by mention and without, by command, by the action on a message, in channels, once each in a 1:1 chat and
 * once in a group chat; they press buttons and fill in forms. `notKept`: what a press is answered that could not be kept. `random` gives numbers from 0 up to 1.
 */
export function talk(teams: FakeTeams, talkers: readonly Talker[], notKept: string, random: () => number): Talk {
  const said: Said[] = [];
  const pressed: PressedInTeams[] = [];
  const started: Where[] = [];
  const state = { talking: true };

  async function until(look: () => boolean): Promise<boolean> {
    const end = performance.now() + PATIENCE_MS;
    while (state.talking && performance.now() < end) {
      if (look()) return true;
      await sleep(LOOK_EVERY_MS);
    }
    return false;
  }

  async function say({ who, mentions }: Talker, where: Where, text: string): Promise<Said> {
    const written = mentions ? `@Plumb ${text}` : text;
    const thread = where.root === '' ? {} : { thread: { place: where.place, id: where.root, root: where.root } };
    const message = { where, id: (await teams.do.say(who, where.place, written, thread)).id, text: written };
    said.push(message);
    return message;
  }

  /** In a channel the message opens its own thread. */
  async function open({ who, tenant, channels, mentions }: Talker, text: string): Promise<Said> {
    const place = channels[Math.floor(random() * channels.length)] ?? '';
    const written = mentions || text.startsWith(startOf) || random() < 0.6 ? `@Plumb ${text}` : capital(text);
    const { id } = await teams.do.say(who, place, written);
    const message = { where: { tenant, place, root: id }, id, text: written };
    said.push(message);
    if (text.startsWith(startOf)) started.push(message.where);
    return message;
  }

  /** In a chat Plumb hears everything. */
  async function chat(talker: Talker, place: string, text: string): Promise<Said> {
    return say({ ...talker, mentions: false }, { tenant: talker.tenant, place, root: '' }, place === talker.chat ? `@Plumb ${text}` : capital(text));
  }

  /** Somebody asks without mentioning Plumb where it hears no more than that, and uses the action on what they wrote. */
  async function act({ who, tenant, channels }: Talker, text: string): Promise<Said | undefined> {
    const place = channels[0] ?? '';
    const message = await teams.do.say(who, place, capital(text));
    const where = { tenant, place, root: message.id };
    for (let tries = 0; tries < PRESS_TRIES && state.talking; tries += 1) {
      if (tries > 0) await sleep(PRESS_PAUSE_MS);
      const done = await teams.act
        .messageAction(who, message, 'start_alignment')
        .then(() => teams.act.submitForm(who))
        .then(
          () => !teams.state.dialogs.has(who) && teams.state.flashes.findLast((one) => one.person === who)?.text !== notKept,
          () => false,
        );
      teams.act.closeDialog(who);
      if (!done) continue;
      started.push(where);
      return { where, id: message.id, text };
    }
    return undefined;
  }

  function begin(talker: Talker, n: number): Promise<Said | undefined> {
    const text = opening(n).replace('@Plumb my', 'my').replace('account managers', `account managers at ${talker.marker}`);
    if (n === 1) return chat(talker, teams.personal(talker.who), text);
    if (n === 2 && talker.chat !== undefined) return chat(talker, talker.chat, text);
    const chance = random();
    if (talker.mentions && chance < 0.4) return act(talker, text);
    return open(talker, chance > 0.8 ? `${startOf}${text}` : text);
  }

  async function person(talker: Talker): Promise<void> {
    for (let n = 0; state.talking; n += 1) {
      const opened = await begin(talker, n);
      if (opened && (await until(() => reactedSince(teams, opened.where, opened.id)))) await talkThrough(talker, opened);
    }
  }

  async function talkThrough(talker: Talker, opened: Said): Promise<void> {
    let last = opened;
    let presses = 0;
    for (const text of answers) {
      if (!state.talking) return;
      const before = last;
      const answered = await until(() => reactedSince(teams, before.where, before.id));
      // What was just said may answer the question on the card: before Plumb has read it, a press may rightly do nothing.
      if (answered && presses < pressesPerThread && random() < pressShare && (await press(talker, opened.where))) presses += 1;
      const isChat = opened.where.root === '';
      last = await say({ ...talker, mentions: talker.mentions && !isChat }, opened.where, text);
    }
    await until(() => reactedSince(teams, last.where, last.id));
  }

  async function press({ who, marker }: Talker, where: Where): Promise<boolean> {
    let done: PressedInTeams | undefined;
    // Somebody who sees that a press failed presses again, whether the first one arrived or not.
    for (let tries = 0; !done && tries < PRESS_TRIES && state.talking; tries += 1) {
      if (tries > 0) await sleep(PRESS_PAUSE_MS);
      done = await pressNewest(teams, { who, where, notKept, marker }, random());
    }
    if (!done) return false;
    pressed.push(done);
    await until(() => done.answered || reactedSince(teams, where, done.at));
    return true;
  }

  const everybody = Promise.all(talkers.map(person));
  return {
    said,
    pressed,
    started,
    async stop() {
      state.talking = false;
      await everybody;
    },
  };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
