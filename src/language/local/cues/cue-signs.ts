/** Wordings that speak for or against a cue, by name; what a window contains of them is told to the model beside its words. Data: edit freely, then train. */
const people =
  '(?:they|all of them|everyone|everybody|the (?:team|crew|reps|sellers|people|staff)|(?:my|our) (?:\\w+ )?(?:team|reps|sellers|people|guys|crew|folks|advisers|engineers)|most of (?:them|my|our|the)|half of (?:them|my|our|the)|we|none of (?:us|them)|nobody|no one|i)';
const learning = '(?:training|trainings|course|courses|workshop|workshops|seminar|seminars|class|classroom|webinar|e-?learning|teaching|bootcamp)';
const number = '(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty)';

export const cueSigns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['x-of-y', new RegExp(`\\b${number} (?:out )?(?:of|in|from) (?:the |our |them |all )?(?:last |lost )?${number}\\b`, 'g')],
  ['percent', /\d ?%|\bper ?cent\b/g],
  ['where-when', /\b(?:where|when|whenever|wherever) (?:we|they|somebody|someone|the|a|it)\b/g],
  ['where-not', /\b(?:elsewhere|otherwise|without|the (?:rest|others?)|those who|the ones)\b/g],
  ['counted', /\b(?:counted|measured|looked (?:at|into|through)|went through|timed|checked|turned out|debrief\w*|listened to)\b/g],
  ['was-done', /\b(?:nobody|no one|never|only|not one|hardly) (?:\w+ ){0,2}(?:met|called|visited|asked|came|spoke|told|offered|there)\b/g],
  [
    'too-late',
    /\b(?:too late|by then|by the time|already (?:out|signed|chosen|written|decided|quoted)|long before|before we (?:even )?(?:show|come|arrive|call))\b/g,
  ],
  [
    'lose-where',
    /\b(?:los[et]\w*|lost|win|won|gone|fall|dies?|goes wrong|begins?|starts?|happens?)\b.{0,30}\b(?:when|where|at|in|because|since|before|without|with)\b/g,
  ],
  ['suspect', /\b(?:i (?:suspect|think|believe|reckon)|my (?:feeling|guess|hunch)|if you ask me|could be that|it would help)\b/g],
  ['know-how', new RegExp(`\\b${people} (?:\\w+ ){0,2}?(?:know|knows|knew|can|could) (?:how|it|this|that|the|exactly|perfectly|do|well)\\b`, 'g')],
  ['not-know', /\b(?:don'?t|do not|does not|doesn'?t|didn'?t|dont|never) (?:really |yet |even )?(?:know|knew|understand|understood|learn(?:ed|t)?)\b/g],
  ['cannot', /\b(?:can'?t|cannot|can not|couldn'?t|could not|unable to|not able to|no (?:clue|idea)|afraid of|freeze)\b/g],
  ['never-shown', /\b(?:never|nobody|no one)(?: \w+){0,3} (?:shown|taught|learn(?:ed|t)|trained|done|did|seen|told|showed|built|practi[cs]ed)\b/g],
  [
    'was-trained',
    /\b(?:certif\w+|passed|were trained|trained on|did the course|by heart|inside out|scored|role play|experienced|in their sleep|blindfolded)\b/g,
  ],
  [
    'not-doing',
    /\b(?:don'?t do it|do not do it|just don'?t|won'?t|do(?:n'?t| not) get (?:round )?to it|no time|isn'?t done|not done|ignore|stopped|not that they can'?t)\b/g,
  ],
  ['did-when', /\b(?:when (?:there was|it paid|you sit|somebody asks|someone asks)|in the month|during the|with me|used to)\b/g],
  ['learning', new RegExp(`\\b${learning}\\b`, 'g')],
  [
    'learning-not',
    new RegExp(
      `\\b(?:no(?:t)?|isn'?t|won'?t|can'?t|doesn'?t|don'?t|nope|without|never|doubt|pointless|waste)\\b[^.!?]{0,40}\\b${learning}\\b|\\b${learning}\\b[^.!?]{0,30}\\b(?:not|isn'?t|won'?t|can'?t|cannot|doesn'?t|alone|half|only part|changes? nothing|no use)\\b`,
      'g',
    ),
  ],
  [
    'not-enough',
    /\b(?:alone|by itself|on its own|not only|isn'?t enough|not enough|not sufficient|insufficient|part(?:ly|ially)|in part|half of it|a third|won'?t (?:do|fix|be)|can'?t fix|doubt)\b/g,
  ],
  ['enough', /\b(?:enough|sufficient|will do(?: it)?|does it|covers it|all they need|nothing else|only thing|purely|simply|on its own)\b/g],
  ['starts-yes', /(?<=^|[.!?\n] ?)(?:yes|yep|yeah|yup|sure|ya|mostly|i think so|should be)\b/g],
  ['starts-no', /(?<=^|[.!?\n] ?)(?:no|nope|nah|not|negative|never|hardly|partly|partially|doubt|half)\b/g],
  ['pay', /\b(?:commissions?|bonus(?:es)?|incentives?|spiffs?|comp(?:ensation)?(?: plan)?|pay(?:s|ing)?|paid|targets?|quota)\b/g],
  [
    'tool',
    /\b(?:crm|tools?|systems?|app|portal|configurator|software|forms?|fields?|price (?:list|book)s?|pricing|calculator|templates?|tablets?|laptops?|licen[cs]es?|brochures?|catalogues?|dashboard)\b/g,
  ],
  [
    'process',
    /\b(?:process(?:es)?|approvals?|approved?|legal|signatures?|paperwork|deliver(?:y|ies)|stock|lead times?|samples?|credit|invoic\w+|contracts?|routing|leads)\b/g,
  ],
  [
    'people-lack',
    /\b(?:vacanc\w+|vacant|seats?|chairs?|desks?|understaffed|staffed|headcount|hiring|positions?|hire|replaced|short(?:-staffed| of people)?|on sick|left (?:in|since))\b/g,
  ],
  ['zone', /\b(?:territor\w+|zones?|patch(?:es)?|areas?|who owns|report(?:s)? to|hand-?overs?|incidents?|complaints)\b/g],
  ['boss', /\b(?:managers?|boss(?:es)?|directors?|head office|leadership|md|ceo|headquarters|area heads?)\b/g],
  ['must-change', /\b(?:has to|have to|must|needs? to|should|until|unless|as long as|first|before)\b/g],
  ['slow-or-broken', /\b(?:takes?|crash\w*|down|slow|broken|late|missing|out of|wrong|mess|kills?|blocks?|years? old|weeks?|nobody knows|no one knows)\b/g],
  [
    'year-plan',
    /\b(?:this year|the year|year'?s|this quarter|strateg\w+|plan|priorit\w+|objectives?|goals?|aim|focus|mandate|board|offsite|20[2-3]\d|growth|mission)\b/g,
  ],
  [
    'last-year',
    /\b(?:last year|in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)|since (?:january|february|march|april|may|june|july|august|september|october|november|december))\b/g,
  ],
  [
    'was-settled',
    /\b(?:sorted|settled|signed (?:it )?off|closed|ruled out|fixed|put right|already checked|checked|agrees? with me|no (?:disagreement|conflict)|not (?:our|the) (?:issue|case|situation)|isn'?t it|doesn'?t apply|not us|not here|ours doesn'?t)\b/g,
  ],
  ['others-team', /\b(?:another|other|different|that'?s the|somebody else'?s|old (?:owner|rule|plan|version))\b/g],
  [
    'instead',
    /\b(?:instead|rather than|forget|drop|scrap|leave the|put .{2,20} aside|take it back|changed my mind|you'?re right|you are right|fair point|convinced|then (?:it|let|not|no|a)|not .{3,30} but)\b/g,
  ],
  ['off-the-table', /\b(?:is off|no workshop|off the table|off then)\b/g],
  ['the-second', /\b(?:the (?:second|latter|other one|first)|second (?:one|thing|idea|option)|more the)\b/g],
  ['what-need', /\bwhat (?:i|we) (?:really |actually )?(?:want|need)\b/g],
  [
    'insist',
    /\b(?:still (?:want|the|like|go)|stick|stay with|stays|as (?:i said|asked)|insist|just (?:the course|organi[sz]e|book)|simple request|keep (?:the|it)|request stands|in any case|nah|with respect)\b/g,
  ],
  ['everyone', /\b(?:everybody|everyone|whole|entire|complete|full|all|every)\b/g],
  [
    'all-count',
    /\b(?:all|every(?:body|one)?|entire|whole|complete|full)\b[^.!?]{0,40}\b\d{2,5}\b|\b\d{2,5}\b[^.!?]{0,30}\b(?:at once|in one go|all of them|no exceptions)\b/g,
  ],
  ['first-small', /\b(?:start(?:ing)? (?:with|small)|begin with|first|pilot|test|try it|the rest|later|only|just|for now|small group|not all|volunteers?)\b/g],
  ['offer', /\b(?:i can|we can|we could|i could|i'?d|i would|let me|shall i|we have|i have|our|happy to|we'?d)\b/g],
  [
    'deliverable',
    /\b(?:modules?|webinars?|e-?learnings?|storyboard|decks?|slides?|badges?|certificates?|catalogue|seminar|platform|lms|learning (?:path|journey)|pills|microlearning|gamification|lessons?|quiz|trainer|enrol|vendor|seats|bootcamp|videos?|academy|speaker|library)\b/g,
  ],
  [
    'own',
    /\b(?:i (?:have to|need|lose|promised|reach|already paid|must)|my (?:numbers?|target|boss|team|director|annual)|help me|our (?:provider|numbers)|we have budget|look good|before december|end of the year|utili[sz]ation|active users)\b/g,
  ],
  ['answers-for', /\b(?:answer (?:that|this|it)|speak) for|\bput down\b|\bi know what (?:they|he|she)\b|\bwhat \w+ means\b/g],
  [
    'vague',
    /\b(?:better|more|stronger|higher|improve\w*|professional|proactive|motivat\w+|mindset|confiden\w+|ownership|energy|hunger|best in class|perform\w*|effective|strategic|fit|step up|trusted)\b/g,
  ],
  ['either', /\b(?:or (?:is|are|do|does|did|have|about|that|the|a|who|from|only|more|going|they|nobody|better)|either|which of the two|rather)\b/g],
  ['is-it', /\b(?:is (?:it|this|the|that)|are we|do (?:you|we|they)|does (?:it|the)|did they|would (?:you|they|it|better)|which|what would)\b/g],
  ['ends-asking', /\?[^.?!]*$/g],
  [
    'gap-question',
    /\b(?:not know|know how|know what|can'?t or won'?t|skill or will|been shown|shown them|do that today|could they|can they|ever (?:learn|been|do)|who does it well|not do it|round to it|does(?:n'?t)? stick|learn it|trained on this)\b/g,
  ],
  [
    'story',
    /\b(?:win|story|success|good news|worked|guess what|just heard|signed|ordered|bought|sold|got (?:the|a|three|four|an?)|landed|thanked|rang back|came home|extended|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|yesterday|last week)\b/g,
  ],
  [
    'press',
    /\b(?:asap|urgent\w*|yesterday|immediately|as soon as|right away|this week|next week|tomorrow|hurry|now|quick(?:ly)?|emergency|until friday|by friday)\b/g,
  ],
  ['figures', /\d/g],
  ['thanks', /\b(?:thanks|thank you|cheers|sorry|hello|hi|lol|haha)\b/g],
];
