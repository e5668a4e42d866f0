import { readingLimit } from './normalise.ts';

/**
 * Stems of which every request that the engine could hear has at least one: learning, people one speaks for, skills, what they lack, or a sign that
 * something is asked for. Written by first letters, so that one pass leaves most words at their first character.
 */
const stems = new RegExp(
  '[?+]|\\b(?:' +
    [
      'a(?:cademy|gain|gree|nybody|nyone|nything|ny chance|ccount|ccredit|cumen|ccess|dvis|es\\b|gent|ms\\b|ssist|ssociate|pprentice)',
      'b(?:eg|drs?\\b|dms\\b|ase\\b|oot ?-?camp|ranch|rief|roker|rown|rush|uyer|usiness)',
      'c(?:all|an\\b|na\\b|leaner|ould|ashier|ertif|linic|rm\\b|fo\\b|hap|lass|lerk|lient|lose|losing|lueless|oach|ohort|old|olleague|ommercial|onfiden|onsult|ontact|ontractor|onversation|ourse|rash|rew|rowd|sms\\b|urriculum)',
      'd(?:e-?esc|itto|oes\\b|rive|ealer|emo|eputies|esk|eveloper|evelop|iscover|istribut|rill)',
      'e(?:-?learn|ducat|quip|mail|ngineer|nable|veryone|verybody|xpert)',
      'f(?:eedback|inance|itter|ollowing|ield|loor|olk|orecast|ormation|reshers|ront)',
      'g(?:ang|uid|et|rad|roup|uys)',
      'h(?:alf a|ead|elp|ires|ow|r\\b|ubspot)',
      'i(?:mprov|nstruct|ntake|ntern|nside)',
      'j(?:oiner|unior)',
      'k(?:ams\\b|now)',
      'l(?:&d|ike|ook|ads\\b|atam|ead|earn|ot\\b|unch|n?d\\b|inkedin)',
      'm(?:anager|anners|e too|aster|edd|entor|indset|ock|odule|y (?:six|seven|eight|nine|ten|four|five|three|\\d))',
      'n(?:eed|ego|ew(?:bie|comer|ies)|obody|one|urse|ew)',
      'o(?:bjection|bjetcion|fficer|nboard|perator|ur)',
      'p(?:artner|l[sz]\\b|lease|rice|ut\\b|eople|lanner|laybook|ods?\\b|pl\\b|ractice|ractise|resent|resales|ricing|rocurement|roduct|roper|rogram|rospect|itch|ersons?\\b)',
      'q(?:ualif|br)',
      'r(?:amp|epeat|equ|erun|efresher|enewal|eps?\\b|eseller|etrain|ole)',
      's(?:a(?:les|el|me)|ign us|mth|mthing|th\\b|esh|chool|drs?\\b|ell|eminar|enior|es\\b|ession|hadow|how|kill|hift|pecialist|pin\\b|quad|taff|tarter|tore|torytell|truggl|upervisor|upport|ome(?:one|body|thing)|mbdy)',
      't(?:each|ech|emp|aught|eam|echnician|ellers|ender|erritor|ra(?:in|nin)|utor|em\\b)',
      'u(?:p ?-?skill|psell)',
      'v(?:alue|an|endor)',
      'w(?:alk|ant|ave|ho\\b|ould|ish|ebinar|hiteboard|orksh|riting)',
    ].join('|') +
    ')',
  'i',
);

/** False only when nothing in the text can make it a request. One pass of one precompiled pattern; never throws. */
export function mayMatter(text: string): boolean {
  return text.length > 8 && stems.test(text.length > readingLimit ? text.slice(0, readingLimit) : text);
}
