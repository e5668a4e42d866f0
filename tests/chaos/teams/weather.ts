import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import type { Side } from '../run-trial.ts';

type Fault = Parameters<FakeTeams['fault']>[1];

/** What goes wrong in Teams. */
export type Weather = Side['weather'] & {
  /** Posts (and changes) that Teams made and whose answer Plumb never got. */
  unanswered: readonly Unanswered[];
  /** How often each kind of thing went wrong. */
  counts: Readonly<Record<string, number>>;
};

/** What it said, as JSON, and when Teams was asked. */
export type Unanswered = { original: string; at: number };

const UNDER_WAY_MS = 1_500;
const SLOW_MS = 900;

/** By their share of a hundred kills; the rest is fine. */
const passing: readonly { share: number; name: string; fault: Fault }[] = [
  { share: 8, name: 'broken', fault: { kind: 'broken', performed: true } },
  { share: 4, name: 'broken', fault: { kind: 'broken', performed: false } },
  { share: 4, name: 'bad_gateway', fault: { kind: 'documented', error: 'BadGateway', performed: true } },
  { share: 4, name: 'bad_gateway', fault: { kind: 'documented', error: 'BadGateway' } },
  { share: 4, name: 'gateway_timeout', fault: { kind: 'documented', error: 'GatewayTimeout', performed: true } },
  { share: 4, name: 'gateway_timeout', fault: { kind: 'documented', error: 'GatewayTimeout' } },
  { share: 6, name: 'throttled', fault: { kind: 'documented', error: 'Throttled', retryAfterSeconds: 1 } },
  { share: 6, name: 'throttled', fault: { kind: 'documented', error: 'Throttled' } },
  { share: 6, name: 'precondition_failed', fault: { kind: 'documented', error: 'PreconditionFailed' } },
  { share: 8, name: 'slow', fault: { kind: 'hang', performed: true, ms: SLOW_MS } },
];
const ROSTER_SHARE = 8;
const REFUSAL_SHARE = 10;

/** `refuses`: the person whose 1:1 chat takes no messages for a while. */
export function createWeather(teams: FakeTeams, refuses: string, random: () => number): Weather {
  const unanswered: Unanswered[] = [];
  const counts: Record<string, number> = {};
  let isRefused = false;

  function addToSends(name: string, fault: Fault): { hit: boolean } {
    const state = { hit: false };
    teams.fault('*', fault, {
      matching(body) {
        const message = body['activity'] ?? body;
        if (!isMessage(message)) return false;
        state.hit = true;
        counts[name] = (counts[name] ?? 0) + 1;
        if ('performed' in fault && fault.performed && !('ms' in fault && fault.ms !== undefined))
          unanswered.push({ original: JSON.stringify(message), at: teams.state.now() });
        return true;
      },
    });
    return state;
  }

  async function accept(): Promise<void> {
    isRefused = false;
    teams.do.block(refuses, false);
    await teams.do.addApp(refuses);
  }

  function turnRefusal(): void {
    if (isRefused) return void accept();
    isRefused = true;
    counts['refused_person'] = (counts['refused_person'] ?? 0) + 1;
    teams.do.block(refuses);
  }

  return {
    unanswered,
    counts,
    async beforeKill() {
      teams.clearFaults();
      if (random() < 0.5) return;
      const fault = addToSends('hung', { kind: 'hang', performed: random() < 0.7 });
      const until = performance.now() + UNDER_WAY_MS;
      while (!fault.hit && performance.now() < until) await sleep(5);
      if (!fault.hit) teams.clearFaults();
    },
    passing() {
      if (random() * 100 < REFUSAL_SHARE) turnRefusal();
      if (random() * 100 < ROSTER_SHARE) {
        teams.fault('pagedMembers', { kind: 'documented', error: 'BadGateway' });
        teams.fault('member', { kind: 'broken', performed: false });
      }
      let chance = random() * 100;
      for (const { share, name, fault } of passing) {
        chance -= share;
        if (chance < 0) return void addToSends(name, fault);
      }
    },
    async clear() {
      teams.clearFaults();
      await accept();
    },
  };
}

function isMessage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'message';
}
