import { listed } from './normalise.ts';

/** What people say for a time zone, by IANA name. An abbreviation that two zones share goes to the one that sales teams name most. */
const saidFor = `
  Europe/Berlin: cet, cest, central european time, central european, german, berlin, munich, hamburg, frankfurt, cologne, stuttgart, düsseldorf
  Europe/London: uk, british, bst, london, manchester, leeds, birmingham, edinburgh, glasgow, belfast, bristol, cardiff
  Etc/GMT: gmt
  Etc/UTC: utc, zulu
  America/New_York: et, est, edt, eastern, new york, nyc, boston, atlanta, miami, philadelphia, washington, charlotte
  America/Chicago: ct, cst, cdt, central, chicago, dallas, houston, austin, minneapolis, nashville
  America/Denver: mt, mst, mdt, mountain, denver, salt lake
  America/Los_Angeles: pt, pst, pdt, pacific, los angeles, san francisco, seattle, portland, san diego
  Europe/Helsinki: eet, eest, helsinki
  Europe/Lisbon: wet, lisbon, porto
  Europe/Moscow: msk, moscow
  Asia/Kolkata: ist, mumbai, delhi, bangalore, bengaluru, pune, chennai, hyderabad, india
  Asia/Singapore: sgt, singapore
  Asia/Hong_Kong: hkt, hong kong
  Asia/Tokyo: jst, tokyo, osaka
  Asia/Seoul: kst, seoul
  Australia/Sydney: aest, aedt, sydney
  Australia/Perth: awst, perth
  Australia/Adelaide: acst, adelaide
  Pacific/Auckland: nzst, nzdt, auckland, wellington
  America/Sao_Paulo: brt, são paulo, sao paulo, brasília, brasilia, rio
  America/Argentina/Buenos_Aires: art, buenos aires
  Africa/Johannesburg: sast, johannesburg, joburg, cape town
  Africa/Lagos: wat, lagos
  Africa/Harare: cat
  Africa/Nairobi: eat, nairobi
  Asia/Dubai: gst, dubai, abu dhabi
  Asia/Manila: pht, manila
  Asia/Jakarta: wib, jakarta
  Asia/Karachi: pkt, karachi
  Europe/Dublin: dublin, cork, irish
  Europe/Paris: paris, lyon, lille, french
  Europe/Vienna: vienna
  Europe/Zurich: zurich, zürich, geneva, basel, swiss
  Europe/Amsterdam: amsterdam, rotterdam, utrecht, dutch
  Europe/Brussels: brussels, antwerp
  Europe/Luxembourg: luxembourg
  Europe/Madrid: madrid, barcelona, spanish
  Europe/Rome: rome, milan, turin, italian
  Europe/Athens: athens
  Europe/Warsaw: warsaw, kraków, krakow
  Europe/Prague: prague
  Europe/Budapest: budapest
  Europe/Bucharest: bucharest
  Europe/Sofia: sofia
  Europe/Belgrade: belgrade
  Europe/Zagreb: zagreb
  Europe/Ljubljana: ljubljana
  Europe/Copenhagen: copenhagen, aarhus
  Europe/Stockholm: stockholm, gothenburg
  Europe/Oslo: oslo, bergen
  Europe/Riga: riga
  Europe/Vilnius: vilnius
  Europe/Tallinn: tallinn
  Europe/Kyiv: kyiv
  Europe/Istanbul: istanbul, ankara
  America/Detroit: detroit
  America/Toronto: toronto, montreal, montréal, ottawa
  America/Winnipeg: winnipeg
  America/Regina: regina
  America/Edmonton: calgary, edmonton
  America/Phoenix: phoenix
  America/Vancouver: vancouver
  America/Halifax: halifax
  America/Mexico_City: mexico city
  America/Monterrey: monterrey
  America/Bogota: bogotá, bogota
  America/Lima: lima
  America/Santiago: santiago
  America/Caracas: caracas
  Asia/Riyadh: riyadh, jeddah
  Asia/Qatar: doha
  Asia/Kuwait: kuwait
  Asia/Jerusalem: tel aviv
  Africa/Cairo: cairo
  Africa/Accra: accra
  Africa/Casablanca: casablanca
  Asia/Dhaka: dhaka
  Asia/Colombo: colombo
  Asia/Kuala_Lumpur: kuala lumpur
  Asia/Bangkok: bangkok
  Asia/Ho_Chi_Minh: hanoi
  Asia/Shanghai: shanghai, beijing
  Asia/Taipei: taipei
  Australia/Melbourne: melbourne
  Australia/Brisbane: brisbane
`;

/** What people say for a time zone → IANA name. */
export const zoneNames: Readonly<Record<string, string>> = Object.fromEntries(
  saidFor
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [zone = '', words = ''] = line.trim().split(': ');
      return listed(words).map((word) => [word, zone]);
    }),
);

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
]);
