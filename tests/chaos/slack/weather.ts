import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';

type Fault = Parameters<FakeSlack['fault']>[1];

/** What goes wrong in Slack. */
export type Weather = {
  /** Often: a post hangs in Slack, done or not; resolves as soon as one does, so that the kill that follows hits it. Otherwise resolves at once. */
  beforeKill(): Promise<void>;
  /** Now and then something that Plumb survives: no answer, an error page, or too many requests. */
  passing(): void;
  /** Outbox ids of posts that Slack made and whose answer Plumb never got. */
  unanswered: ReadonlySet<string>;
};

const UNDER_WAY_MS = 1_500;

export function createWeather(slack: FakeSlack, random: () => number): Weather {
  const unanswered = new Set<string>();

  function add(fault: Fault): { hit: boolean } {
    const state = { hit: false };
    slack.fault('chat.postMessage', fault, {
      matching(body) {
        state.hit = true;
        const id = idIn(body['metadata']);
        if ('performed' in fault && fault.performed && id !== undefined) unanswered.add(id);
        return true;
      },
    });
    return state;
  }

  return {
    unanswered,
    async beforeKill() {
      slack.clearFaults();
      if (random() < 0.5) return;
      const fault = add({ kind: 'hang', performed: random() < 0.7 });
      const until = performance.now() + UNDER_WAY_MS;
      while (!fault.hit && performance.now() < until) await sleep(5);
      if (!fault.hit) slack.clearFaults();
    },
    passing() {
      const chance = random();
      if (chance < 0.1) add({ kind: 'broken', performed: true });
      else if (chance < 0.15) add({ kind: 'failure', performed: true });
      else if (chance < 0.2) add({ kind: 'failure', performed: false });
      else if (chance < 0.25) add({ kind: 'rate-limited', retryAfterSeconds: 1 });
    },
  };
}

function idIn(metadata: unknown): string | undefined {
  if (typeof metadata !== 'object' || metadata === null || !('event_payload' in metadata)) return undefined;
  const { event_payload: payload } = metadata;
  return typeof payload === 'object' && payload !== null && 'id' in payload ? String(payload.id) : undefined;
}
