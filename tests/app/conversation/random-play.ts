import { z } from 'zod';
import { randomFrom } from '../../chaos/random.ts';
import { reachAgreement } from './answers.ts';
import { cardText } from './card-text.ts';
import type { Post } from './platform.ts';
import { openPlay, type Play } from './play.ts';
import { hour } from './stage.ts';

const everybody = ['dana', 'priya', 'tomas', 'keiko', 'sam'] as const;
type Somebody = (typeof everybody)[number];
const names: Readonly<Record<Somebody, RegExp>> = {
  dana: /Dana|Whitfield/,
  priya: /Priya|Raman/,
  tomas: /Tomas|Herrera/,
  keiko: /Keiko|Mori/,
  sam: /Sam\b|Okafor/,
};
/** Without anybody's name: what somebody writes about another one stays theirs. */
const lines: Readonly<Record<string, readonly string[]>> = {
  'leading-kpis': ['Second meetings per account manager, from 1 to 4 a week.', 'Qualified opportunities, from 2 to 5 a month.'],
  'weekly-call': ['Wednesdays at 11:00 New York time.', 'Mondays at 12:00 New York time.'],
  context: ['Public buyers with long tenders.', 'Clinics that buy together.'],
};
const remarks = ['thanks, that helps', 'the dashboard is late again this week', 'good call today', 'what is the next step?'] as const;
const Sent = z.looseObject({ type: z.literal('NudgeSent'), about: z.array(z.object({ programmeId: z.string(), week: z.string() })) });

/**
 * Whoever is there does something at random with a signed brief and its programme, again and again. Gives what went against what has to hold: one question
 * for each week, nobody asked who opted out, no name of somebody forgotten, and signatures only from those who signed that version.
 */
export async function playAtRandom(seed: number, steps: number): Promise<{ faults: string[]; did: string[] }> {
  const play = await openPlay();
  const random = randomFrom(seed);
  const faults: string[] = [];
  const did: string[] = [];
  const gone = new Set<Somebody>();
  const optedOut = new Set<string>();
  const signed = new Set<string>();
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];

  async function pressSomething(who: Somebody): Promise<void> {
    const posts = play[who].sees();
    const post = pick(posts.slice(-6));
    const button = post && pick(post.card.actions.filter(({ form, action }) => form !== true && action !== undefined));
    if (!post || !button?.action) return;
    did.push(`${who} presses ${button.action}`);
    const response = await play[who].presses(button.action, { on: post });
    if (response.kind === 'notice' || response.kind === 'errors') return;
    if (button.action === 'looks-right') signed.add(`${who} ${button.value?.['version']}`);
    if (button.action === 'nudge-opt-out') optedOut.add(who);
    if (button.action === 'nudge-opt-in') optedOut.delete(who);
  }

  async function changeSomething(who: Somebody): Promise<void> {
    const [question = '', texts = []] = pick(Object.entries(lines)) ?? [];
    const post = play[who].sees().findLast(({ card }) => card.actions.some(({ action }) => action === 'answer-in-form'));
    if (!post) return;
    const form = await play[who].opens('answer-in-form', post).catch(() => undefined);
    if (!form) return;
    did.push(`${who} changes ${question}`);
    await play[who].submits(form, { [question]: pick(texts) ?? '' });
  }

  async function step(): Promise<void> {
    const present = everybody.filter((one) => !gone.has(one));
    const who = pick(present);
    const chance = random();
    if (!who) return;
    if (chance < 0.3) {
      did.push('time passes');
      await play.nextTimer().catch(() => play.passes(12 * hour));
    } else if (chance < 0.72) await pressSomething(who);
    else if (chance < 0.82) await changeSomething(who);
    else if (chance < 0.9) await play[who].says(pick(remarks) ?? '');
    else if (chance < 0.93 && present.length > 3) {
      did.push(`${who} is forgotten`);
      await play[who].forges('forget-me', {});
      gone.add(who);
    } else if (chance < 0.94) {
      did.push(`${who} says stop`);
      await play[who].says('stop');
    }
  }

  try {
    await reachAgreement(play);
    for (const who of ['dana', 'priya'] as const) signed.add(`${who} ${(await play.alignment()).signedVersion}`);
    await play.passes(18 * hour);
    for (const who of ['tomas', 'keiko'] as const) await play[who].presses('accept-introduction');
    for (let at = 0; at < steps; at += 1) {
      const asked = new Map(everybody.map((who) => [who, questionsTo(play, who).length]));
      const out = [...optedOut].filter((who) => optedOut.has(who));
      await step();
      for (const who of out)
        if (optedOut.has(who) && questionsTo(play, who).length > (asked.get(who as Somebody) ?? 0))
          faults.push(`${who} was asked after opting out: ${did.at(-1)}`);
      for (const who of gone)
        for (const post of play.stage.posts())
          if (post.place !== `dm:${who}` && names[who].test(cardText(post.card))) faults.push(`${who} is named after ${did.at(-1)}: ${cardText(post.card)}`);
      const state = await play.alignment();
      if (state.status === 'aligned')
        for (const { by } of state.signatures)
          if (!by.startsWith('former:') && !signed.has(`${by} ${state.signedVersion}`)) faults.push(`${by} did not sign version ${state.signedVersion}`);
      if (faults.length > 0) break;
    }
    await play.repairs((database) => {
      const rows = z.array(z.object({ aggregate_id: z.string(), body: z.string() })).parse(database.prepare('SELECT aggregate_id, body FROM events').all());
      const weeks = rows.flatMap(
        ({ aggregate_id, body }) => Sent.safeParse(JSON.parse(body)).data?.about.map(({ programmeId, week }) => `${aggregate_id} ${programmeId} ${week}`) ?? [],
      );
      faults.push(...weeks.filter((one, at) => weeks.indexOf(one) !== at).map((one) => `asked twice: ${one}`));
    });
    faults.push(...play.platform.failures, ...play.log.lines.filter((line) => line.startsWith('error')));
    return { faults, did };
  } finally {
    await play.ends();
  }
}

/** Posts that asked somebody how it goes. */
function questionsTo(play: Play, who: string): Post[] {
  return play.platform.posts.filter(({ place, shown }) => place === `dm:${who}` && shown.some((card) => /^How is it going\?/.test(cardText(card))));
}
