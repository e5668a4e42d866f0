import type { Brief } from '../domain/brief.ts';
import type { BriefDifference } from '../domain/brief-difference.ts';
import { questionIds } from '../domain/questions.ts';
import type { MissingSigner } from '../domain/signers.ts';
import type { Signature } from '../domain/state.ts';
import { briefBlocks } from './brief-blocks.ts';
import { briefTopic } from './brief-coaching.ts';
import type { Card, CardAction, CardBlock, Text } from './card.ts';
import { changeList } from './change-list.ts';
import { listed, type ViewContext } from './context.ts';
import { giveButton } from './open-points.ts';
import { button, inMore, present, textBlock } from './parts.ts';
import { signatureText } from './signature.ts';
import { type Taken, takenLine } from './taken.ts';

export type ReviewOptions = {
  /** How many people can read the place that the brief will be posted to, where that is known. */
  audienceCount?: number;
  /** What differs from the last signed version; absent for the first. */
  difference?: BriefDifference;
  /** That version, who signed it, and the channel that it stands in. */
  signed?: { version: number; signatures: readonly Signature[]; postedIn?: string };
  /** Whose signature is waited for. */
  missing?: readonly MissingSigner[];
  /** Nobody is left who could sign for the business. */
  lacksLeader?: true;
  taken?: readonly Taken[];
  /** That it fits an objective on file, where it does. */
  fits?: Text;
};

const mostNoted = 2;

/** The draft with its open points marked, who will see it, and who has signed. A new version shows what changed; the rest is one press away. */
export function reviewCard(ctx: ViewContext, brief: Brief, options: ReviewOptions = {}): Card {
  const { words } = ctx;
  const topic = briefTopic(ctx, brief);
  const version = String(brief.version);
  const { taken = [], difference } = options;
  const folded = changesOf(ctx, options) !== undefined;
  return {
    summary: words.plain('review.summary', { topic, open: String(brief.openPoints.length), total: String(questionIds.length) }),
    title: difference ? words.say('review.title-new', { topic, version }) : words.say('review.title', { topic }),
    // What was taken stands among the changes.
    blocks: [...(folded ? [] : takenBlocks(ctx, taken)), ...draftBlocks(ctx, brief, options)],
    actions: reviewActions(ctx, brief, folded),
  };
}

/** What was taken just now. Many answers at once, as a form gives them, stand in the draft anyway: they are counted instead of said twice. */
function takenBlocks(ctx: ViewContext, taken: readonly Taken[]): CardBlock[] {
  const answers = taken.filter(({ kind }) => kind === 'answered' || kind === 'thin' || kind === 'added' || kind === 'corrected');
  const many = answers.length > mostNoted;
  const lines = taken.filter((one) => !(many && answers.includes(one))).map((one) => takenLine(ctx, one));
  const counted = many ? [ctx.words.say('taken.several', { count: String(answers.length) })] : [];
  return [...counted, ...lines].map((line) => textBlock(line, 'subtle'));
}

/** What is to be signed, without buttons: the whole of a first version, of a later one what changed. */
export function draftBlocks(ctx: ViewContext, brief: Brief, options: ReviewOptions): CardBlock[] {
  const { words } = ctx;
  const { missing = [], fits, lacksLeader } = options;
  const changes = changesOf(ctx, options);
  return present<CardBlock>(
    ...(changes ?? [textBlock(words.say('review.intro', {}, brief.alignmentId)), ...briefBlocks(ctx, brief)]),
    fits === undefined || changes ? undefined : textBlock(fits, 'subtle'),
    { type: 'divider' },
    textBlock(audienceText(ctx, brief, options)),
    lacksLeader ? textBlock(words.say('review.no-leader'), 'strong') : undefined,
    missing.length === 0 ? undefined : textBlock(words.say('review.waiting-for', { people: signerNames(ctx, missing) }), 'subtle'),
  );
}

/** What changed since the signed version, and who had signed that; undefined where there is none, or where nothing of its words differs. */
function changesOf(ctx: ViewContext, { difference, signed }: ReviewOptions): CardBlock[] | undefined {
  const changes = difference ? changeList(ctx, difference) : [];
  if (!signed || changes.length === 0) return undefined;
  const { words } = ctx;
  const version = String(signed.version);
  const signatures = signed.signatures.map((signature) => ({ text: signatureText(ctx, signature) }));
  return [
    textBlock(words.say('sign-off.changed-since', { version })),
    ...changes,
    textBlock(words.say('sign-off.rest', { version }), 'subtle'),
    ...(signatures.length === 0 ? [] : [textBlock(words.say('sign-off.signed-before', { version }), 'strong'), { type: 'list' as const, items: signatures }]),
  ];
}

function reviewActions(ctx: ViewContext, brief: Brief, folded: boolean): CardAction[] {
  const value = { alignment: brief.alignmentId };
  const others = folded
    ? []
    : [button(ctx, 'who-said-this', 'button.who-said-this', value, { form: true }), button(ctx, 'export-markdown', 'button.export-markdown', value)];
  return [
    button(ctx, 'looks-right', 'button.looks-right', { ...value, version: String(brief.version) }, { style: 'primary' }),
    button(ctx, 'change-something', 'button.change-something', value, { form: true }),
    ...(folded ? [button(ctx, 'see-brief', 'button.see-brief', value, { form: true })] : []),
    ...inMore(
      button(ctx, 'choose-audience', 'button.choose-audience', value, { form: true }),
      button(ctx, 'delegate-sign-off', 'button.delegate-sign-off', value, { form: true }),
      ...giveButton(ctx, brief),
      ...others,
    ),
  ];
}

/** Who will see the brief once it is signed: said before anybody signs. A later version takes the place of the post that is there. */
export function audienceText(
  ctx: ViewContext,
  { audience }: Pick<Brief, 'audience'>,
  { audienceCount, signed }: Pick<ReviewOptions, 'audienceCount' | 'signed'>,
): Text {
  const { words } = ctx;
  if (audience.kind === 'participants') return words.say('review.audience-participants');
  const place = ctx.placeName(audience.place);
  const count = audienceCount === undefined ? undefined : String(audienceCount);
  if (signed?.postedIn === audience.place) {
    const slots = { place, version: String(signed.version) };
    return count === undefined ? words.say('sign-off.audience-again-uncounted', slots) : words.say('sign-off.audience-again', { ...slots, count });
  }
  return count === undefined ? words.say('review.audience-channel-uncounted', { place }) : words.say('review.audience-channel', { place, count });
}

/** "Dana and Tom for Ben". */
export function signerNames(ctx: ViewContext, missing: readonly MissingSigner[]): Text {
  return listed(
    ctx,
    missing.map((signer) =>
      signer.for === undefined
        ? [ctx.person(signer.personId)]
        : ctx.words.say('sign-off.waiting-for-one', { person: [ctx.person(signer.personId)], for: [ctx.person(signer.for)] }),
    ),
  );
}

/** A signed brief in whose place there is a newer version: to be read, with nothing to press. */
export function replacedCard(ctx: ViewContext, brief: Brief, version: number): Card {
  const topic = briefTopic(ctx, brief);
  const text = ctx.words.say('sign-off.replaced', { version: String(version) });
  return {
    summary: ctx.words.plain('sign-off.replaced', { version: String(version) }),
    title: ctx.words.say('brief.title', { topic }),
    blocks: [textBlock(text), textBlock(ctx.words.say('brief.version', { version: String(brief.version) }), 'subtle'), ...briefBlocks(ctx, brief)],
    actions: [],
  };
}
