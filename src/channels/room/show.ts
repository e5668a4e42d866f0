import { DateTime } from 'luxon';
import type { InteractionResponse } from '../../app/ports.ts';
import type { Card } from '../../views/card.ts';
import { toAdaptiveCard, toAdaptiveForm } from '../adaptive-card.ts';
import type { LateAnswers } from './late-answers.ts';
import { isPlumbs, type RoomMessage } from './message.ts';
import { directPlace, plumbId, type RoomPerson, roomChannel, roomPeople } from './people.ts';

/** The formats of moments inside cards, in the reader's own zone (luxon presets would not name the weekday). */
const momentFormats = { date: 'ccc d LLL', time: 'HH:mm', 'date-time': 'ccc d LLL, HH:mm' } as const;

function renderingFor(viewer: RoomPerson): Parameters<typeof toAdaptiveCard>[1] {
  return {
    target: 'room',
    people: roomPeople,
    showMoment: (at, as) => DateTime.fromMillis(at, { zone: viewer.timeZone, locale: 'en-GB' }).toFormat(momentFormats[as]),
  };
}

/** A message as the page of one person gets it: cards as Adaptive Card JSON with times in that person's zone. */
export function showMessage(message: RoomMessage, viewer: RoomPerson) {
  const { id, place, thread, author, at, editedAt, body } = message;
  const head = { id, place, thread, author, at, ...(editedAt !== undefined && { editedAt }), app: isPlumbs(message) };
  switch (body.kind) {
    case 'text':
      return { ...head, text: body.text, mentions: body.mentions };
    case 'card':
      return { ...head, summary: body.card.summary, card: showCard(body.card, viewer) };
    case 'gone':
      return { ...head, gone: body.why };
    default:
      return body satisfies never;
  }
}

function showCard(card: Card, viewer: RoomPerson) {
  return toAdaptiveCard(card, renderingFor(viewer));
}

/** Who is here and where one can write. */
export function showPlaces(viewer: RoomPerson) {
  return {
    me: viewer.id,
    people: roomPeople.map(({ id, name, title, timeZone, place }) => ({ id, name, title, timeZone, location: place })),
    app: { id: plumbId, name: 'Plumb' },
    places: [
      { place: roomChannel.place, name: roomChannel.name, kind: 'channel' },
      { place: directPlace(viewer.id), name: 'Plumb', kind: 'direct' },
    ],
  };
}

/** What somebody gets who asked for it alone: the card itself, since nobody else sees it. */
export function showAnswer(response: InteractionResponse, viewer: RoomPerson, late: Pick<LateAnswers, 'keep'>) {
  if (response.kind !== 'card') return showResponse(response, viewer, late);
  return { kind: 'card', summary: response.card.summary, card: showCard(response.card, viewer) };
}

/** What a press got back. A new card needs no words here: it reaches everybody as a change. */
export function showResponse(response: InteractionResponse, viewer: RoomPerson, late: Pick<LateAnswers, 'keep'>) {
  switch (response.kind) {
    case 'form': {
      const { title, submitLabel, submit, value } = response.form;
      const { actions: _, ...card } = toAdaptiveForm(response.form, renderingFor(viewer));
      return { kind: 'form', title, submitLabel, submit, value, card };
    }
    case 'card':
      return { kind: 'card' };
    case 'errors':
      return { kind: 'errors', errors: response.errors };
    case 'notice':
      return { kind: 'notice', text: response.text, ...(response.later && { later: late.keep(viewer.id, response.later) }) };
    case 'file':
      return { kind: 'file', name: response.name, mediaType: response.mediaType, ...inJson(response.content) };
    case 'nothing':
      return { kind: 'nothing' };
    default:
      return response satisfies never;
  }
}

/** JSON has no bytes of its own. */
function inJson(content: string | Uint8Array): { content: string; encoding?: 'base64' } {
  return typeof content === 'string' ? { content } : { content: Buffer.from(content).toString('base64'), encoding: 'base64' };
}
