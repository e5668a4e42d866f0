import type { Participation } from '../domain/nudge-state.ts';
import { type NudgeProgramme, nudgeCard } from '../views/nudge.ts';
import { aboutOf, partOf, seenByOf } from './about-programme.ts';
import { programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { privatelyTo, say } from './say.ts';
import { threadLink } from './thread-link.ts';
import type { Turn, WorkingPerson } from './turn.ts';
import { contextFor, messagesQuoted } from './view-context.ts';

/** The weekly question, with every programme that was asked about at that moment; after a tap (`again`) the same card shows what was given. */
export async function sayNudge(dependencies: HandleDependencies, turn: Turn, person: WorkingPerson, askedAt: number, again: boolean): Promise<void> {
  const asked = Object.entries(person.state.programmes).filter(([, participation]) => participation.asked?.at === askedAt);
  const programmes: NudgeProgramme[] = [];
  for (const [id, participation] of asked) {
    const programme = await nudgeProgramme(dependencies, turn, person.personId, id, participation);
    if (programme) programmes.push(programme);
  }
  const [first] = programmes;
  if (!first) return;
  const refersTo = [programmes, person.state];
  const ctx = await contextFor(dependencies, turn, {
    refersTo,
    people: [person.personId],
    places: programmes.flatMap(({ seenBy }) => ('place' in seenBy ? [seenBy.place] : [])),
  });
  const post = `${person.ref.id}:nudge:${askedAt}`;
  // After the last of its calls a nudge is of no use any more.
  const expiresAt = Math.max(...programmes.map((programme) => programme.callAt));
  const quotes = await messagesQuoted(dependencies, turn, programmes);
  const { state: asking } = await programmeOf(dependencies, turn, first.about.programme);
  const to = privatelyTo(turn, person.personId, asking.status === 'new' ? undefined : partOf(first.about.programme, asking, 'weekly-question'));
  say(dependencies, turn, to, nudgeCard(ctx, programmes), { post, quotes, ...(again ? { replaces: post } : { expiresAt }) });
}

async function nudgeProgramme(
  dependencies: HandleDependencies,
  turn: Turn,
  personId: string,
  id: string,
  participation: Participation,
): Promise<NudgeProgramme | undefined> {
  const { state } = await programmeOf(dependencies, turn, id);
  const { asked, commitment, reported } = participation;
  if (state.status === 'new' || !asked) return undefined;
  return {
    about: aboutOf(id, state),
    week: asked.week,
    callAt: asked.callAt,
    ...(commitment && { commitment }),
    seenBy: await seenByOf(turn, state),
    ...(reported?.week === asked.week && { given: reported.report }),
    ...(await threadLink(turn, state.content.conversation, personId)),
  };
}
