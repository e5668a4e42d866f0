/** Small words by language that English does not use; a message that is full of those of one language is written in it. Words that sellers write in English too (EST, per, con, van, pro) are left out. Data. */
const smallWords: readonly string[] = [
  'und oder nicht ist sind wir ich das der dem ein eine einen einer für mit auf auch haben wird werden bitte aber wenn dass unsere unser unseren unserem mein meine meinen noch schon sehr kann können müssen muss zu vom zum zur bei nach über gibt wie weil nur mehr ja nein danke gut alle keine kein habe machen brauchen denn sich hier heute jede jeden jeder woche diese dieses kunden umsatz vertrieb vertriebsleiter verantwortlich dienstags montags mittwochs donnerstags freitags dienstag montag mittwoch donnerstag freitag ahnung frag verkäufer weil macht wer seit',
  "le les une sont nous vous je ne pas pour avec dans que qui sur mais ou du au aux ce cette notre nos votre il elle ils être avoir très aussi c'est j'ai n'est n'a qu'il d'une l'équipe bien merci beaucoup oui chez leur faire fait besoin parce tous toutes chaque semaine encore déjà avons avez peut sans équipe ventes vendeurs chiffre affaires d'affaires mardi lundi mercredi jeudi vendredi vient perdu année sais c'était trois clientèle commerciaux quoi pourquoi comment rien",
  'el los las una para con por que está están pero como nuestro nuestra nuestros también muy más hay es del se lo su sus yo tenemos necesitamos gracias sí porque cuando este esta cada semana todos mi ya hacer puede nos hasta sin clientes ventas equipo vendedores crecer año lunes martes miércoles jueves viernes sé somos hemos perdido quién tres',
  'os uma não para com por que está são mas como nosso nossa nossos também muito mais em da das dos ao eu você temos precisamos obrigado obrigada isso porque quando cada semana todos sim já fazer pode até sem é clientes vendas equipe vendedores crescer ano segunda terça quarta quinta sexta sei perdemos quem três gente',
  'il lo gli una non che sono nostro nostra nostri anche molto più è di del della dei degli nel nella alla abbiamo questo questa grazie perché quando ogni settimana tutti sì già fare può senza mio noi dobbiamo clienti vendite squadra venditori crescere lunedì martedì mercoledì giovedì venerdì lo so abbiamo perso chi tre cento',
  'het een en niet zijn wij ik voor met ook hebben maar als dat onze ons mijn nog naar bij wel wordt geen dit deze heeft moet graag bedankt omdat elke iedere worden kunnen moeten alle klanten verkoop omzet maandag dinsdag woensdag donderdag vrijdag drie te hoog verloren weet wie',
  'och att det som är för inte på av till vi jag jeg ikke har vår våra vores også skal så til er og ett eller från måste behöver tack takk hver varje vecka uge uke kunder säljare måndag tisdag onsdag torsdag fredag vet vem hvem tre flere fler mangler ved',
  'nie się jest dla że jak ale czy mamy nasz nasze naszych przez proszę dziękuję są tak ponieważ każdy tydzień na przed oraz musimy potrzebujemy mój moja tego klientów klienci sprzedaży zespół bo co trzech wiem kto poniedziałek wtorek środa czwartek piątek za',
  'je že není jsme máme ale také protože jak náš naše každý týden děkuji prosím jsou který aby nebo zákazníky zákazníci obchod tři vím kdo pondělí úterý středa čtvrtek pátek',
  'ja ei että mutta meidän myös niin ovat olemme koska meillä kiitos joka viikko pitää tämä asiakasta asiakkaita liian kolme tiedä kuka maanantai tiistai keskiviikko torstai perjantai',
  've bir bu için çok ama değil daha olarak biz gibi bizim evet hayır teşekkürler lütfen her hafta çünkü müşteri müşterileri müşteriler satış kim pazartesi salı çarşamba perşembe cuma',
  'și nu este pentru cu care sau avem noastră nostru mulțumesc fiecare foarte trebuie',
  'és nem hogy egy az vagy mert minden kell köszönöm igen nekünk van',
  'yang untuk dengan kami tidak ini itu ada dari karena setiap minggu terima kasih tim kita akan',
];
/** Words that make a short message theirs when it has no English ones: "vielleicht Jonas", "kein Budget", "oui". Never names, never what English speakers write. Data. */
const unmistakable = new Set(
  "nein sí sì vielleicht leider natürlich genau gerne stimmt passt weiß keine kein ahnung machen macht frag frage fragt fragen nicht ich wir später c'est peut-être d'accord bientôt aucun aucune toujours demain lundi mañana ahora pregunta pregunte preguntar nadie ninguno supuesto quizás tampoco amanhã ninguém talvez pergunta obrigado obrigada forse domani nessuno chiedi hoor misschien vraag morgen kanskje kanske fråga spør spørg imorgen chyba jutro zapytaj może nikt nevím možná zítra bilmiyorum belki yarın ehkä kysy huomenna".split(
    ' ',
  ),
);
/** English words that are words of other languages too. */
const alsoForeign = new Set('a no so me an in on do am was his as will by'.split(' '));
/** Words that several languages share, English names and phrases among them: they only add weight. */
const shared = new Set('de la le en die van un est et es e o y se'.split(' '));
const languages = smallWords.map((words) => new Set(words.split(' ')));

const english = new Set(
  "the and is are was were of to we our they that this with for it i you not have has had be will my on in at from by an a who what their them can would should as but or if so no do does she he his her its it's don't i'm we're that's us me your because which when there been than then only more all some any one out about into up ok okay yes sorry please thanks says said say week weekly day days month year call calls meeting meetings team sales deal deals customer customers client clients owner budget manager managers training know think just get got need want like honestly maybe probably next last this every each good new how where when why also very much many see go going make monday tuesday wednesday thursday friday pm am works doesn't isn't".split(
    ' ',
  ),
);

const notWords = /<@?[\w|]{1,60}>|@\S{1,60}|https?:\S+|\S{1,60}@\S{1,60}|:\w{1,40}:/g;
/** With a name beside it, as in "ja, Jonas", it may be English. */
const bareYes = /^\W*(?:ja|jawohl|oui)\W*$/i;
/** A message of so few words shows its language in one of them. */
const fewWords = 6;
/** Words that are looked at: a language shows within its first sentences. */
const mostWords = 120;

/** Whether a text is surely written in another language than English: letters of another script, or many small words of one other language and few English ones. */
export function isForeign(text: string): boolean {
  const plain = text.slice(0, 1200).replace(notWords, ' ');
  if (isOtherScript(plain)) return true;
  const words = (plain.match(/[\p{L}'’]+/gu) ?? []).slice(0, mostWords);
  if (words.length === 0) return false;
  if (bareYes.test(plain)) return true;
  const shouted = plain === plain.toUpperCase();
  // "Los Angeles", "Der Spiegel": capitalised words are names, but for the first.
  const small = words.filter((word, at) => at === 0 || shouted || word.charAt(0) === word.charAt(0).toLowerCase()).map(lower);
  const count = (set: ReadonlySet<string>) => small.filter((word) => set.has(word)).length;
  const isEnglish = small.map(lower).some((word) => english.has(word) && !alsoForeign.has(word));
  const strange = small.filter((word) => unmistakable.has(word)).length;
  if (strange > 0 && !isEnglish && small.length <= fewWords && strange * 3 >= small.length) return true;
  if (words.length < 2) return false;
  const own = Math.max(...languages.map((set) => count(set)));
  const accented = Math.min(1.5, small.slice(1).filter((word) => /[^\0-\x7f’]/.test(word)).length / 2);
  if (own + Math.floor(accented) < 2) return false;
  const weight = own + accented + Math.min(1, count(shared) / 2);
  const native = words.map(lower).filter((word) => english.has(word)).length - Math.min(1, count(shared) / 2);
  return weight >= 2 && weight > 2 * native && weight / words.length >= (words.length < 4 ? 0.6 : 0.22);
}

// Most messages have no other letters, and counting them would take a good part of the time.
const asciiOnly = /^[\0-\x7f]*$/;

function isOtherScript(plain: string): boolean {
  if (asciiOnly.test(plain)) return false;
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  const latin = plain.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters >= 2 && letters - latin > latin;
}

function lower(word: string): string {
  return word.toLowerCase().replace(/’/g, "'");
}
