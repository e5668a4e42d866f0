/** Messages in wording of their own: no line of these stands in what the engine was trained or tuned on. */

/** Somebody asks, in so many words, that others learn something. */
export const plainRequests: readonly string[] = [
  'Could you arrange a two-day course on account planning for the Nordics, nine key account managers, ideally in October',
  'Hi all, I am after someone who can run objection handling training for my telesales crew, roughly 25 heads',
  'Our pharmacy reps need refresher training on the new reimbursement rules before the launch in Lyon',
  'Would it be possible to book a storytelling workshop for the presales bench? Eleven people, Lisbon office',
  'Please can L&D put together a negotiation programme for our category buyers, they start supplier talks in week 40',
  'I need a trainer who can teach my field engineers to present in front of a board',
  'Looking to get forecasting training for all regional directors, what do we have on the shelf?',
  'we want to send the whole inside sales team on a prospecting bootcamp, who sets that up?',
  'Can someone organise MEDDPICC certification for the enterprise squad this half',
  'Requesting a half-day session on discovery calls for the 7 new starters in Cork',
  'My branch managers have asked for coaching skills training, how do I go about getting that approved and delivered?',
  'Need onboarding training for 30 seasonal sellers by the first of November, any chance?',
  'can enablement build us a short course about selling services instead of boxes, for 60 dealers',
  'Kindly arrange customer service training for the front desk at all four hotels',
  'I would like my two team leads to go through proper coaching training this spring, can you help',
];

/** Somebody asks for help with what their people cannot do, without a word for training. */
export const obliqueRequests: readonly string[] = [
  'my reps give away ten points the minute procurement raises an eyebrow, who can help me fix that',
  'the juniors have no idea how to run a first meeting, can somebody work with them?',
  'half of my team still cannot explain the new pricing to a customer. help please',
  'Is there anybody who could sit down with my account managers and get them better at multi threading?',
  'our partners keep losing demos to Corvo, we need to get them up to speed on the platform fast, ideas?',
  'could enablement do something with my squad on cold calls, they hate the phone and it shows',
  'I have six new store managers who have never given feedback to anyone, what can you offer them?',
  'who can make my engineers sound less like engineers in front of a CFO',
  'The team struggles with closing and we lose deals in the last week, can we get some support on that?',
  'need someone to show the Porto crew how to qualify properly, pipeline there is full of junk',
];

/** Talk about learning that asks for none. By what speaks against it. */
export const vetoed: Readonly<Record<'past' | 'schedule' | 'offer' | 'sale to a customer' | 'no longer' | 'own learning', readonly string[]>> = {
  past: [
    'The negotiation workshop last week was great, my team is still talking about it',
    'We had the objection handling training in Graz already, all 14 reps attended',
    'how was the storytelling course yesterday? did the squad like it',
    'Thanks for the prospecting bootcamp, the SDRs loved it',
    'All account managers have completed the compliance training',
    'Two years ago we did a MEDDIC training for the whole team and it changed little',
  ],
  schedule: [
    'The discovery workshop for the SDR team starts at 9 tomorrow, room Danube',
    'Reminder: sign up for the forecasting training by Friday, three seats left',
    'negotiation course for the buyers moved to Thursday, calendar invite follows',
    'Can you please add Marta and Jonas to the coaching training on the 14th, they could not register',
    'the onboarding session for new hires is cancelled today, trainer has flu',
    'please confirm your attendance at the closing skills workshop, agenda attached',
  ],
  offer: [
    'We offer award winning sales training for teams of every size, open to a chat?',
    'happy to run a workshop on cold calling for your team, just dm me',
    "I'll run a lunch session on objection handling for anyone who wants",
    'New courses are now available in the academy, negotiation and storytelling among them',
    'Join our free webinar on value selling, we help sales teams close more',
    'From enablement: our coaching programme for managers is now live, sign up in the portal',
  ],
  'sale to a customer': [
    'The customer wants a quote for two training days for their admins',
    'Our client asked for a user training for 40 people, who can send them a proposal',
    'need the sow for the onsite training at the client, 5 days, billable',
    'Northwind would like a workshop for their buyers as part of the licence deal, can we price that',
    'prospect wants training included in the implementation, how much do we charge',
    'can somebody invoice the end user training for Fabrikam, the customer is waiting',
  ],
  'no longer': [
    'We no longer need the negotiation training for the team, please cancel it',
    "my reps don't need another workshop, they need leads",
    'never mind the coaching programme request, we have decided not to do it',
    'Can we park the forecasting course for the region until next year',
    'no more training for my team this quarter please',
    'this is not a training issue, the comp plan is broken, we need to fix that',
  ],
  'own learning': [
    'I want to learn Portuguese before the move, any tips for a course?',
    'can I join the negotiation workshop in May, my manager said yes',
    "I'm thinking of doing an MBA, has anybody here taken the one in Leeds?",
    'I need to get better at presenting, is there a training I could take',
    'could someone teach me how pivot tables work',
    'I would love to do a course on storytelling for my own development',
  ],
};

/** Ordinary talk of a sales organisation. */
export const chatter: readonly string[] = [
  'who took the good chair from my desk',
  'Acme just signed, 120k, drinks on Jonas',
  'pipeline review is at two, bring numbers',
  'can somebody approve my discount for Contoso please, it is stuck',
  'the demo tenant is down again, anyone else?',
  'need two more licences for the new hires',
  'train was late, joining in ten',
  'We have to close the books by Thursday noon',
  'Is the price list for January out yet?',
  'great job on the Mercy renewal team',
  'looking for volunteers for the booth in Cologne',
  'please send me the deck from this morning',
  'my kids start school today, in at ten',
  'Does anyone know who owns the Benelux territory now',
  'I am out until Monday, ask Priya',
];
