import type { Evidence, Signal } from './coaching-state.ts';
import type { Quote } from './conversation.ts';
import { evidenceOf, isMeasured, requestEvidence } from './heard.ts';
import { currentKpis } from './kpis.ts';
import { type Answer, currentAnswers, isAnswered, type NamedPerson, type QuestionId, questionIds, statusOf } from './questions.ts';
import type { Scene } from './signals.ts';
import type { StartedAlignment } from './state.ts';

/** What has to carry the change: measures, the owner, the managers, and what comes after the event. */
export function supportSignals(scene: Scene): Signal[] {
  return [...laggingOnly(scene), ...noOwner(scene), ...managersMissing(scene), ...noReinforcement(scene)];
}

function laggingOnly(scene: Scene): Signal[] {
  const { state } = scene;
  const kpis = currentKpis(state.answers);
  if (kpis.some(({ kpi }) => kpi.leading)) return [];
  const evidence = kpis.length > 0 ? kpis.map(({ kpi, answer }) => ({ quote: kpi.name, by: answer.by, messageRef: answer.messageRef })) : namedElsewhere(scene);
  return evidence.length === 0 ? [] : [{ trigger: 'lagging-only', evidence: evidence.slice(0, 2), about: {}, sure: true }];
}

/** A short answer that is hardly more than the name of a lagging KPI, whatever question it was taken for. */
function namedElsewhere({ state, known }: Scene): Evidence[] {
  if (statusOf(state.answers, 'leading-kpis') === 'clear') return [];
  const lagging = known.knowledge.kpis.filter(({ leading }) => !leading).flatMap(({ name, synonyms }) => [name, ...synonyms]);
  return questionIds.flatMap((id) =>
    currentAnswers(state.answers, id).flatMap((answer) => {
      const words = answer.text && known.words(answer.text)?.toLowerCase();
      const isNamed = words !== undefined && answer.status === 'thin' && words.length < 80 && lagging.some((name) => words.includes(name));
      return answer.text && isNamed ? [evidenceIn(answer, answer.text)] : [];
    }),
  );
}

function evidenceIn({ by, messageRef }: Answer, quote: Quote): Evidence {
  return { quote, by, messageRef };
}

/** The owner is several people, L&D, or nobody. */
function noOwner({ state, known }: Scene): Signal[] {
  const current = currentAnswers(state.answers, 'owner');
  const last = current.findLast(({ status }) => status === 'clear' || status === 'thin');
  const signal = (evidence: readonly Evidence[], sure: boolean): Signal[] => [{ trigger: 'no-owner', evidence, about: { missing: 'owner' }, sure }];
  if (last?.text) {
    const people = last.facts?.people ?? [];
    const partners = new Set(state.partners.map(({ personId }) => personId));
    const isPartner =
      people.length > 0 && people.every(({ personId, name }) => personId !== undefined && partners.has(personId) && !isCalled(name, known.words));
    const isOther = (['manager-role', 'weekly-call'] as const).some((id) =>
      currentAnswers(state.answers, id).some((one) => one.messageRef === last.messageRef),
    );
    return isPartner || (!isOther && areSeveral(people, known.words)) ? signal([evidenceIn(last, last.text)], true) : [];
  }
  const asked = state.timesAsked.owner ?? 0;
  const isNobody = statusOf(state.answers, 'owner') === 'unknown';
  return isNobody || (asked > 1 && !isAnswered(state.answers, 'owner')) ? signal(requestEvidence(state), false) : [];
}

/** Somebody is spoken to by name ("Priya, we did that twice"), and not named. */
function isCalled({ textId, end }: Quote, words: (quote: Quote) => string | undefined): boolean {
  return words({ textId, start: end, end: end + 2 }) === ', ';
}

/** Names in one row ("Carol and Wade and me"): what stands between them is hardly more than "and". */
function areSeveral(people: readonly NamedPerson[], words: (quote: Quote) => string | undefined): boolean {
  const ids = new Set(people.map(({ personId, name }) => personId ?? words(name)?.toLowerCase()));
  const inRow = people.some(({ name }, at) => {
    const before = people[at - 1]?.name;
    if (!before || before.textId !== name.textId) return false;
    const between = words({ textId: name.textId, start: before.end, end: name.start }) ?? '.';
    return between.length < 10 && !/[.;:!?\n]\s/.test(between) && !/^\s*$/.test(between);
  });
  return ids.size > 1 && inRow;
}

/** Whoever was asked what managers do does not know, or says that they cannot do it. While it is open, Plumb asks for it itself. */
function managersMissing({ state, heard }: Scene): Signal[] {
  const status = statusOf(state.answers, 'manager-role');
  const given = currentAnswers(state.answers, 'manager-role').map(({ messageRef }) => messageRef);
  const unable = heard.of('lacks-skill').find(({ messageRef }) => given.includes(messageRef));
  if (unable) return [{ trigger: 'managers-missing', evidence: [evidenceOf(unable)], about: {}, sure: true }];
  if (status !== 'unknown' && status !== 'skipped') return [];
  return [{ trigger: 'managers-missing', evidence: latestOr(state, 'manager-role'), about: {}, sure: status === 'unknown' }];
}

/** Nothing is planned or paid for after the event, or an event was asked for, half of the rest is said, and nobody has spoken of what comes after. */
function noReinforcement({ state, known, heard }: Scene): Signal[] {
  const offered = heard.of('deliverable-talk').map(({ messageRef }) => messageRef);
  // What L&D offers to deliver is the event itself, whatever question it was taken for.
  const isOffer = currentAnswers(state.answers, 'reinforcement').every(({ messageRef }) => offered.includes(messageRef));
  const status = isOffer ? 'open' : statusOf(state.answers, 'reinforcement');
  if (status === 'clear' || status === 'thin' || status === 'delegated') return [];
  const format = (state.understood.format && known.words(state.understood.format)?.toLowerCase()) ?? '';
  const isEvent = known.knowledge.deliverables.some((word) => format.includes(word)) || isMeasured(format);
  if (status === 'open' && !(isEvent && settledQuestions(state) > 6)) return [];
  return [{ trigger: 'no-reinforcement', evidence: latestOr(state, 'reinforcement'), about: {}, sure: status !== 'open' }];
}

function settledQuestions(state: StartedAlignment): number {
  return questionIds.filter((id) => statusOf(state.answers, id) !== 'open').length;
}

/** What was said to that question last, or the request. */
function latestOr(state: StartedAlignment, id: QuestionId): Evidence[] {
  const last = currentAnswers(state.answers, id).at(-1);
  return last?.text ? [evidenceIn(last, last.text)] : requestEvidence(state);
}
