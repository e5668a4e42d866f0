import { readingLimit } from './normalise.ts';

/**
 * Stems of which every request that the engine could hear has at least one: learning, people one speaks for, skills, or what they lack.
 * Written by first letters, so that one pass leaves most words at their first character.
 */
const stems = new RegExp(
  '\\b(?:' +
    [
      'a(?:cademy|ccount|ccredit|cumen|ccess|dvis|es\\b|gent|ms\\b|ssist|ssociate|pprentice)',
      'b(?:drs?\\b|dms\\b|ase\\b|oot ?-?camp|ranch|rief|roker|rown|rush|uyer|usiness)',
      'c(?:all|ashier|ertif|linic|rm\\b|fo\\b|hap|lass|lerk|lient|lose|losing|lueless|oach|ohort|old|olleague|ommercial|onfiden|onsult|ontact|ontractor|onversation|ourse|rash|rew|rowd|sms\\b|urriculum)',
      'd(?:e-?esc|ealer|emo|eputies|esk|eveloper|evelop|iscover|istribut|rill)',
      'e(?:-?learn|mail|ngineer|nable|veryone|verybody|xpert)',
      'f(?:eedback|ield|loor|olk|orecast|ormation|reshers|ront)',
      'g(?:ang|et|rad|roup|uys)',
      'h(?:alf a|ead|elp|ires|ow|r\\b|ubspot)',
      'i(?:mprov|ntake|ntern|nside)',
      'j(?:oiner|unior)',
      'k(?:ams\\b|now)',
      'l(?:&d|ads\\b|atam|ead|earn|ot\\b|unch|n?d\\b|inkedin)',
      'm(?:anager|aster|edd|entor|indset|ock|odule|y (?:six|seven|eight|nine|ten|four|five|three|\\d))',
      'n(?:ego|ew(?:bie|comer|ies)|obody|one|urse|ew)',
      'o(?:bjection|bjetcion|fficer|nboard|perator|ur)',
      'p(?:artner|eople|lanner|laybook|ods?\\b|pl\\b|ractice|ractise|resent|resales|ricing|rocurement|roduct|roper|rogram|rospect|itch|ersons?\\b)',
      'q(?:ualif|br)',
      'r(?:amp|efresher|enewal|eps?\\b|eseller|etrain|ole)',
      's(?:a(?:les|el)|chool|drs?\\b|ell|eminar|enior|es\\b|ession|hadow|how|kill|hift|pecialist|pin\\b|quad|taff|tarter|tore|torytell|truggl|upervisor|upport|ome(?:one|body|thing)|mbdy)',
      't(?:each|aught|eam|echnician|ellers|ender|erritor|ra(?:in|nin)|utor|em\\b)',
      'u(?:p ?-?skill|psell)',
      'v(?:alue|endor)',
      'w(?:alk|ebinar|hiteboard|orksh|riting)',
    ].join('|') +
    ')',
  'i',
);

/** False only when nothing in the text can make it a request. One pass of one precompiled pattern; never throws. */
export function mayMatter(text: string): boolean {
  return text.length > 8 && stems.test(text.length > readingLimit ? text.slice(0, readingLimit) : text);
}
