import type { CoachingCommand } from './coaching-command.ts';
import type { CoachingEvent } from './coaching-event.ts';
import { noCoaching, type Signal } from './coaching-state.ts';
import type { By } from './command.ts';
import { type HeardCue, isHeardSurely } from './cues.ts';
import { rolesOf } from './permissions.ts';
import type { StartedAlignment } from './state.ts';

type Of<T extends CoachingCommand['type']> = Extract<CoachingCommand, { type: T }>;

/** Nobody from L&D is there to say it: Plumb itself proposes a first group, once, when the essentials are known (METHOD §7). */
export function proposePilot(state: StartedAlignment, signals: readonly Signal[], now: number): CoachingEvent[] {
  const { pilot, pilotProposedAt } = state.coaching ?? noCoaching;
  const signal = signals.find(({ trigger, sure }) => trigger === 'too-broad' && sure);
  if (!signal || pilot || pilotProposedAt !== undefined || state.partners.length > 0) return [];
  const isTime = state.status === 'clarifying' && (state.pace === 'offered' || state.pace === 'all');
  return isTime ? [{ type: 'PilotProposed', at: now, evidence: signal.evidence }] : [];
}

/** One team first, said by those who lead the change where everybody at once was spoken of: that is the pilot, in their words. */
export function agreedByNarrowing(state: StartedAlignment, { by, act }: Pick<By, 'by' | 'act'>, cues: readonly HeardCue[], now: number): CoachingEvent[] {
  const { cues: known, pilot } = state.coaching ?? noCoaching;
  if ((state.status !== 'clarifying' && state.status !== 'reviewing') || pilot?.status === 'agreed') return [];
  const roles = rolesOf(state, by);
  if (!roles.includes('requester') && !roles.includes('owner')) return [];
  const at = cues.findLastIndex((heard) => heard.cue === 'narrowed' && isHeardSurely(heard));
  const narrowed = cues[at];
  const before = [...known, ...cues.slice(0, Math.max(at, 0))];
  if (!narrowed || !(pilot || before.some(({ cue }) => cue === 'whole-force'))) return [];
  return [{ type: 'PilotAgreed', at: now, by, act, group: narrowed.quote, messageRef: narrowed.messageRef }];
}

/** Keeps the group, and what else a form said of it. */
export function agreePilot(state: StartedAlignment, command: Of<'AgreePilot'>, now: number): CoachingEvent[] {
  if (state.status === 'suggested' || state.status === 'withdrawn') return [];
  const { by, act, group, outcome, until, messageRef } = command;
  return [{ type: 'PilotAgreed', at: now, by, act, group, ...(outcome && { outcome }), ...(until && { until }), messageRef }];
}

/** Everybody at once after all: what was proposed, or agreed before. */
export function declinePilot(state: StartedAlignment, { by, act }: Of<'DeclinePilot'>, now: number): CoachingEvent[] {
  const status = state.coaching?.pilot?.status;
  return status === 'proposed' || status === 'agreed' ? [{ type: 'PilotDeclined', at: now, by, act }] : [];
}
