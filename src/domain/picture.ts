/** What a picture is drawn from: only what it shows, so that it can be drawn anew for whoever may see the card. Impact and cost from 1 to 5. */
export type Picture = {
  kind: 'impact-cost';
  title: string;
  axes: { impact: string; cost: string };
  points: readonly { label: string; impact: number; cost: number; phase: 'now' | 'next' | 'later' }[];
  phases: Readonly<Record<'now' | 'next' | 'later', string>>;
};

/** So many points can be told apart; a list of all stands beside the picture. */
export const mostPoints = 12;
