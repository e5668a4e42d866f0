/** What a picture is drawn from: only what it shows, so that it can be drawn anew for whoever may see the card. Impact and cost from 1 to 5. */
export type Picture = ImpactCostPicture | TrendPicture;

export type ImpactCostPicture = {
  kind: 'impact-cost';
  title: string;
  axes: { impact: string; cost: string };
  points: readonly { label: string; impact: number; cost: number; phase: 'now' | 'next' | 'later' }[];
  phases: Readonly<Record<'now' | 'next' | 'later', string>>;
};

/** So many points can be told apart; a list of all stands beside the picture. */
export const mostPoints = 12;

/** What KPIs stood at from week to week, each beside where it began and where it shall be. Labels say what the figures are, in people's words. */
export type TrendPicture = {
  kind: 'kpi-trend';
  title: string;
  kpis: readonly {
    label: string;
    baseline?: { value: number; label: string };
    target?: { value: number; label: string };
    points: readonly { value: number; label: string; when: string }[];
  }[];
};

/** So many KPIs stand in one picture, and so many of the latest readings of each: its link has to stay short. */
export const mostTrends = 3;
export const mostReadings = 12;
