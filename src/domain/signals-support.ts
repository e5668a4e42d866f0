import { type Evidence, noCoaching, type Signal } from './coaching-state.ts';
import type { Quote } from './conversation.ts';
import { evidenceOf, requestEvidence } from './heard.ts';
import { restsAfter } from './hearing-cues.ts';
import { currentKpis } from './kpis.ts';
import { type Answer, currentAnswers, type NamedPerson, type QuestionId, questionIds, statusOf } from './questions.ts';
import type { Scene } from './signals.ts';
import type { StartedAlignment } from './state.ts';

/** What has to carry the change: measures, the owner, the managers, and what comes after the event. */
export function supportSignals(scene: Scene): Signal[] {
  return [...laggingOnly(scene), ...noOwner(scene), ...managersMissing(scene), ...noReinforcement(scene)];
}

function laggingOnly(scene: Scene): Signal[] {
  const { state, known } = scene;
  const kpis = currentKpis(state.answers);
  if (kpis.some(({ kpi }) => kpi.leading || howItIsDone.test(known.words(kpi.name)?.toLowerCase() ?? ''))) return [];
  const evidence = kpis.length > 0 ? kpis.map(({ kpi, answer }) => ({ quote: kpi.name, by: answer.by, messageRef: answer.messageRef })) : namedElsewhere(scene);
  return evidence.length === 0 ? [] : [{ trigger: 'lagging-only', evidence: evidence.slice(0, 2), about: {}, sure: true }];
}

/** A result that is counted by how it came about ("orders quoted within a day", "bookings out of ten calls") moves before the sum of them. */
const howItIsDone = /\b(?:share of (?!wallet)|within|out of|same day|on time|quoted|offered|scanned|clicked|checked|reviewed|prepared)\b/;

/** What is counted when it is over: money that came in, what was sold, who stayed. */
const results =
  /\b(?:revenues?|turnover|sales(?! (?:and|team|force|ops|people|managers?|director))|sold|invoiced|billings?|bookings|retention|churn|market share|margins?|profits?|quota|win rate|renewals?|satisfaction|nps|won|(?:average )?price)\b/;
/** What people do can be counted before: these are no results, whatever else stands with them. */
const activities = /\b(?:offers?|quotes?|quotations|proposals|visits?|meetings?|calls|talks|demos|trials|appointments|reviews?|first|held|sent|made|booked)\b/;
/** More words say something of it. */
const aName = 60;

/** A short answer that is hardly more than the name of a lagging KPI, whatever question it was taken for. */
function namedElsewhere({ state, known }: Scene): Evidence[] {
  if (statusOf(state.answers, 'leading-kpis') === 'clear') return [];
  const lagging = known.knowledge.kpis.filter(({ leading }) => !leading).flatMap(({ name, synonyms }) => [name, ...synonyms]);
  return questionIds.flatMap((id) =>
    currentAnswers(state.answers, id).flatMap((answer) => {
      const words = answer.text && known.words(answer.text)?.toLowerCase();
      const isThin = words !== undefined && answer.status === 'thin';
      const isResult = isThin && words.length < aName && results.test(words) && !activities.test(words) && !/\d/.test(words);
      const isNamed = isThin && words.length < 80 && lagging.some((name) => words.includes(name));
      return answer.text && (isNamed || isResult) ? [evidenceIn(answer, answer.text)] : [];
    }),
  );
}

function evidenceIn({ by, messageRef }: Answer, quote: Quote): Evidence {
  return { quote, by, messageRef };
}

const department = '(?:hr|l&d|learning(?: (?:and|&) development)?|people ops|enablement|the academy|the training (?:team|department))';
/** Everybody, a group, or a department: where nobody is named besides, that is nobody (METHOD §2: one person, not L&D, not a committee). */
const nobodys = new RegExp(
  `\\b(?:everybody|everyone|all of (?:us|them)|we all|the (?:whole|entire) (?:\\w+ ){0,2}team|between (?:us|the (?:two|three|four|five))|the (?:two|three|four|five) of us|both|together|jointly|(?:the|a) (?:\\w+ )?(?:committee|board)|the (?:management|leadership|sales) team)\\b|^\\W*(?:(?:the|our|my|probably|maybe|i guess|that (?:will|would) be) )*${department}(?: team| department| only)?\\W*(?:$|[,.])`,
);

// In more words, "both" and "together" speak of something else.
const aBody = 45;

/** The owner is several people, L&D, or nobody. */
function noOwner(scene: Scene): Signal[] {
  const { state, known } = scene;
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
    const words = known.words(last.text)?.toLowerCase() ?? '';
    const isNobodys = people.length === 0 && words.length < aBody && nobodys.test(words);
    const isWithOthers = people.length > 0 && words.length < aBody && withOthers.test(words);
    return isPartner || isNobodys || isWithOthers || (!isOther && areSeveral(people, known.words)) ? signal([evidenceIn(last, last.text)], true) : [];
  }
  // Whoever does not know it at once often names somebody later, and what nobody has come to yet is an open question like others.
  return isLate(scene) && statusOf(state.answers, 'owner') === 'unknown' ? signal(requestEvidence(state), false) : [];
}

/** Somebody is spoken to by name ("Priya, we did that twice"), and not named. */
function isCalled({ textId, end }: Quote, words: (quote: Quote) => string | undefined): boolean {
  return words({ textId, start: end, end: end + 2 }) === ', ';
}

/** "Me, I guess. Or Steve": one of them, and nobody knows which. */
const orElse = /^[^\n]{0,14}\b(?:or|maybe)\s$/i;

/** "Ashwin for the north and Mrs Govender at the coast": each a part of it. */
const sharedOut = /^,? (?:for|in|at|on) [^.;:!?\n]{2,40}(?:,| and| &) (?:then )?(?:mr|mrs|ms|dr)?\.? ?$/i;
/** "Myself and the three branch managers". */
const withOthers =
  /\b(?:and|n|&|\+|plus) (?:also )?(?:the |my |our |his |her )?(?:\p{L}+ ){0,2}(?:managers|leads|leaders|heads|team|partners|directors|colleagues|supervisors|chiefs|boys|girls|guys|people)\b/iu;

/** Names in one row ("Carol and Wade and me"): what stands between them is hardly more than "and". */
function areSeveral(people: readonly NamedPerson[], words: (quote: Quote) => string | undefined): boolean {
  const ids = new Set(people.map(({ personId, name }) => personId ?? words(name)?.toLowerCase()));
  const inRow = people.some(({ name }, at) => {
    const before = people[at - 1]?.name;
    if (!before || before.textId !== name.textId) return false;
    const between = words({ textId: name.textId, start: before.end, end: name.start }) ?? '.';
    return orElse.test(between) || sharedOut.test(between) || (between.length < 10 && !/[.;:!?\n]\s/.test(between) && !/^\s*$/.test(between));
  });
  return ids.size > 1 && inRow;
}

/** Whoever was asked what managers do does not know, or says that they cannot do it; or the conversation comes to its end without a word of it. */
function managersMissing(scene: Scene): Signal[] {
  const { state, heard } = scene;
  const given = currentAnswers(state.answers, 'manager-role').map(({ messageRef }) => messageRef);
  const unable = heard.of('lacks-skill').find(({ messageRef }) => given.includes(messageRef));
  if (unable) return [{ trigger: 'managers-missing', evidence: [evidenceOf(unable)], about: {}, sure: true }];
  return isMissing(scene, 'manager-role') && !isCoachingSpokenOf(scene)
    ? [{ trigger: 'managers-missing', evidence: latestOr(state, 'manager-role'), about: {}, sure: false }]
    : [];
}

const often = /\b(?:every|each|weekly|(?:a|per) (?:week|fortnight|month)|fortnight(?:ly)?|(?:mon|tues|wednes|thurs|fri)days)\b/i;
const besidePeople =
  /\b(?:listen|sits?|rides?|join|goes|go (?:over|through|with)|check|review|debrief|walk|watch|reads?|together|coach|stand|look at|each of|with (?:each|everyone))/i;

/** Where somebody tells what they do themselves; elsewhere it is told of sellers, customers or reports. */
const ofWhatTheyDo: readonly QuestionId[] = ['manager-role', 'owner-role', 'reinforcement', 'sufficiency', 'context'];
const withThem = /\bI\b.*\b(?:with (?:each|the|them|my|every|all)|each of|listen|ride|sit in|sit with|join|coach)/i;

/** What is done with people again and again was said, whatever question it was taken for. */
function isCoachingSpokenOf({ state, known }: Scene): boolean {
  return questionIds.some((id) =>
    (state.answers[id] ?? []).some(({ text, by }) => {
      const words = (text && known.words(text)) ?? '';
      if (state.partners.some(({ personId }) => personId === by) || !often.test(words)) return false;
      return ofWhatTheyDo.includes(id) ? besidePeople.test(words) : withThem.test(words);
    }),
  );
}

/** Nothing is planned or paid for after the event, or the conversation comes to its end without a word of it. */
function noReinforcement(scene: Scene): Signal[] {
  const isMissed = isMissing(scene, 'reinforcement');
  if (!isMissed && !isGone(scene, 'budget')) return [];
  return [{ trigger: 'no-reinforcement', evidence: latestOr(scene.state, isMissed ? 'reinforcement' : 'budget'), about: {}, sure: false }];
}

/** Nobody will answer it any more: passed over, not known, or still open when the rest was said. What L&D says of it is an offer, and no answer. */
function isMissing(scene: Scene, id: QuestionId): boolean {
  const { state } = scene;
  const isOffer = currentAnswers(state.answers, id).every(({ by }) => state.partners.some(({ personId }) => personId === by));
  const status = isOffer ? 'open' : statusOf(state.answers, id);
  return isGone(scene, id) || ((status === 'open' || status === 'thin') && isLate(scene));
}

function isGone({ state }: Scene, id: QuestionId): boolean {
  const status = statusOf(state.answers, id);
  return status === 'unknown' || status === 'skipped';
}

// Before that, Plumb itself comes to what is open.
const enoughSaid = 10;

/** Much was said, and nobody has written for a while. */
function isLate({ state, known }: Scene): boolean {
  const { messages = [] } = state.coaching ?? noCoaching;
  const last = messages.at(-1);
  return last !== undefined && messages.length >= enoughSaid && known.now - last.at >= restsAfter;
}

/** What was said to that question last, or the request. */
function latestOr(state: StartedAlignment, id: QuestionId): Evidence[] {
  const last = currentAnswers(state.answers, id).at(-1);
  return last?.text ? [evidenceIn(last, last.text)] : requestEvidence(state);
}
