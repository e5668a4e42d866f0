import type { Channel, Intake, InteractionResponse, OutboundMessage } from './app/ports.ts';
import type { Picture } from './domain/picture.ts';
import type { Card, CardBlock } from './views/card.ts';

type LinkTo = (picture: Picture) => string | undefined;

/** A channel that is given links to the pictures in its cards. */
export function showPictures(channel: Channel, linkTo: LinkTo): Channel {
  return { ...channel, send: (message, platformId, history) => channel.send(inMessage(message, linkTo), platformId, history) };
}

/** The same for what is shown in responses. */
export function showPicturesInAnswers(intake: Intake, linkTo: LinkTo): Intake {
  return { ...intake, interact: async (event, onStored) => inResponse(await intake.interact(event, onStored), linkTo) };
}

function inMessage(message: OutboundMessage, linkTo: LinkTo): OutboundMessage {
  return message.card === 'removed' ? message : { ...message, card: inCard(message.card, linkTo) };
}

function inResponse(response: InteractionResponse, linkTo: LinkTo): InteractionResponse {
  if (response.kind === 'card') return { ...response, card: inCard(response.card, linkTo) };
  if ((response.kind === 'notice' || response.kind === 'nothing') && response.now) return { ...response, now: inCard(response.now, linkTo) };
  return response;
}

function inCard(card: Card, linkTo: LinkTo): Card {
  if (!card.blocks.some(({ type }) => type === 'image')) return card;
  return { ...card, blocks: card.blocks.map((block) => inBlock(block, linkTo)) };
}

function inBlock(block: CardBlock, linkTo: LinkTo): CardBlock {
  if (block.type !== 'image') return block;
  const url = linkTo(block.picture);
  return url === undefined ? block : { ...block, url };
}
