"""How the number of a house is written, what it may count instead, and words that a number belongs to."""

from anonymisation.wordset import words

NUMBER = (
    r"(?:(?:nummer|nr\.?|no\.?|huisnummer|t[./]?o\.?|tgo\.?|hoek)[ ])?\d{1,4}(?!\d)"
    r"(?:[ ]?-?[ ]?(?:bis(?:[ ]?[a-h](?!\w))?|bg|bgg|bel|bv|bov|t/o|t\.o\.|(?:een|twee|drie|vier)[ ]?hoog|[1-9][ ]?hg|"
    r"hs|huis|wb|ws|ab|zw|rd|rood|zwart|boven|beneden|rechts|links|achter|sous|souterrain|kelder|parterre|bovenwoning|benedenwoning|i{1,3}|iv|vi{0,3}|ix|[a-h]|hoog|"
    r"[1-9]-?hoog|\d{1,3}|[a-z]\d{1,3})(?![\w]|\.[a-z]))?"
    r"(?:[ ]?(?:[-/]|t/m|tot en met|to|t/o)[ ]?\d{1,3}(?![\w,.:]\d|\w))?"
    r"(?:[ ,\-]{1,2}[(]?(?:app|appartement|apt|unit|kamer|kmr|studio|box|flat|bus)\.?"
    r"[ ]?(?:\d{1,3}[a-z]?|[a-h])(?!\w))?"
    r"(?:,? [1-9]e(?: (?:verdieping|etage|verd\.?)(?: (?:links|rechts|achter|voor))?(?!\w)|(?=[.,;)]|$)))?"
)
STOPNUM = (
    r"(?![\d]|:\d|[.,]\d|[ ]?(?:uur|euro|jaar|keer|km|kilometer|meter|minuten|min|weken|dagen|maanden|x\b|%|"
    r"mensen|inwoners|personen|u\b|(?:mnd|wkn|wk|jr|dgn)\b))"
)

NOT_HOUSE = words(
    "actie actiepunt thema agendapunt kanaal nota wet lid rapport pilot categorie maatregel cohort doel tabel figuur "
    "pagina sectie paragraaf module training les maand dag jaar uur afdeling bladzijde casus situatie optie plan spoor "
    "pijler prioriteit poging gesprek brief januari februari maart april mei juni juli augustus september oktober "
    "november december deelnemer respondent client inwoner bewoner "
    "artikel tafel kamer zaal vraag stap bijlage formulier versie fase punt cijfer score nummer team groep "
    "blok week kwartaal route lijn gold windows covid iphone galaxy uitgangspunt deel hoofdstuk regel optie "
    "scenario level niveau stadium type bus tram perron gate klas leerjaar batch radio net zender seizoen aflevering "
    "bladzijde pagina spreker prio kolom rij veld toets optie knop stand plek loket balie rang code reeks lijst "
    "rubriek onderdeel tabel vmbo mavo havo vwo gymnasium mbo schaal zzp profiel leerroute opleiding playstation xbox "
    "begeleiding dagbesteding vervoer hulp ondersteuning huishouden lokaal perron trede rit zender editie cluster zone "
    "pakket leeftijd maat schoenmaat postbus taal rekenen maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "ma di wo do vr za zo"
)
NUMBERS_THINGS = tuple(
    words(
        "breedte hoogte diepte lengte maat tijd kosten prijs nummer code score nr codes kenmerk team groep model "
        "versie dag kaart plan formulier verzekering uitkering vordering regeling vraag stap bladzijde pagina klas "
        "lijst traject niveau dossier ronde indicatie profiel test toets module regel fase client respondent deelnemer"
    )
)
"""`zitbreedte 46`, `deelvraag 12`: so end words that number, count or measure things."""
