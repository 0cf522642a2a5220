"""The words that the shapes of ages share: who, what they are to each other, verbs, time, and what numbers count."""

from anonymisation.patterns import any_of

_YOUNG = (
    "zoon zoontje dochter dochtertje kind kindje kleintje kleine kleinste jongste middelste oudste baby "
    "dreumes peuter kleuter puber tiener jongen jongetje meisje meid meiske jochie knul broertje zusje neefje nichtje "
    "neef nicht kleinzoon kleindochter kleinkind achterkleinkind pleegkind pleegzoon pleegdochter stiefzoon "
    "stiefdochter buurjongetje buurkind nakomertje tweeling drieling dtr zn"
)
_FAMILY = (
    "moeder vader man vrouw partner broer zus zuster oma opa omaatje opaatje tante oom oompje zwager echtgenoot "
    "echtgenote vriend vriendin moe pa ma mam mama pap papa moeke mem heit mdr vdr schoonmoeder schoonvader "
    "schoonzoon schoondochter schoonzus schoonbroer stiefmoeder stiefvader pleegmoeder pleegvader grootmoeder "
    "grootvader overgrootmoeder overgrootvader halfbroer halfzus ex verloofde huisgenoot kennis"
)
_ROLES = (
    "buurman buurvrouw buurjongen buurmeisje collega client cliente patient patiente inwoner inwoonster bewoner "
    "bewoonster mevrouw meneer mevr mw dhr heer dame weduwe weduwnaar mantelzorger jongere leerling pupil student "
    "studente scholier scholiere statushouder jongeman jongedame vrijwilliger stagiair stagiaire zorgvrager "
    "zorgvraagster hulpvrager cl vr sr"
)
CHILD = any_of(_YOUNG)
KIN = any_of(f"{_YOUNG} {_FAMILY} {_ROLES}")
"""Who an age is told of, one at a time."""
KIN_JOINED = "[a-z]{2,14}" + any_of(
    "moeder vader ouder zoon dochter jongen meisje vrouw kind genoot genote leerling student bewoner bewoonster"
)
"""`tienermoeder`, `logeerkind`, `lotgenoot`."""
BROOD = any_of(
    "kinderen kids kindjes kdn knd kk jongens meiden meisjes dochters zoons zonen tweeling zoontjes dochtertjes "
    "zusjes broertjes zussen broers neefjes nichtjes kleinkinderen pubers pleegkinderen kleintjes twins "
    "mannetjes ventjes peuters kleuters tieners"
)
SOMEBODY = any_of(
    "iemand mens mensen lui persoon patient patiente client cliente vent kerel knul dame types ouders oudere stel "
    "bejaarde student studente scholier scholiere mbo'er hbo'er vmbo'er vluchteling statushouder nieuwkomer dreumes "
    "echtpaar gast meiske jongedame jongeman moeder jongere stagiair stagiaire invaller baas consulent consulente "
    "ambtenaar oudje jong_ding begeleider begeleidster verpleegkundige vrijwilliger vrijwilligster chauffeur "
    "arts juf meester tolk wijf taart knar bok besje ouwetje gozer kereltje vrouwmens mensje jonkie "
    "snotneus broekie ventje mannetje vrouwtje gepensioneerde iedereen"
)
SOME_PRONOUN = any_of("ik hij ie ze zij")
PRONOUN = any_of("ik hij ze zij die wie je jij u")
OWN = any_of("mijn m'n mn me zijn z'n zn haar d'r dr hun je uw onze ons")
IS = any_of("is ben was wordt werd word bent bin bun wort wurdt wodt ies")
SHORT_ADVERBS = (
    "nu al net pas bijna ook inmiddels intussen ondertussen zelf toen destijds straks alweer al_weer dit_jaar "
    "volgend_jaar nog_maar nog_geen nog_mar nog_mer mar moar maor mer mor ruim dik krap amper zowat haast"
)
SHORT_ADVERB = any_of(SHORT_ADVERBS)
ADVERB = any_of(f"{SHORT_ADVERBS} misschien hooguit pakweg net_aan geloof_ik volgens_mij denk_ik dacht_ik meen_ik")
"""What may stand between verb and age wherever an age may stand."""
MONTH = any_of(
    "januari februari maart april mei juni juli augustus september oktober november december jan feb mrt apr jun jul "
    "aug sep sept okt nov dec"
)
SOON = (
    rf"(?:(?:in|vorige|komende) {MONTH}\.?|(?:eind|begin|half|medio) (?:dit jaar|volgend jaar|{MONTH}\.?)|"
    rf"in de \w{{3,10}}|in het (?:voor|na)?jaar|(?:op )?\d{{1,2}} {MONTH}|straks|"
    r"(?:komende |aanstaande |afgelopen |vorige )?(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)|"
    r"binnenkort|morgen|overmorgen|over (?:\d{1,2}|een|twee|drie|vier|vijf|zes|een paar) "
    r"(?:mnd|maanden|maand|weken|wkn|week|dagen)|"
    r"met (?:de )?(?:kerst|pasen|pinksteren|sinterklaas|carnaval|oud en nieuw)|"
    r"(?:dit|deze|volgend|volgende|volgent|vorig|vorige|komend|komende) "
    r"(?:jaar|maand|week|zomer|winter|herfst|lente|voorjaar|najaar|weekend|schooljaar))"
)
"""When somebody becomes so old."""
MONTHS_UNIT = "(?:maanden|maandjes|maand|mnd|weken|weekjes|wkn|dagen)"
UNIT = r"(?:[ ]?(?:jaar|jaren|jr|jier|jaor|joar|jair|jarige?)\b\.?)"
_COUNTED = any_of(
    "keer uur uren wk dag dagen week weken maand maanden mnd minuten euro km kilo kilometer m meter procent mensen "
    "personen cm kg pond gram liter ochtenden middagen avonden maal punten "
    "stuks kinderen kleinkinderen vierkante huizen woningen graden "
    "treden x tot t/m"
)
COMPOUND = r"[a-z]{2,12}(?:dagen|weken|maanden|uren|minuten|plaatsen)"
"""Things counted in one word: `dertig werkdagen`."""
HOURS = r"[ ]?u(?![a-z])(?! (?:kunt|kan|mag|bent|hebt|heeft|moet))"
NO_AMOUNT = rf"(?![\w%]|[.,:/\-]\d|[ ]?(?:{_COUNTED}|{MONTH}|{COMPOUND})\b|{HOURS})"
"""Behind a number: it counts nothing, but perhaps years."""
NO_THING = rf"{NO_AMOUNT}(?![ ]?(?:jaar|jaren|joar|jr)\b)"
"""Behind a number without a unit: it counts nothing at all."""
CLOSED = r"(?=[.,;!?)](?!\d)|$|\n| ?[/|])"
"""Behind a number that ends what is said."""
NO_STRETCH = (
    r"(?! (?:geleden|lang|later|wacht|dood|thuis|weg|ziek|opgenomen|bezig|bij|in|achter|kwijt|onderweg|per|vrij|niet|"
    r"te|over|aan|onder|naar)\b)"
)
"""Behind months and weeks: they do not say how long something took."""
GOES_ON = r"(?= (?:en|maar|dus|geworden|inmiddels|toen|nog|hoor|nu)\b(?! (?:een half|half|twee|drie)))"
"""Behind a number after which the sentence begins anew."""
STRETCH = (
    r"[ ]?(?:jaar|jr|jaren) (?:al )?(?:verder|bezig|lid|samen|getrouwd|gehuwd|clean|nuchter|weg|terug|geleden|"
    r"gescheiden|vrijwilliger|vrijwilligster|mantelzorger|lang|zo|ziek|jonger|ouder|geweest|thuis|gestopt|later|onderweg|overleden|"
    r"dood|ingeschreven|in dienst|bij (?:ons|jullie)|onze|mijn|voorzitter)\b"
)
"""Behind a number: years that something lasted."""
