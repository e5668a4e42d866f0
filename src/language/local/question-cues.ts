import type { QuestionId } from '../../domain/questions.ts';

/** Systems in which sales data lives (data; extend freely). */
const systems =
  'salesforce|sfdc|hubspot|dynamics|crm|power ?bi|tableau|looker|excel|spreadsheet|google sheets?|sheet|gong|chorus|snowflake|sap|pipedrive|zoho|veeva|freshsales|netsuite|oracle|mixpanel|dialer|erp|dashboard|bigquery|redash|metabase|qlik|sharepoint|data ?warehouse|call log|phone system|telephony|avaya|outreach\\.io|salesloft|airtable|monday\\.com|till system|pos data|intranet|report(?:ing)? (?:tool|from)|lms|access database|database|survey monkey|qualtrics|notion|clari';

const managers =
  '(?:managers?|mgrs?|team ?leads?|team leaders?|supervisors?|area (?:heads?|leads?|managers?)|regionals?|regional (?:managers?|heads?)|store leads?|branch managers?|district managers?|dms|coaches|leads|frontline|squad leads?)';
const managing =
  '(?:coach(?:es|ing)?|observ\\w+|inspect\\w*|review(?:s|ing)?|listen(?:s|ing)?|sit(?:s|ting)? in|debrief\\w*|ride[- ]?alongs?|rides? along|side[- ]by[- ]side|shadow\\w*|check(?:s|ing)? in|1:1s?|one[- ]to[- ]ones?|feedback|join(?:s)? (?:one|two|a|\\d)|score[sd]?|roleplay|do (?:one|two|a|\\d)|does (?:one|two|a|\\d)|weekly)';

export type Cue = { weight: 1 | 2 | 3 | 4; pattern: RegExp };

/** Words that tell which question a clause of normalised text is about. 4 names the question itself, 3 is strong, 2 likely, 1 a hint. */
export const questionCues: Readonly<Record<QuestionId, readonly Cue[]>> = {
  driver: [
    {
      weight: 4,
      pattern:
        /\b(?:(?:business )?(?:driver|trigger|reason)(?: is| was|:| =| (?:we|i|why|for (?:this|it|all))\b)|the why\b|why:|(?:that'?s|what'?s|what is) behind (?:it|this)|we'?re doing (?:this|it)|why we'?re doing|one more thing on why|doing this because|the need comes|what drives)/,
    },
    {
      weight: 3,
      pattern:
        /^(?:because|since|well,? because|cause|bc)\b|(?<!\b(?:deals?|tenders?|bids?|pitch(?:es)?|cases?|calls?|ones?|what|why|where|how|accounts|customers|business) (?:that |which )?)\bwe (?:have |'?ve )?(?:just )?(?:lost|are losing|missed|lose)\b|\b(?:board|ceo|cfo|cro|corporate|headquarters|hq|group|investors?|regulators?|new boss) (?:\w+ ){0,2}?(?:wants?|promised|signed|gave|set|expects?|asked|capped|decided|demands?|put)\b|\b(?:acquired|merger|was bought|took over|acquisition|tariffs?|exclusivity|regulat\w+|price war|new entrant|headcount is frozen|contract ends|deal ends|patent|takeover)\b/,
    },
    {
      weight: 2,
      pattern:
        /\b(?:market share|growth target|revenue|margin|churn|turnover|win rate|pipeline|renewals?|share|sales|income|volume|complaints|profit) (?:\w+ ){0,3}?(?:dropped|fell|is down|are down|down|shrank|went from|slipped|declin\w+|flat|halved|collapsed|stalled|missing|has to|must|needs to grow|grow)\b|\b(?:we are|we'?re) (?:at|behind|below|opening|launching|moving|switching|entering|going|short|missing)\b|\b(?:must|has to|have to|need to|wants? to|want us to) (?:grow|add|win|replace|double|reach|move|cut)\b|\b(?:launch(?:es|ing)?|relaunch|goes live|competitors?|new law|reform)\b|\b(?:objective|strategy|plan says|three[- ]year plan|fiscal year|year'?s goal)\b/,
    },
    {
      weight: 1,
      pattern:
        /\b(?:because|so that|since|due to|target|growth|grow|losing|lost|price increase|competition|customers (?:are|consolidate|leave|move)|end of (?:the )?(?:year|quarter)|by year end|q[1-4]|20[23]\d)\b/,
    },
  ],
  contribution: [
    {
      weight: 4,
      pattern: /\b(?:do differently|differently (?:is|:)|how (?:it|this|training) helps|how:|training helps|what they do different|the idea is that they)\b/,
    },
    {
      weight: 3,
      pattern:
        /\b(?:they|reps|sellers|people|the team|ams|aes|sdrs|agents|advis[eo]rs|account managers|technicians|planners|engineers|consultants|csms|everyone|everybody|guys|juniors|drivers|staff|crew) (?:\w+ )?(?:should|would|will|must|'?d|need to|needs to|have to|has to|ought to|'?ll|could|are going to|lead with|stop|start|ask|notice|open with|read back)\b|\b(?:i|we)(?:'d)? (?:want|like|expect|need) (?:them|reps|sellers|people|the team|my (?:team|people|reps)|everyone|every (?:rep|seller))\b|\bi'?d expect\b/,
    },
    {
      weight: 2,
      pattern:
        /\b(?:instead of|rather than|stop \w+ing|less \w+ing|so less|fewer \w+|more \w+ing|earlier|before they|better \w+ (?:→|->|=|means)|ends? every|each (?:call|visit|meeting) (?:with|ends|starts))\b|\b(?:qualify|prospect|multithread|negotiate|trade|prepare|ask) (?:\w+ )?(?:better|earlier|first|harder|for)\b/,
    },
  ],
  sufficiency: [
    {
      weight: 4,
      pattern:
        /\b(?:training|course|workshop|it|that|this|which|programme) (?:\w+ )?(?:alone|by itself|on its own|isn'?t enough|is not enough|won'?t (?:be|cut|do|fix)|wouldn'?t be enough|is enough|will be enough|would be enough|would do|will do|does half|half of it|is (?:only )?(?:step one|part of)|won'?t be the whole|can'?t (?:fix|do))\b|\b(?:not )?by itself\b|\bon its own\b|\b(?:sufficient|sufficiency)\b|\bnot only training\b|\btraining'?s part of it\b|\b(?:'?d|would|'?ll|will) be enough\b|\bnot enough\b|\bits? enough\b|\benough (?:since|because|for|alone)\b|\balone (?:no|won'?t|not)\b|\b(?:is )?training (?:enough|all we need)\b|\bwon'?t cut it\b/,
    },
    {
      weight: 3,
      pattern:
        /\b(?:comp(?:ensation)? plan|commission|incentives?|bonus|territor\w+|lead routing|price (?:book|list)s?|quoting tool|headcount|staffing|paperwork|approval|routing|the tool|tools are|process(?:es)?) (?:\w+ ){0,3}?(?:still|has to|needs?|must|is broken|are broken|rewards?|pays?|missing|doesn'?t|isn'?t|change)\b|\balso needs? (?:\w+ )?(?:to|pricing|tools?|marketing)\b|\balso needs? (?:an?|better|new|more|clearer|faster) (?!training|course|workshop|session|coach)/,
    },
    {
      weight: 3,
      pattern:
        /\b(?:training|courses?|workshops?|seminars?) (?:\w+ ){0,2}?(?:(?:will not|won'?t|would not|wouldn'?t|does not|doesn'?t|cannot|can'?t) (?:do|fix|help|change|solve|cure|bring|answer|pick|make|get|give)|(?:would|will) (?:not )?have|(?:did|does|do|changes?) nothing|isn'?t it|is not it)\b|\bnot a (?:training|course) (?:thing|issue|matter|problem|question)\b|\bsuffices?\b|\b(?:only|just) (?:the )?(?:knowing|knowledge|skill|know[- ]how) (?:is )?missing\b|\bonly thing (?:that'?s |that is )?missing\b/,
    },
    {
      weight: 2,
      pattern:
        /\b(?:prices?|pay|stock|parts|materials?|systems?|app|portal|software|staff|staffing|hours|trucks?|leads|phones?|samples|rates|kits?|permissions?|approvals?|access)(?:'s| is| are|'re)? (?:all |now |already )?(?:fine|good|in place|in order|settled|set|ready|sorted|loaded|there|okay|paid for|bought)\b|\b(?:has|have|needs?|must|ought) (?:to )?(?:be )?(?:chang\w+|redrawn|fixed|come down|repaired|rewritten|scrapped|simplified)\b/,
    },
    { weight: 2, pattern: /^(?:yes|no|partly|partially|not really|nope|yep|yeah|probably not|nein|half|maybe half)\b(?!.{0,12}\bbudget)/ },
  ],
  owner: [
    {
      weight: 4,
      // Customers own buildings and shops, and people meet them.
      pattern:
        /(?<!\b(?:(?:talks?|speaks?|meets?|meetings?|calls?|visits?|appointments?)(?: with| to| on)?(?: the| an| each| every| their| all)?|building|home|house|property|shop|store|hotel|restaurant|farm|fleet|machine|plant|land) )\b(?:owners?|owns|ownership|own it|own this|i own (?:the|that|this)|owned by|accountable|answers for|answerable|on the hook|(?:is )?responsible|business owner|has it on (?:her|his) scorecard|on (?:her|his|their|my) scorecard)\b/,
    },
    {
      weight: 3,
      pattern:
        /\b(?:(?:runs|leads|heads|carries|drives) (?:it|this|that|the (?:whole|programme|change))|put (?:down|me down)|name should be on|name on it|it'?s me|that would be me|that'?s me|i am the one|would be me|gonna be|is the one)\b/,
    },
    { weight: 2, pattern: /\b(?:vp|head of|director|gm|md|cro|cso|managing director|sales director|general manager|country manager)\b/ },
  ],
  'owner-role': [
    {
      weight: 4,
      pattern:
        /\b(?:owner'?s? (?:role|knows|job)|(?:she|he|they|i) (?:know|knows)(?: already)?(?: what)?|hasn'?t been told|haven'?t been told|has been told|say it =|do it =|stop =|told (?:her|him)|what leading (?:it|this|the change) takes|don'?t know yet, tell them)\b/,
    },
    {
      weight: 3,
      pattern:
        /\b(?:i|she|he|\p{L}+)(?:'?ll| will| is going to| am going to|'m going to|'s going to| would| agreed to| promised to|'d| has agreed to|'s agreed to)? ?(?:personally|also|both|then|even)? ?(?:open(?:s)?(?: every| each| the| with)|kick(?:s)? (?:it |this |things )?off|announce|front(?:s)? it|stop(?:s)? (?:asking|the|approving|doing|giving|saying|overriding|his|her|my)|quit(?:s)? |drop(?:s)? (?:his|her|my|the)|kill(?:s)? the|record(?:s)? a|present(?:s)? (?:it|the)|sponsor|stand(?:s)? up|give(?:s)? up|say (?:it|so)|model it|attend(?:s)?|cancel(?:s)?|be at|visit(?:s)? one|coach (?:1|one)|do the first|do ride|sit in (?:on )?(?:two|2|one|1)|publicly|lead by example|join (?:week|the|every|one|two|each))/u,
    },
    { weight: 2, pattern: /\b(?:town hall|all[- ]?hands|kick[- ]?off|skip[- ]level|personally|lead by example|in front of everyone|publicly)\b/ },
  ],
  'manager-role': [
    {
      weight: 4,
      pattern: new RegExp(
        `\\b${managers}\\b(?:[^.!?]{0,60}?)\\b${managing}\\b|\\b${managing}\\b(?:[^.!?]{0,30}?)\\bby (?:the |their |my )?${managers}\\b|\\bmanager'?s? role\\b|\\bmanagers(?: are|:)`,
      ),
    },
    {
      weight: 3,
      pattern:
        /\b(?:(?:two|2|one|1|three|3|an?) (?:\w+ ){1,3}?(?:each|per rep|per agent|a week|per week|weekly|each week|apiece)|each (?:of them )?(?:\w+ )?(?:coach|listen|do|take|observe|review|run|sit|ride|join)\w*|(?:and|&|,) \p{L}+ (?:will |'ll )?(?:each|both|sit in|ride|coach|observe|listen|review)|every friday they|frontline)\b/u,
    },
    {
      weight: 3,
      pattern:
        /\b(?:sits?(?: in| next| \d+ min\w*)?|go(?:es)?|listens?|rides?|stands?|debriefs?|reviews?|checks?|hears?) (?:in |on |along |next |back )?(?:to |with |beside |over )?[^.!?]{0,50}?\b(?:(?:each|every|per) (?:\w+ )?(?:week|month|fortnight|day|morning|rep|seller|person|head|\w+day)|(?:once|twice|times|of them|two|one|three|calls|meetings|minutes|hour) a (?:week|month|fortnight|day)|weekly|a fortnight)\b/,
    },
    { weight: 2, pattern: new RegExp(`\\b${managers}\\b|\\b(?:ride[- ]?alongs?|call reviews?|side[- ]by[- ]side|sits? in on|deal reviews? with)\\b`) },
  ],
  'leading-kpis': [
    {
      weight: 2,
      pattern:
        /(?<!\b(?:growth|revenue|sales|annual|yearly|strategic) )\b(?:baseline|target|goal)s? (?:for|of|on) (?:[\w-]+ ){1,6}?(?:is |was |are |should be |must be |at |to |= ?)?[~<>]?\d/,
    },
    {
      weight: 4,
      pattern: /\b(?:kpis?|metrics?|indicators?|(?:we|i)(?:'d| would|'ll) (?:measure|track|watch|look at)|leading one|we measure|baseline)\b|\bnumber of \w+/,
    },
    {
      weight: 2,
      pattern:
        /\b(?:per (?:rep|seller|week|head|month|agent|visit|deal)|rate|share of|% of|conversion|from \d[\d.,%]* (?:to|up|down)|up from|down from|target)\b|→|->|=>/,
    },
  ],
  'data-source': [
    {
      weight: 4,
      pattern:
        /\b(?:data(?: source)?(?: is|:| =| comes)|(?:has|have|holds?|got) (?:the|our|all|all the|those|these) (?:data|numbers?|figures?)|source(?: is|:| =)|(?:it|that|they|this|data|numbers?|figures?|which)(?:'s| is| are)? (?:all )?(?:comes?|come|pulled|taken|exported|stored|tracked|logged|kept|sits?|lives?|captured) (?:out of|from|off|in|by|via|on)|pulled (?:from|by|out)|(?:we|i|he|she|they|revops|\p{L}+) (?:can )?(?:pulls?|exports?|extracts?|prints?|runs the report|sends? (?:the|me the|a) (?:report|figure|number|export|screenshot)))\b/u,
    },
    { weight: 3, pattern: new RegExp(`\\b(?:${systems})\\b`) },
    { weight: 2, pattern: /\b(?:reports?|export|extract|self[- ]serve|refreshed|nightly|by hand|screenshot|system|cron job|logged|admin is|live feed)\b/ },
  ],
  'weekly-call': [
    {
      weight: 4,
      pattern:
        /\b(?:weekly|status|wk|check[- ]in|sync)(?: status)? (?:call|meeting|slot|one|check[- ]in)\b(?! (?:coaching|reviews?|listening|clinics?|library|recordings?|practice))|\b(?:the )?call(?:s)?(?: is| would be| will be| could be| can be|:| =| on|,)? (?:on )?(?:mon|tue|wed|thu|fri|sat|sun|at \d)|\bwhen:|\bfor the (?:call|weekly)\b/,
    },
    { weight: 1, pattern: /\b(?:call|meeting|slot|calendar|invite|weekly|attendees|standup)\b/ },
  ],
  context: [
    {
      weight: 4,
      pattern:
        /\b(?:what'?s (?:special|unique|different)|what is (?:special|unique|different)|special (?:thing|with us|about us)|makes us different|unique(?: is| about|:)|different (?:is|about us|with us)|context(?: is|:| =)|must be in (?:it|there)|have in it|please (?:have|include)|include the|needs? to be in the)\b/,
    },
    {
      weight: 3,
      pattern:
        /\b(?:our|the|my) (?:\w+ )?(?:buyers?|customers?|clients?|prospects?|deals|cases|buying cent(?:er|re)|accounts|products?|end users?|patients|shoppers|members|donors) (?:\w+ )?(?:are|is|all|don'?t|never|only|decide|buy|ask|want|think|know|come|have|sell|speak)\b|\b(?:no|not) (?:\w+ )?(?:saas|generic|american|us|theory|textbook)\b|\b(?:real|own|our own|our) (?:cases|examples|deals|calls|products|customers|language)\b|\b(?:sold|sell|selling|sells|made|everyone|everything|materials?|it) (?:\w+ )?in (?:german|french|spanish|english|polish|dutch|italian|portuguese|cantonese|mandarin|japanese|turkish|arabic|hindi|czech|swedish|danish)\b|\bwe sell\b|\b(?:examples?|cases|role plays?) (?:should|must|from|with|about|of|in)\b|\bas the case\b/,
    },
    {
      weight: 2,
      pattern:
        /\b(?:buyers? (?:are|is)|grocery|hospitals?|public sector|tenders?|channel|resellers?|family businesses|procurement person|buying committee|door to door|industry|segment|in (?:polish|german|french|spanish|turkish))\b/,
    },
  ],
  reinforcement: [
    {
      weight: 4,
      pattern:
        /\b(?:afterwards|after (?:the|that|it|this) (?:\w+ )?(?:training|course|workshop|event|days?|they|we|managers?|→)|reinforce\w*|sustain\w*|follow[- ]?ups? (?:is|are|will|would|:)|to make it stick|it sticks|keep it alive|plan for afterwards)\b/,
    },
    {
      weight: 3,
      pattern:
        /\b(?:refreshers?|booster|buddy|re-?certif\w*|certif\w+|practice (?:partner|library|sessions?|groups?)|peer (?:clinic|coaching|groups?|circles?)|toolkit|job aids?|(?:cheat|pocket|glovebox|cue) (?:cards?|sheets?)|deal clinic|group coachings?|call scoring|scorecards?|champions|quiz\w*|drills?|spaced|nudges|learning app|follow[- ]?up (?:coaching|session|day)|playbook in|practice (?:every|each)|simulation|role[- ]?plays? (?:monthly|every|weekly)|win(?:s)? channel|channel for wins|retro|pitch night|coaching (?:hour|cadence|guide|plan|app|sessions?))\b/,
    },
    {
      weight: 2,
      pattern:
        /\b(?:after (?:it|that)|coaching|monthly|quarterly|every (?:two weeks|month|quarter)|bi-?weekly|in week \d+|week \d+|wk \d+|cadence|e-?learning|for \d+ weeks|coach in)\b/,
    },
  ],
  budget: [
    {
      weight: 4,
      pattern:
        /\b(?:(?<!(?:below|above|behind|under|over|vs\.?|against|\d[mk]?|other) )budget(?!ary| (?:is|of|was) [^.!?]{0,20}(?:profit|revenue|turnover|sales))|budgeted|cost cent(?:er|re)|opex|no money|money (?:talk|first|wise|is)|pot of money|the pot|funded|funding|fund(?:s)?|ring[- ]?fenced|p&l pays|extra cash|no extra|from (?:my|the) (?:\w+ )?(?:pot|t&e|opex))\b/,
    },
    {
      weight: 3,
      pattern:
        /\b(?:(?:hr|l&d|sales|we|marketing|finance) (?:will|won'?t|would|'ll|can) pay|paid (?:for|by|out)|per head|price tag|in the plan|for coaching days|team incentives|holds (?:it|the money)|sign(?:s)? (?:it )?off|approved|to spend|cash)\b/,
    },
    { weight: 1, pattern: /\b(?:money|spend|cost|expensive|pay|zero|none)\b/ },
  ],
};

/** A label before a colon, a dash or an equals sign that names the question: "Owner: …", "KPI = …". */
export const questionLabels: readonly { pattern: RegExp; questionId: QuestionId }[] = [
  { pattern: /^(?:why|driver|reason|trigger|need|business (?:driver|need|reason))\s?[:=–-]/, questionId: 'driver' },
  { pattern: /^(?:how|contribution|behaviou?r|change|what people (?:will )?do differently)\s?[:=–-]/, questionId: 'contribution' },
  { pattern: /^(?:enough|sufficient|sufficiency|is (?:training|it) enough|(?:whether )?training (?:is )?enough)\s?[:=?–-]/, questionId: 'sufficiency' },
  { pattern: /^(?:owner(?: in the business)?|who|business owner|accountable)\s?[:=–-]/, questionId: 'owner' },
  { pattern: /^(?:owner'?s? role|her role|his role|say|leading|what the owner (?:will )?(?:do|does))\s?[:=–-]/, questionId: 'owner-role' },
  { pattern: /^(?:managers?|manager'?s? role|frontline|mgrs?|what managers (?:will )?do)\s?[:=–-]/, questionId: 'manager-role' },
  { pattern: /^(?:kpis?|metrics?|leading (?:kpis?|one|indicators?)|indicators?|number|the indicator)\s?[:=?–-]/, questionId: 'leading-kpis' },
  { pattern: /^(?:data|source|data source|where from|where the (?:data|numbers?|figures?) comes? from|reporting)\s?[:=–-]/, questionId: 'data-source' },
  { pattern: /^(?:when|call|weekly call|status call|time)\s?[:=–-]/, questionId: 'weekly-call' },
  { pattern: /^(?:context|special|unique|what(?:'?s| is) (?:special|different|unique)(?: here)?)\s?[:=–-]/, questionId: 'context' },
  {
    pattern:
      /^(?:(?:after(?:wards)?|follow[- ]?up|reinforcement|sustain)\s?[:=,–-]|what happens (?:then|after(?:wards| that| the (?:[\w-]+ ){0,2}[\w-]+)?)\s?[:=]|after(?: it| that| the (?:course|training|workshop|session))\s?[?:=])/,
    questionId: 'reinforcement',
  },
  { pattern: /^(?:budget(?: for afterwards)?|money|funds?|cash|cost)\s?[:=–-]/, questionId: 'budget' },
];
