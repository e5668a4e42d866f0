import type { PersonId } from '../domain/conversation.ts';
import { participants } from '../domain/participants.ts';
import { peopleNamed } from '../domain/permissions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { personFields } from '../views/fitness-forms.ts';
import { knownPerson } from './take-press.ts';
import { personOf, type Turn } from './turn.ts';

/** Whom to ask, to begin with: those who were named as owner or managers, then everybody else who takes part. */
export function suggestedPeople(state: StartedAlignment, asker: PersonId): PersonId[] {
  const named = [...peopleNamed(state, 'manager-role'), ...peopleNamed(state, 'owner')];
  return [...new Set([...named, ...participants(state)])].filter((personId) => personId !== asker).slice(0, personFields.length);
}

/** The people of the form, without repeats; or the field that is wrong. `unclear`: a name that means nobody, or several. */
export async function peopleIn(
  turn: Turn,
  state: StartedAlignment,
  inputs: Readonly<Record<string, string>>,
): Promise<{ people: PersonId[] } | { field: string; unclear?: string }> {
  const people: PersonId[] = [];
  for (const field of personFields) {
    const chosen = inputs[field]?.trim();
    if (!chosen) continue;
    const personId = await knownPerson(turn, chosen);
    if (personId === undefined) return { field };
    people.push(personId);
  }
  for (const name of namesIn(inputs['people'] ?? '')) {
    const found = await turn.channel.directory.resolve(turn.tenant, name, state.conversation.place);
    const [person] = found;
    if (!person || found.length > 1) return { field: 'people', unclear: name };
    people.push(person.id);
  }
  const unique = [...new Set(people)];
  for (const personId of unique) await personOf(turn, personId);
  return { people: unique };
}

function namesIn(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map((name) => name.trim().replace(/^@/, ''))
    .filter((name) => name !== '');
}
