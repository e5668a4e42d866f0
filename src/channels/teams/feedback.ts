import { z } from 'zod';
import { deedKey } from '../deed-key.ts';
import type { Answer } from './answer.ts';
import { type Doing, originOf, take } from './deed.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { done, failed } from './invoke-answer.ts';

/** Microsoft Learn: "Enhance AI-generated bot messages", Handle feedback. What somebody wrote there is left where it is: it is not read. */
const Feedback = z.object({
  replyToId: z.string().min(1),
  value: z.object({ actionName: z.literal('feedback'), actionValue: z.object({ reaction: z.enum(['like', 'dislike']) }) }),
});

/** Takes a thumb up or down on a message of Plumb's. Teams itself thanks, and takes no words in the answer. Never throws. */
export async function takeFeedback(dependencies: InteractionDependencies, activity: unknown, doing: Doing): Promise<Answer> {
  const parsed = Feedback.safeParse(activity);
  if (!parsed.success) return { ...done, body: {} };
  const { replyToId: about, value } = parsed.data;
  const { reaction } = value.actionValue;
  const eventKey = deedKey([doing.activityId], doing.tenant, doing.by.personId, about, reaction);
  const { outcome } = await take(dependencies, { type: 'FeedbackGiven', ...originOf(doing, eventKey), about, useful: reaction === 'like' });
  // Otherwise Teams would thank for something that is lost.
  return outcome.kind === 'not kept' ? failed : { ...done, body: {} };
}
