import { listed } from './normalise.ts';

/** What people say for a time zone, by IANA name. An abbreviation that two zones share goes to the one that sales teams name most. */
const saidFor = `
  America/Halifax: atlantic
  Europe/Berlin: cet, cest, central european time, central european, german, berlin, munich, hamburg, frankfurt, cologne, köln, koeln, stuttgart, düsseldorf, dusseldorf, dortmund, essen, leipzig, dresden, hannover, hanover, nuremberg, nürnberg, münchen, bremen, bonn, mannheim
  Europe/London: uk, british, bst, london, manchester, leeds, birmingham, edinburgh, glasgow, belfast, bristol, cardiff, aberdeen, dundee, inverness, sheffield, liverpool, newcastle, nottingham, southampton, swansea, leicester, brighton, oxford, scotland
  Etc/GMT: gmt
  Etc/UTC: utc, zulu
  America/New_York: et, est, edt, eastern, new york, nyc, ny, boston, atlanta, miami, philadelphia, washington, charlotte, baltimore, pittsburgh, orlando, tampa, cleveland, columbus, raleigh
  America/Chicago: ct, cst, cdt, central, chicago, dallas, houston, austin, minneapolis, nashville, milwaukee, kansas city, st louis, san antonio, memphis, new orleans, omaha
  America/Denver: mt, mst, mdt, mountain, denver, salt lake
  America/Los_Angeles: pt, pst, pdt, pacific, los angeles, la, sf, san francisco, seattle, portland, san diego, las vegas, sacramento, san jose, bay area, california
  Europe/Helsinki: eet, eest, helsinki, tampere, espoo, turku
  Europe/Lisbon: wet, lisbon, lisboa, porto, braga
  Europe/Moscow: msk, moscow
  Asia/Kolkata: ist, mumbai, delhi, bangalore, bengaluru, pune, chennai, hyderabad, india, gurgaon, gurugram, noida, kolkata, calcutta, ahmedabad, jaipur, kochi
  Asia/Singapore: sgt, singapore
  Asia/Hong_Kong: hkt, hong kong
  Asia/Tokyo: jst, tokyo, osaka
  Asia/Seoul: kst, seoul
  Australia/Sydney: aest, aedt, sydney
  Australia/Perth: awst, perth
  Australia/Adelaide: acst, adelaide
  Pacific/Auckland: nzst, nzdt, nzt, auckland, wellington
  America/Sao_Paulo: brt, são paulo, sao paulo, brasília, brasilia, rio
  America/Argentina/Buenos_Aires: art, buenos aires
  Africa/Johannesburg: sast, johannesburg, joburg, cape town, durban, pretoria
  Africa/Lagos: wat, lagos
  Africa/Harare: cat
  Africa/Nairobi: eat, nairobi
  Asia/Dubai: gst, dubai, abu dhabi, sharjah, muscat
  Asia/Manila: pht, manila
  Asia/Jakarta: wib, jakarta
  Asia/Karachi: pkt, karachi
  Europe/Dublin: dublin, cork, galway, limerick, irish
  Europe/Paris: paris, lyon, lille, marseille, toulouse, bordeaux, nantes, strasbourg, nice, french
  Europe/Vienna: vienna, wien, graz, linz, salzburg
  Europe/Zurich: zurich, zürich, geneva, basel, bern, lausanne, genève, swiss
  Europe/Amsterdam: amsterdam, rotterdam, utrecht, eindhoven, the hague, groningen, dutch
  Europe/Brussels: brussels, antwerp, ghent, gent, liège, liege, leuven, bruges
  Europe/Luxembourg: luxembourg
  Europe/Madrid: madrid, barcelona, valencia, seville, sevilla, bilbao, malaga, spanish
  Europe/Rome: rome, milan, turin, roma, milano, torino, bologna, naples, napoli, florence, venice, italian
  Europe/Athens: athens
  Europe/Warsaw: warsaw, kraków, krakow, katowice, gdansk, gdańsk, wrocław, wroclaw, poznan, poznań, łódź, lodz
  Europe/Prague: prague, praha, brno
  Europe/Budapest: budapest
  Europe/Bucharest: bucharest
  Europe/Sofia: sofia
  Europe/Belgrade: belgrade
  Europe/Zagreb: zagreb
  Europe/Ljubljana: ljubljana
  Europe/Copenhagen: copenhagen, aarhus, københavn, odense
  Europe/Stockholm: stockholm, gothenburg, göteborg, malmö, malmo
  Europe/Oslo: oslo, bergen
  Europe/Riga: riga
  Europe/Vilnius: vilnius
  Europe/Tallinn: tallinn
  Europe/Kyiv: kyiv
  Europe/Istanbul: istanbul, ankara, izmir, trt
  America/Detroit: detroit
  America/Toronto: toronto, montreal, montréal, ottawa, quebec, québec
  America/Winnipeg: winnipeg
  America/Regina: regina
  America/Edmonton: calgary, edmonton, edmonton
  America/Phoenix: phoenix
  America/Vancouver: vancouver
  America/Halifax: halifax
  America/Mexico_City: mexico city, cdmx, guadalajara
  America/Monterrey: monterrey
  America/Bogota: bogotá, bogota
  America/Lima: lima
  America/Santiago: santiago
  America/Caracas: caracas
  Asia/Riyadh: riyadh, jeddah, dammam
  Asia/Qatar: doha
  Asia/Kuwait: kuwait
  Asia/Jerusalem: tel aviv
  Africa/Cairo: cairo, alexandria, egypt
  Africa/Accra: accra
  Africa/Casablanca: casablanca
  Asia/Dhaka: dhaka
  Asia/Colombo: colombo
  Asia/Kuala_Lumpur: kuala lumpur, kl, penang
  Asia/Bangkok: bangkok
  Asia/Ho_Chi_Minh: hanoi
  Asia/Shanghai: shanghai, beijing, shenzhen, guangzhou
  Asia/Taipei: taipei
  Australia/Melbourne: melbourne
  Australia/Brisbane: brisbane, brissie, gold coast
`;

/** Places of the world's list of zones that are names of people or ordinary words. */
const notPlaces = new Set(
  'easter midway wake nome center knox stanley dawson creston chita majuro guam jersey troll davis casey palmer macquarie norfolk marengo vincennes juneau eucla lindeman canary reunion'.split(
    ' ',
  ),
);

/** The city of each zone: "Africa/Windhoek" → "windhoek". */
const cities = Intl.supportedValuesOf('timeZone').flatMap((zone): [string, string][] => {
  const city = (zone.split('/').at(-1) ?? '').replace(/_/g, ' ').toLowerCase();
  return zone.startsWith('Antarctica') || city.length < 4 || notPlaces.has(city) ? [] : [[city, zone]];
});
/** Where the list of zones writes a city as nobody does any more. */
const respelled: readonly (readonly [string, string])[] = [
  ['kathmandu', 'Asia/Kathmandu'],
  ['kyiv', 'Europe/Kyiv'],
  ['saigon', 'Asia/Ho_Chi_Minh'],
  ['ho chi minh', 'Asia/Ho_Chi_Minh'],
  ['bratislava', 'Europe/Bratislava'],
  ['ljubljana', 'Europe/Ljubljana'],
  ['sarajevo', 'Europe/Sarajevo'],
  ['skopje', 'Europe/Skopje'],
  ['reykjavik', 'Atlantic/Reykjavik'],
  ['reykjavík', 'Atlantic/Reykjavik'],
];

/** What people say for a time zone → IANA name. */
export const zoneNames: Readonly<Record<string, string>> = Object.fromEntries([
  ...cities,
  ...respelled,
  ...saidFor
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [zone = '', words = ''] = line.trim().split(': ');
      return listed(words).map((word): [string, string] => [word, zone]);
    }),
]);

/** Zone words that are ordinary words too: they count only straight after a clock time or before "time". */
export const ambiguousZones: ReadonlySet<string> = new Set([
  'et',
  'ct',
  'mt',
  'pt',
  'art',
  'cat',
  'eat',
  'wat',
  'german',
  'french',
  'dutch',
  'spanish',
  'italian',
  'swiss',
  'british',
  'irish',
  'central',
  'mountain',
  'pacific',
  'eastern',
  'regina',
  'sofia',
  'cork',
  'rio',
  'wellington',
  'ist',
  'florence',
  'washington',
  'charlotte',
  'bergen',
  'wet',
  'austin',
  'central european',
  'india',
  'atlantic',
  'la',
  'ny',
  'sf',
  'kl',
  'nice',
  'essen',
  'linz',
  'bern',
  'oxford',
  'brighton',
  'columbus',
  'california',
  'scotland',
  'egypt',
  'valencia',
  'bologna',
  'venice',
  'naples',
  'mendoza',
  'santiago',
  'victoria',
  'boise',
  'madeira',
  'jamaica',
  'panama',
  'malta',
  'samara',
]);
