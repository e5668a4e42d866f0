import { digestOf, type Standing } from '../domain/digest.ts';
import { standingOf } from '../domain/nudge-plan.ts';
import { callOf } from '../domain/programme.ts';
import type { ProgrammeEvent } from '../domain/programme-event.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { digestCard, escalationCard } from '../views/digest.ts';
import { noticeCard } from '../views/notice.ts';
import { aboutOf, partOf } from './about-programme.ts';
import { nudgeSettings, workingPerson } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { privatelyTo, say, unpromptedTo, type Where } from './say.ts';
import { threadLink } from './thread-link.ts';
import type { Turn, WorkingProgramme } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

/** Where a programme is read: its thread, or the chats of those whom its brief stays with. `name` tells their posts apart. */
function readersOf(turn: Turn, id: string, state: StartedProgramme): { to: Where; name: string }[] {
  const { content } = state;
  if (content.readers) return content.readers.map((personId) => ({ to: privatelyTo(turn, personId, partOf(id, state, 'message')), name: `:${personId}` }));
  return [{ to: { to: { kind: 'conversation', conversation: content.conversation }, audience: 'thread' }, name: '' }];
}

/** Says what happened to a programme: its digests in the thread, what is for those who lead it privately. */
export async function speakProgramme(dependencies: HandleDependencies, turn: Turn, { ref, state, events }: WorkingProgramme): Promise<void> {
  if (state.status === 'new') return;
  for (const event of events) {
    if (event.type === 'DigestPosted') await sayDigest(dependencies, turn, { id: ref.id, state, week: event.week, callAt: event.callAt, again: false });
    else if (event.type === 'StatusRecorded' && event.late) await sayDigestAgain(dependencies, turn, ref.id, state, event.week);
    else if (event.type === 'EscalationRaised' && event.owner !== undefined)
      await escalate(dependencies, turn, { id: ref.id, state, event: { ...event, owner: event.owner } });
    else if (event.type === 'EscalationAnswered' && event.choice !== 'stop') {
      const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [event.by] });
      const card = noticeCard(ctx, { kind: event.choice === 'help' ? 'owner-helps' : 'owner-replans', person: event.by });
      for (const { to } of readersOf(turn, ref.id, state)) say(dependencies, turn, to, card);
    }
  }
}

/** What a week brought, in the thread; `again` when words that it repeats were erased. */
export async function sayDigest(
  dependencies: HandleDependencies,
  turn: Turn,
  { id, state, week, callAt, again }: { id: string; state: StartedProgramme; week: string; callAt: number; again: boolean },
): Promise<void> {
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: peopleOf(state) });
  const { lines } = digestOf(state, week, await standings(dependencies, turn, id, state, week));
  const about = aboutOf(id, state);
  const quotes = await messagesQuoted(dependencies, turn, [about, lines]);
  for (const { to, name } of readersOf(turn, id, state)) {
    const post = `${id}:digest:${week}${name}`;
    say(dependencies, turn, to, digestCard(ctx, { about, callAt, lines }), { post, ...(again && { replaces: post }), quotes });
  }
}

/** What somebody says of a week after its digest was posted stands in that digest, too: they were told that the team reads it. */
async function sayDigestAgain(dependencies: HandleDependencies, turn: Turn, id: string, state: StartedProgramme, week: string): Promise<void> {
  const posted = state.digests.find((digest) => digest.week === week);
  if (posted) await sayDigest(dependencies, turn, { id, state, week, callAt: posted.callAt, again: true });
}

type Raised = { id: string; state: StartedProgramme; event: Extract<ProgrammeEvent, { type: 'EscalationRaised' }> & { owner: string } };

async function escalate(dependencies: HandleDependencies, turn: Turn, { id, state, event }: Raised): Promise<void> {
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: peopleOf(state) });
  const { lines } = digestOf(state, event.week, await standings(dependencies, turn, id, state, event.week));
  const about = aboutOf(id, state);
  const stuck = lines.filter((line) => event.managers.includes(line.manager));
  const { to, held } = await unpromptedTo(turn, event.owner, partOf(id, state, 'message'));
  const quotes = await messagesQuoted(dependencies, turn, [about, stuck]);
  const link = await threadLink(turn, state.content.conversation, event.owner);
  const card = escalationCard(ctx, { about, week: event.week, lines: stuck, ...link });
  say(dependencies, turn, to, card, { post: `${id}:escalation:${event.week}`, quotes, ...held });
}

function peopleOf({ content }: StartedProgramme): string[] {
  return [...content.managers, ...(content.owner ? [content.owner] : [])];
}

async function standings(dependencies: HandleDependencies, turn: Turn, id: string, state: StartedProgramme, week: string): Promise<Record<string, Standing>> {
  const call = callOf(state.content);
  const posted = state.digests.find((digest) => digest.week === week);
  const entries: [string, Standing][] = [];
  for (const manager of state.content.managers) {
    const person = await workingPerson(dependencies, turn, manager);
    const callAt = posted?.callAt ?? turn.now;
    const known = person.version > 0 || person.events.length > 0 ? person.state : undefined;
    entries.push([manager, call ? standingOf(known, id, { week, callAt }, nudgeSettings(turn.settings), turn.now) : 'not-accepted-yet']);
  }
  return Object.fromEntries(entries);
}
