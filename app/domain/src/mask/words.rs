//! Words around names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// After a four-digit number these are no postcode.
pub const UNITS: &[&str] = &["km", "kg", "ha", "mm", "cm", "st", "er", "ft", "kW", "MB", "GB", "wh", "th", "jr"];

/// Not a street, though a number follows.
pub const NO_STREETS: &[&str] = &[
    "onderweg",
    "uitweg",
    "snelweg",
    "fietspad",
    "voetpad",
    "zebrapad",
    "schoolplein",
    "marktplein",
    "speelplein",
    "winkelstraat",
    "zijstraat",
    "speelweg",
    "kermis",
    "supermarkt",
    "weekmarkt",
    "rommelmarkt",
    "speelpark",
    "pretpark",
    "speelring",
    "autobaan",
    "rijbaan",
    "tennisbaan",
    "skatebaan",
    "trambaan",
    "busbaan",
    "werkbaan",
    "jachthaven",
    "volkspark",
    "achterpad",
    "ov-haven",
    "rotonde",
    "kerkhof",
    "voorhof",
    "perk",
    "vlaktemarkt",
    "braderie",
    "vlooienmarkt",
    "kinderhof",
    "wandelpad",
    "ruiterpad",
    "tuinpad",
    "bouwwerf",
    "bijbaan",
    "sportpark",
    "woonerf",
    "autoweg",
    "buurtmarkt",
    "binnenhof",
    "hondenpad",
    "jeu-de-boulesbaan",
    "voetbalplein",
    "basketbalplein",
    "parkeerhaven",
    "spoordijk",
    "wal",
];

/// What stands before a name and says that it is one.
pub const TITLES: &[&str] = &[
    "mevrouw",
    "mevr",
    "mevr.",
    "mw",
    "mw.",
    "meneer",
    "mijnheer",
    "menéér",
    "dhr",
    "dhr.",
    "heer",
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "miss",
    "dr",
    "dr.",
    "drs.",
    "ir.",
    "familie",
    "fam",
    "fam.",
    "juf",
    "juffrouw",
    "meester",
    "buurman",
    "buurvrouw",
    "buurjongen",
    "buurmeisje",
    "oom",
    "ome",
    "tante",
    "opa",
    "oma",
    "imam",
    "dominee",
    "pastoor",
    "dokter",
    "huisarts",
    "wijkagent",
    "agent",
    "zuster",
    "conciërge",
    "huismeester",
    "abla",
    "abi",
    "hoca",
    "amca",
    "teyze",
    "bey",
    "hanım",
    "neighbour",
    "neighbor",
    "uncle",
    "aunt",
    "auntie",
    "doctor",
    "officer",
    "teacher",
    "family",
    "grandma",
    "grandpa",
    "sheikh",
    "hadji",
    "haji",
    "madame",
    "monsieur",
    "bewoner",
    "bewoonster",
    "wethouder",
];

/// Relations; behind 'mijn', 'onze', 'my' a name follows these in lower case too.
pub const RELATIONS: &[&str] = &[
    "zoon",
    "zoontje",
    "dochter",
    "dochtertje",
    "man",
    "vrouw",
    "vriend",
    "vriendin",
    "broer",
    "broertje",
    "zus",
    "zusje",
    "moeder",
    "vader",
    "mama",
    "papa",
    "neef",
    "neefje",
    "nicht",
    "nichtje",
    "kleinzoon",
    "kleindochter",
    "kind",
    "schoonzoon",
    "schoondochter",
    "schoonmoeder",
    "schoonvader",
    "partner",
    "ex",
    "collega",
    "onderbuurman",
    "onderbuurvrouw",
    "bovenbuurman",
    "bovenbuurvrouw",
    "overbuurman",
    "overbuurvrouw",
    "benedenbuurman",
    "benedenbuurvrouw",
    "son",
    "daughter",
    "husband",
    "wife",
    "brother",
    "sister",
    "friend",
    "mother",
    "father",
    "mum",
    "dad",
    "cousin",
    "nephew",
    "niece",
    "grandson",
    "granddaughter",
    "colleague",
];

/// Whose relation.
pub const WHOSE: &[&str] = &[
    "mijn", "m'n", "m’n", "mn", "onze", "ons", "zijn", "haar", "hun", "jouw", "uw", "my", "our", "his", "her", "their",
    "your",
];

/// Say a name in the words that follow.
pub const CALLED: &[&str] = &["heet", "heette", "heten", "genaamd", "named", "called", "adım", "ismim"];

/// Close a letter.
pub const GREETINGS: &[&str] = &[
    "groeten",
    "groetjes",
    "groet",
    "mvg",
    "gr",
    "gr.",
    "grtjs",
    "regards",
    "greetings",
    "xxx",
    "selamlar",
    "saygılarımla",
];

/// Between a first name and a last name.
pub const BETWEEN: &[&str] = &[
    "van", "de", "der", "den", "ten", "ter", "te", "het", "'t", "’t", "in", "op", "el", "al", "ben", "bin", "ibn",
    "ait", "aït", "bel", "ould", "la", "le", "da", "do", "dos", "di", "del", "von", "v.d.", "v/d", "vd", "oude", "aan",
    "el-", "abu",
];

/// Words that follow a relation or a title in lower case without being a name, or begin a sentence with a capital.
const COMMON: &str = "\
    aan aardig aardige achter al alle alleen allemaal als altijd alweer amsterdam andere anders august augustus april beneden \
    behalve ben bij bijna blij boven brengt but buiten buren buurt buurtgenoten can daar daarna daarom dan dank dat de december \
    deed denk deze die dik dinsdag dit doe doen doet donderdag door dus een eens eerst eigenlijk elke elkaar en er erg ervoor even \
    februari for fijn fijne ga gaan gaat gaf gaven geen geeft gelukkig genoeg goed goede graag had haar hebben hebt heb heeft heel \
    hele helpt helemaal help her here het hier hij hoe hoewel hoop houdt hun ik ieder iedere iedereen iemand in is ja jaar jaren \
    januari jammer je jij juist juli juni kan kijkt klaagt knap komt kon kreeg kunnen laat lang later leuk leuke lief lieve loopt maar \
    maakt maandag maak maart meer met meestal mei mensen mijn mist misschien moet moeten morgen my na naar naast nadat nee neemt nergens \
    net niemand niet niets nog nooit november nu of off oktober om omdat onder ondanks ons onze ook op opnieuw opa oma our over \
    overal oud oude overigens pas praat ramadan reed samen september sinds slaapt soms staat steeds stil straks succes te tegen ter terwijl \
    that the their there they this tijdens to toch toen top tot tussen u uit uw vaak van vanaf vandaag veel verder verhuist vertelt \
    vertelde vind vindt voelt volgend volgende voor vooral voordat vorig vorige vrijdag waar waarom waren was wat we week weer weet weinig \
    wel welke werd werkt wie wij wil wilde willen woensdag wonen woon woont woonde word worden wordt wou ziek zag zaterdag zei zeggen \
    zegt zelf zelfs ze zeker ziet zij zijn zit zo zolang zomer zonder zondag zorgt zou and at he she it we you who what when where why with \
    i im not no yes please thanks thank because from on by new old more less very all every some has have does did was were will would \
    should could lives works says said helps always never often sometimes also loves likes knows thinks wants gets monday tuesday \
    wednesday thursday friday saturday sunday january february march june july october kerst pasen eid suikerfeest koningsdag \
    sinterklaas groenvoorziening gemeente politie god allah bedankt beste hallo hoi dag goedemorgen goedemiddag geachte dear hello hi \
    kinderen kids moeders vaders bewoners jongeren ouderen jongens meisjes vrouwen mannen buurvrouwen ouders huurders dit drie twee vier vijf \
    spreekt overleed overleden overlijdt kookt speelt zingt roept vraagt vroeg durft zoekt leest liep bracht belde belt hielp kwam ging \
    stond zat sliep rijdt fietst groet lacht huilt kent mag mocht moest hoort hoorde ligt lag leert leerde valt viel trouwt kan drinkt rookt";

/// Not a person, though written with capitals in a row.
const THINGS: &str = "\
    albert heijn stichting vereniging gemeente stadsdeel museum partij rode kruis leger heils tweede eerste kamer europese unie nederland \
    nederlandse nederlands amsterdam amsterdams amsterdamse noord zuid oost west centrum nieuw nieuwe oud turkije marokko suriname polen \
    syrië aldi lidl jumbo action hema gamma praxis dirk vomar plus ns gvb ggd ov ymere rochdale eigen haard stadgenoot alliantie pvda vvd \
    groenlinks d66 sp denk pvv bij1 google nextdoor marktplaats buurtapp whatsapp facebook instagram corona covid \
    heilige ajax holland lange hoge grote kleine koning koningin koningsdag prins prinses red cross united kingdom north south east \
    city council town hall house centre center library school church mosque market moskee kerk bibliotheek buurthuis speeltuin zorg welzijn \
    jeugd jongerenwerk combiwel dynamo huis huizen tuindorp wijk buurt park engels nederlands turks arabisch marokkaans marokkaanse turkse surinaamse \
    poolse syrische somalische islam islamitisch christelijk joods katholiek ij ikea schiphol rotterdam utrecht den haag english dutch turkish arabic \
    moroccan netherlands europe europa jan. feb. dutch bijlmer volewijck nieuwendam buiksloot sportclub fc afc";

fn set(words: &'static str) -> BTreeSet<&'static str> {
    words.split_whitespace().collect()
}

/// Common words, in lower case.
pub static COMMON_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| set(COMMON));

/// Parts of names of things, in lower case.
pub static THING_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| set(THINGS));

/// First names, in lower case: those that are also common words are left out.
pub static FIRST_NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| set(include_str!("first_names.txt")));
