import { textIdsIn } from '../../src/app/text-ids.ts';
import { roomTenant } from '../../src/channels/room/people.ts';
import type { CoachingEvent } from '../../src/domain/coaching-event.ts';
import type { Evidence } from '../../src/domain/coaching-state.ts';
import type { Quote } from '../../src/domain/conversation.ts';
import type { Card } from '../../src/views/card.ts';
import { plainText } from '../../src/views/text.ts';
import { buttonsOf, cardText } from '../app/conversation/card-text.ts';
import type { OpenStage } from '../app/conversation/stage.ts';

/** `turn`: the last that was said before it arrived. `text`: the question. `evidence`: the quoted words. */
export type ShownPrompt = { trigger: string; turn: number; text: string; evidence: string };
export type PutChallenge = { turn: number; text: string; evidence: string };
/** Somebody came round or insisted, and Plumb noted what was asked for and what came of it, though nobody had it put the choice. */
export type NotedDecision = { turn: number; outcome: 'kept' | 'changed'; text: string; evidence: string };
/** `mostOpen`: the most prompts that one person had open at the same time. */
export type Coached = { livePrompts: readonly ShownPrompt[]; challenges: readonly PutChallenge[]; decisions: readonly NotedDecision[]; mostOpen: number };

type Shown = Extract<CoachingEvent, { type: 'LivePromptShown' }>;
type Put = Extract<CoachingEvent, { type: 'ChallengePut' }>;
type Noted = Extract<CoachingEvent, { type: 'FocusDecided' }>;
type Send = OpenStage['platform']['sends'][number];

const promptButton = 'ask-prompt';
const challengeButton = 'challenge-as-asked';

/** Follows what the coach does in a dialogue: prompts that arrive in somebody's 1:1 chat, and challenges by Plumb itself. */
export function watchCoach(scene: OpenStage) {
  const livePrompts: ShownPrompt[] = [];
  const challenges: PutChallenge[] = [];
  const decisions: NotedDecision[] = [];
  const seen = new Set<string>();
  let looked = 0;
  let mostOpen = 0;

  const isNew = (key: string): boolean => !seen.has(key) && seen.add(key).size > 0;

  return {
    /** Takes note of what came since the last look; `turn` is the one that was said last. */
    async look(turn: number): Promise<void> {
      const sends = scene.platform.sends.slice(looked);
      looked += sends.length;
      mostOpen = Math.max(mostOpen, mostOpenNow(scene));
      const events = await coachingEvents(scene);
      for (const { alignment, event, words } of events) {
        if (event.type === 'FocusDecided') {
          const { decision } = event;
          const said = decision.words ? words([{ quote: decision.words, by: decision.by, messageRef: '' }]) : '';
          const { outcome } = decision;
          if (outcome !== 'to-find-out' && isNew(`${alignment} decided`)) decisions.push({ turn, outcome, text: said, evidence: words(decision.evidence) });
          continue;
        }
        const { evidence } = event.type === 'LivePromptShown' ? event.prompt : event.challenge;
        if (event.type === 'ChallengePut') {
          const card = sends.map(cardOf).findLast((sent) => sent && buttonsOf(sent).includes(challengeButton));
          if (isNew(`${alignment} challenge ${event.challenge.id}`)) challenges.push({ turn, text: card ? cardText(card) : '', evidence: words(evidence) });
          continue;
        }
        const { trigger } = event.prompt;
        const card = sends
          .filter(isPrivate)
          .map(cardOf)
          .find((sent) => sent && isPromptOf(sent, alignment, trigger));
        if (card && isNew(`${alignment} prompt ${trigger}`)) livePrompts.push({ trigger, turn, text: questionOf(card), evidence: words(evidence) });
      }
    },
    coached(): Coached {
      const put = [...challenges, ...handedOver(livePrompts)].sort((one, other) => one.turn - other.turn);
      // What was put and then decided is one thing.
      return { livePrompts, challenges: put, decisions: put.length > 0 ? [] : decisions, mostOpen };
    },
  };
}

/** Where a partner is at work, a contradiction is theirs to put: the prompt is what Plumb's own challenge would have been. */
function handedOver(livePrompts: readonly ShownPrompt[]): PutChallenge[] {
  return livePrompts.filter(({ trigger }) => trigger === 'strategy-conflict').map(({ turn, text, evidence }) => ({ turn, text, evidence }));
}

const isPrivate = ({ audience }: Send): boolean => audience === 'private';
const cardOf = ({ card }: Send): Card | undefined => (card === 'removed' ? undefined : card);

function isPromptOf(card: Card, alignment: string, trigger: string): boolean {
  return card.actions.some(({ action, value }) => action === promptButton && value?.['alignment'] === alignment && value['prompt'] === trigger);
}

/** The one strong line of the card; all of it where there is none. */
function questionOf(card: Card): string {
  const strong = card.blocks.flatMap((block) => (block.type === 'text' && block.style === 'strong' ? [plainText(block.text)] : []));
  return strong.length === 0 ? cardText(card) : strong.join('\n');
}

function mostOpenNow({ stage }: OpenStage): number {
  const open = new Map<string, number>();
  for (const { place, audience, card } of stage.posts()) {
    if (audience === 'private' && buttonsOf(card).includes(promptButton)) open.set(place, (open.get(place) ?? 0) + 1);
  }
  return Math.max(0, ...open.values());
}

async function coachingEvents(scene: OpenStage) {
  const { aggregates, texts } = scene.store();
  const stored = await aggregates.list({ tenant: roomTenant, kind: 'alignment', limit: 100 });
  const found: { alignment: string; event: Shown | Put | Noted; words(evidence: readonly Evidence[]): string }[] = [];
  for (const { ref } of stored) {
    const events = (await aggregates.events(ref)).filter(isWatched);
    const bodies = await texts.load([...textIdsIn(events)]);
    const words = ({ textId, start, end }: Quote): string => bodies.get(textId)?.body.slice(start, end) ?? '';
    found.push(...events.map((event) => ({ alignment: ref.id, event, words: (all: readonly Evidence[]) => all.map(({ quote }) => words(quote)).join(' / ') })));
  }
  return found;
}

const watched: readonly unknown[] = ['LivePromptShown', 'ChallengePut', 'FocusDecided'];

function isWatched(event: unknown): event is Shown | Put | Noted {
  return typeof event === 'object' && event !== null && 'type' in event && watched.includes(event.type);
}
