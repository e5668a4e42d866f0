import { listed } from './normalise.ts';

/** What people say for a time zone, by IANA name. An abbreviation that two zones share goes to the one that sales teams name most. */
const saidFor = `
  America/Halifax: atlantic
  Europe/Berlin: cet, cest, central european time, central european, german, berlin, munich, hamburg, frankfurt, cologne, köln, koeln, stuttgart, düsseldorf, dusseldorf, dortmund, essen, leipzig, dresden, hannover, hanover, nuremberg, nürnberg, münchen, bremen, bonn, mannheim, wuppertal, karlsruhe, bielefeld, münster, augsburg, freiburg, kiel, aachen, wiesbaden, mainz, potsdam, germany
  Europe/London: uk, british, bst, london, manchester, leeds, birmingham, edinburgh, glasgow, belfast, bristol, cardiff, aberdeen, dundee, inverness, sheffield, liverpool, newcastle, nottingham, southampton, swansea, leicester, brighton, oxford, scotland, coventry, norwich, plymouth, portsmouth, milton keynes, wolverhampton, sunderland, swindon, slough, cambridge, wales, england, britain
  Etc/GMT: gmt
  Etc/UTC: utc, zulu
  America/New_York: et, est, edt, eastern, new york, nyc, ny, boston, atlanta, miami, philadelphia, washington, charlotte, baltimore, pittsburgh, orlando, tampa, cleveland, columbus, raleigh, new jersey, cincinnati, hartford, brooklyn, manhattan, fort lauderdale, tampa bay, philly, florida, us east, east coast
  America/Chicago: ct, cst, cdt, central, chicago, dallas, houston, austin, minneapolis, nashville, milwaukee, kansas city, st louis, san antonio, memphis, new orleans, omaha, st. louis, st paul, oklahoma city, tulsa, des moines, fort worth, texas, illinois
  America/Denver: mt, mst, mdt, mountain, denver, salt lake, colorado springs, albuquerque, salt lake city, utah, colorado
  America/Los_Angeles: pt, pst, pdt, pacific, los angeles, la, sf, san francisco, seattle, portland, san diego, las vegas, sacramento, san jose, bay area, california, oakland, silicon valley, spokane, us west, west coast
  Europe/Helsinki: eet, eest, helsinki, tampere, espoo, turku, oulu, finland
  Europe/Lisbon: wet, lisbon, lisboa, porto, braga, portugal, coimbra
  Europe/Moscow: msk, moscow
  Asia/Kolkata: ist, mumbai, delhi, bangalore, bengaluru, pune, chennai, hyderabad, india, gurgaon, gurugram, noida, kolkata, calcutta, ahmedabad, jaipur, kochi, chandigarh, surat, nagpur, indore, lucknow, coimbatore, thane, vadodara, bhopal
  Asia/Singapore: sgt, singapore
  Asia/Hong_Kong: hkt, hong kong, hk
  Asia/Tokyo: jst, tokyo, osaka, kyoto, nagoya, fukuoka, yokohama, japan
  Asia/Seoul: kst, seoul, busan, korea
  Australia/Sydney: aest, aedt, sydney, canberra, newcastle nsw
  Australia/Perth: awst, perth
  Australia/Adelaide: acst, adelaide
  Pacific/Auckland: nzst, nzdt, nzt, auckland, wellington, christchurch, new zealand, nz
  America/Sao_Paulo: brt, são paulo, sao paulo, brasília, brasilia, rio, curitiba, porto alegre, belo horizonte, brazil
  America/Argentina/Buenos_Aires: art, buenos aires, argentina, rosario
  Africa/Johannesburg: sast, johannesburg, joburg, cape town, durban, pretoria, south africa, gqeberha
  Africa/Lagos: wat, lagos, abuja, nigeria
  Africa/Harare: cat
  Africa/Nairobi: eat, nairobi, mombasa, kenya
  Asia/Dubai: gst, dubai, abu dhabi, sharjah, muscat, uae, emirates
  Asia/Manila: pht, manila, cebu, makati, philippines
  Asia/Jakarta: wib, jakarta, bandung, surabaya
  Asia/Karachi: pkt, karachi, lahore, islamabad, pakistan
  Europe/Dublin: dublin, cork, galway, limerick, irish, waterford, ireland
  Europe/Paris: paris, lyon, lille, marseille, toulouse, bordeaux, nantes, strasbourg, nice, french, montpellier, grenoble, rennes, reims, dijon, france
  Europe/Vienna: vienna, wien, graz, linz, salzburg, innsbruck, austria
  Europe/Zurich: zurich, zürich, geneva, basel, bern, lausanne, genève, swiss, winterthur, st gallen, lugano, luzern, lucerne, switzerland
  Europe/Amsterdam: amsterdam, rotterdam, utrecht, eindhoven, the hague, groningen, dutch, tilburg, breda, netherlands, holland
  Europe/Brussels: brussels, antwerp, ghent, gent, liège, liege, leuven, bruges, belgium
  Europe/Luxembourg: luxembourg
  Europe/Madrid: madrid, barcelona, valencia, seville, sevilla, bilbao, malaga, spanish, zaragoza, vigo, san sebastián, spain
  Europe/Rome: rome, milan, turin, roma, milano, torino, bologna, naples, napoli, florence, venice, italian, bari, genoa, genova, verona, palermo, modena, parma, padova, italy
  Europe/Athens: athens, thessaloniki, greece
  Europe/Warsaw: warsaw, kraków, krakow, katowice, gdansk, gdańsk, wrocław, wroclaw, poznan, poznań, łódź, lodz, szczecin, lublin, bydgoszcz, rzeszów, gdynia, warszawa, poland
  Europe/Prague: prague, praha, brno, ostrava
  Europe/Budapest: budapest, debrecen, hungary
  Europe/Bucharest: bucharest, cluj, timisoara, romania
  Europe/Sofia: sofia, varna, plovdiv
  Europe/Belgrade: belgrade, novi sad
  Europe/Zagreb: zagreb
  Europe/Ljubljana: ljubljana, maribor
  Europe/Copenhagen: copenhagen, aarhus, københavn, odense, denmark
  Europe/Stockholm: stockholm, gothenburg, göteborg, malmö, malmo, uppsala, västerås, linköping, sweden
  Europe/Oslo: oslo, bergen, stavanger, trondheim, norway
  Europe/Riga: riga, latvia
  Europe/Vilnius: vilnius, kaunas, lithuania
  Europe/Tallinn: tallinn, tartu, estonia
  Europe/Kyiv: kyiv, lviv, kharkiv, odesa, ukraine
  Europe/Istanbul: istanbul, ankara, izmir, trt, bursa, turkey, türkiye
  America/Detroit: detroit
  America/Toronto: toronto, montreal, montréal, ottawa, quebec, québec, waterloo
  America/Winnipeg: winnipeg
  America/Regina: regina
  America/Edmonton: calgary, edmonton, edmonton, alberta
  America/Phoenix: phoenix, tucson, scottsdale, arizona
  America/Vancouver: vancouver, bc
  America/Halifax: halifax
  America/Mexico_City: mexico city, cdmx, guadalajara, ciudad de méxico, ciudad de mexico, puebla
  America/Monterrey: monterrey
  America/Bogota: bogotá, bogota, medellín, medellin, colombia
  America/Lima: lima, peru
  America/Santiago: santiago, chile
  America/Caracas: caracas
  Asia/Riyadh: riyadh, jeddah, dammam, ksa, saudi
  Asia/Qatar: doha
  Asia/Kuwait: kuwait
  Asia/Jerusalem: tel aviv, haifa, israel
  Africa/Cairo: cairo, alexandria, egypt
  Africa/Accra: accra, kumasi, ghana
  Africa/Casablanca: casablanca, rabat, morocco
  Asia/Dhaka: dhaka, chittagong, bangladesh
  Asia/Colombo: colombo
  Asia/Kuala_Lumpur: kuala lumpur, kl, penang, johor, malaysia
  Asia/Bangkok: bangkok, thailand
  Asia/Ho_Chi_Minh: hanoi, hcmc, da nang, vietnam
  Asia/Shanghai: shanghai, beijing, shenzhen, guangzhou, chengdu, hangzhou, china
  Asia/Taipei: taipei
  Australia/Melbourne: melbourne
  Australia/Brisbane: brisbane, brissie, gold coast
  Europe/Bratislava: kosice, košice
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
  'germany',
  'wales',
  'england',
  'britain',
  'florida',
  'texas',
  'illinois',
  'utah',
  'colorado',
  'arizona',
  'hk',
  'philippines',
  'pakistan',
  'bangladesh',
  'vietnam',
  'thailand',
  'malaysia',
  'china',
  'japan',
  'korea',
  'new zealand',
  'nz',
  'colombia',
  'brazil',
  'peru',
  'chile',
  'argentina',
  'rosario',
  'spain',
  'portugal',
  'france',
  'bari',
  'parma',
  'italy',
  'greece',
  'austria',
  'switzerland',
  'netherlands',
  'holland',
  'belgium',
  'poland',
  'hungary',
  'romania',
  'norway',
  'sweden',
  'denmark',
  'finland',
  'estonia',
  'lithuania',
  'latvia',
  'ukraine',
  'turkey',
  'türkiye',
  'ireland',
  'nigeria',
  'south africa',
  'kenya',
  'ghana',
  'morocco',
  'ksa',
  'saudi',
  'uae',
  'emirates',
  'israel',
  'waterloo',
  'bc',
  'alberta',
  'varna',
  'kiel',
  'mainz',
  'us east',
  'us west',
  'east coast',
  'west coast',
  'manhattan',
  'cambridge',
  'slough',
]);
