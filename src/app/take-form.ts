import { buildBrief } from '../domain/brief.ts';
import type { By } from '../domain/command.ts';
import { DomainError } from '../domain/errors.ts';
import type { Form } from '../views/card.ts';
import type { ViewContext } from '../views/context.ts';
import { forgetForm } from '../views/forget.ts';
import { allQuestionsForm, answerForm, audienceForm, delegationForm, fieldError, handOverForm, participantsOnly } from '../views/forms.ts';
import { whoSaidThisForm } from '../views/who-said.ts';
import { notice } from './administer.ts';
import { administrationForm, openAdministration, submittedAdministration, takeAdministrationForm } from './administer-forms.ts';
import { forgetMe } from './forget-me.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { lineSources } from './line-links.ts';
import { exportMyData, openMyData } from './my-data.ts';
import type { InboundEvent } from './ports.ts';
import { type Read, readAnswers } from './read-answers.ts';
import { refuseWhenOver } from './refuse-when-over.ts';
import { openStartForm, placesFor, takeStartForm } from './start-form.ts';
import { coachingForm, openCoachingForm } from './take-coaching.ts';
import { isCoachingSubmit, takeCoachingForm } from './take-coaching-form.ts';
import { isFitness, openFitnessForms, takeFitnessForm } from './take-fitness.ts';
import { followForm, isFollowThrough, takeFollowForm } from './take-follow-through.ts';
import { isNudgeForm, openNudgeForm, takeNudgeForm } from './take-nudge-form.ts';
import { isOfOpenPoint, openPointForms, takeOpenPointForm } from './take-open-points.ts';
import { knownPerson, mayJoinIn, maySeeAnswers, obeyPress, type Pressed, pressedAlignment } from './take-press.ts';
import { isOfProgramme, openProgrammeForm, takeProgrammeForm } from './take-programme.ts';
import { isPromise, openPromiseForm, takePromiseForm } from './take-promise.ts';
import { changePage, readSignOff, signOffForm } from './take-sign-off.ts';
import { isVendor, takeVendor } from './take-vendor.ts';
import { command, type Turn } from './turn.ts';
import { contextFor, contextOf } from './view-context.ts';

/** Buttons whose form shows what was answered so far. */
const showsAnswers: readonly string[] = ['answer-in-form', 'change-something', 'who-said-this', 'see-brief'];

/** Somebody pressed a button that opens a form: the form is the response. */
export async function takeFormRequest(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: Extract<InboundEvent, { type: 'FormRequested' }>,
): Promise<void> {
  if (await refuseWhenOver(dependencies, turn, rowId, event)) return;
  if (isFitness(event.action)) return openFitnessForms(dependencies, turn, rowId, event);
  if (isPromise(event.action)) return openPromiseForm(dependencies, turn, rowId, event);
  if (isVendor(event.action)) return takeVendor(dependencies, turn, rowId, event, event.action);
  if (isOfProgramme(event.action)) return openProgrammeForm(dependencies, turn, rowId, event);
  if (isNudgeForm(event.action)) return openNudgeForm(dependencies, turn, rowId, event);
  if (isFollowThrough(event.action)) return followForm(dependencies, turn, rowId, event);
  if (isOfOpenPoint(event.action)) return openPointForms(dependencies, turn, rowId, event);
  if (event.action === 'start-in-form') {
    turn.responses.set(rowId, await openStartForm(dependencies, turn, event));
    return;
  }
  if (event.action === 'forget-me') {
    turn.responses.set(rowId, { kind: 'form', form: forgetForm(await contextFor(dependencies, turn, { refersTo: [], people: [] })) });
    return;
  }
  if (event.action === 'my-data') {
    turn.responses.set(rowId, await openMyData(dependencies, turn, event.personId));
    return;
  }
  const administration = administrationForm(event.action);
  if (administration) {
    turn.responses.set(rowId, await openAdministration(dependencies, turn, event.personId, administration));
    return;
  }
  const coaching = coachingForm(event.action);
  if (coaching) return openCoachingForm(dependencies, turn, rowId, event, coaching);
  const pressed = await pressedAlignment(dependencies, turn, event);
  if (pressed && showsAnswers.includes(event.action) && !(await maySeeAnswers(dependencies, turn, rowId, pressed))) return;
  const ctx = pressed && (await contextOf(dependencies, turn, pressed.state));
  const form = pressed && ctx && (await formOf(dependencies, turn, event.action, ctx, pressed));
  turn.responses.set(rowId, form ? { kind: 'form', form } : { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
}

async function formOf(
  dependencies: HandleDependencies,
  turn: Turn,
  action: string,
  ctx: ViewContext,
  { state, value, by }: Pressed,
): Promise<Form | undefined> {
  switch (action) {
    case 'answer-in-form':
      return allQuestionsForm(ctx, state);
    case 'change-something':
      return value.question ? answerForm(ctx, state, value.question) : signOffForm(action, ctx, state);
    case 'ask-someone':
      return value.question && delegationForm(ctx, state, value.question);
    case 'hand-over':
      return handOverForm(ctx, state);
    case 'choose-audience':
      return audienceForm(ctx, state, await audiencesFor(turn, by.by));
    case 'who-said-this':
      return whoSaidThisForm(ctx, buildBrief(state), await lineSources(dependencies, turn, by.by, state));
    default:
      return signOffForm(action, ctx, state);
  }
}

/** Channels that whoever chooses reads themselves: of the others they learn nothing, not even that Plumb is there. */
async function audiencesFor(turn: Turn, personId: string): Promise<{ place: string; name: string; count: number }[]> {
  const places = await placesFor(turn, personId);
  return Promise.all(places.map(async ({ place, name }) => ({ place, name, count: await turn.channel.directory.memberCount(turn.tenant, place) })));
}

/** A form came back: mistakes go beside their fields in the response, otherwise it is decided like a press. */
export async function takeForm(
  dependencies: HandleDependencies,
  turn: Turn,
  rowId: string,
  event: Extract<InboundEvent, { type: 'FormSubmitted' }>,
): Promise<void> {
  if (isFitness(event.submit)) return takeFitnessForm(dependencies, turn, rowId, event);
  if (isPromise(event.submit)) return takePromiseForm(dependencies, turn, rowId, event);
  if (isVendor(event.submit)) return takeVendor(dependencies, turn, rowId, event, event.submit);
  if (isOfProgramme(event.submit)) return takeProgrammeForm(dependencies, turn, rowId, event);
  if (isNudgeForm(event.submit)) return takeNudgeForm(dependencies, turn, rowId, event);
  if (isFollowThrough(event.submit)) return takeFollowForm(dependencies, turn, rowId, event);
  if (isOfOpenPoint(event.submit)) return takeOpenPointForm(dependencies, turn, rowId, event);
  if (isCoachingSubmit(event.submit)) return takeCoachingForm(dependencies, turn, rowId, event, event.submit);
  if (event.submit === 'submit-start') {
    turn.responses.set(rowId, await takeStartForm(dependencies, turn, event));
    return;
  }
  if (event.submit === 'forget-me') {
    turn.responses.set(rowId, await forgetMe(dependencies, turn, event));
    return;
  }
  if (event.submit === 'export-my-data') {
    turn.responses.set(rowId, await exportMyData(dependencies, turn, event));
    return;
  }
  const administration = submittedAdministration(event.submit);
  if (administration) {
    turn.responses.set(rowId, await takeAdministrationForm(dependencies, turn, event, administration));
    return;
  }
  // The read-only form has nothing to say when it is closed.
  if (event.submit === 'who-said-this') return;
  const pressed = await pressedAlignment(dependencies, turn, event);
  if (!pressed) {
    turn.responses.set(rowId, { kind: 'notice', text: dependencies.prompts.words.plain('notice.unknown-button') });
    return;
  }
  const ctx = await contextOf(dependencies, turn, pressed.state);
  const page = changePage(ctx, event, pressed);
  if (page) {
    if (await maySeeAnswers(dependencies, turn, rowId, pressed)) turn.responses.set(rowId, { kind: 'form', form: page });
    return;
  }
  const read = await readForm(dependencies, turn, ctx, event, pressed);
  if ('problems' in read) {
    const errors = Object.fromEntries(Object.entries(read.problems).map(([field, problem]) => [field, fieldError(ctx, problem)]));
    turn.responses.set(rowId, { kind: 'errors', errors });
    return;
  }
  const [first, ...rest] = read.orders;
  if (!first || !(await mayJoinIn(dependencies, turn, rowId, pressed, first))) return;
  await obeyPress(dependencies, turn, rowId, pressed, first);
  for (const order of rest) quietly(() => command(pressed.alignment, order, turn.now));
  const { beside = [] } = read;
  if (beside.length > 0 && !turn.responses.has(rowId)) turn.responses.set(rowId, await notice(dependencies, turn, { kind: 'both-stand', questionIds: beside }));
}

/** The first order of a form tells of a refusal; the others would only say the same again. */
function quietly(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

async function readForm(
  dependencies: HandleDependencies,
  turn: Turn,
  ctx: ViewContext,
  event: Extract<InboundEvent, { type: 'FormSubmitted' }>,
  pressed: Pressed,
): Promise<Read> {
  const { inputs } = event;
  const { state, value, by } = pressed;
  switch (event.submit) {
    case 'submit-answers':
      return readAnswers(dependencies, turn, ctx, { state, by, inputs, shown: value.shown });
    case 'submit-change':
      // Its second page was the answer, unless nothing is there to change.
      return { problems: { question: 'choice' } };
    case 'submit-delegation': {
      const to = await knownPerson(turn, inputs['person']);
      if (to === undefined) return { problems: { person: 'person' } };
      if (to === by.by) return { problems: { person: 'self' } };
      const question = value.question ? { questionId: value.question } : {};
      return { orders: [{ type: 'DelegateQuestion', ...by, ...question, to, privately: inputs['privately'] === 'true', messageRef: by.act }] };
    }
    case 'submit-hand-over': {
      const to = await knownPerson(turn, inputs['person']);
      if (to === undefined) return { problems: { person: 'person' } };
      if (to === by.by) return { problems: { person: 'self' } };
      return { orders: [{ type: 'HandOver', ...by, to, cover: inputs['cover'] === 'true' }] };
    }
    case 'submit-audience':
      return readAudience(turn, by, inputs['audience']);
    default:
      return (await readSignOff(dependencies, turn, event, pressed)) ?? { orders: [] };
  }
}

async function readAudience(turn: Turn, by: By, audience: string | undefined): Promise<Read> {
  if (audience === participantsOnly) return { orders: [{ type: 'ChooseAudience', ...by, audience: { kind: 'participants' } }] };
  const known = audience !== undefined && (await turn.channel.directory.places(turn.tenant)).some(({ place }) => place === audience);
  if (!known || !(await turn.channel.directory.isMember(turn.tenant, audience, by.by))) return { problems: { audience: 'choice' } };
  return { orders: [{ type: 'ChooseAudience', ...by, audience: { kind: 'channel', place: audience } }] };
}
