/** What may be erased once nobody has touched it for as long as things are kept. What is agreed and running, or still being talked about, never is. */
export const overStatuses = ['closed', 'withdrawn', 'declined', 'paused'] as const;

/** Fewer days would erase a brief before anybody could look at what came of it. */
export const retentionChoices = [30, 90, 180, 365, 730] as const;

export const dayMs = 86_400_000;
