"""One table per label: what must be found, and what must stay. Every person and number is made up."""

import pytest


def found(detector, text):
    return [(span.label, text[span.start : span.end]) for span in detector.detect(text)]


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("mijn begeleidster samira komt elke week", "PERSON", "samira"),
        ("MEVROUW VAN DEN AKKER WAS DUIDELIJK OVER DE EIGEN BIJDRAGE", "PERSON", "VAN DEN AKKER"),
        ("dhr. krant heeft het uitgelegd", "PERSON", "krant"),
        ("Gesproken met T. Gebrehiwot over de aanvraag", "PERSON", "T. Gebrehiwot"),
        ("Dat was Wiesjes idee en dat werkte", "PERSON", "Wiesje"),
        ("meneer Ter Haar belde zelf terug", "PERSON", "Ter Haar"),
        ("De consulent, Van 't Wout, nam de tijd", "PERSON", "Van 't Wout"),
        ("afgestemd i.s.m. JvdH en de poh", "PERSON", "JvdH"),
        ("groetjes van ania kowalska", "PERSON", "ania kowalska"),
        ("Onze Sjaak redt het niet meer alleen", "PERSON", "Sjaak"),
        ("Genoteerd: Smeenk, W. wil teruggebeld worden", "PERSON", "Smeenk, W."),
        ("hallo ik ben wuzelia en ik ben 22", "PERSON", "wuzelia"),
        ("de wijkcoach, tjombaro, weet ervan", "PERSON", "tjombaro"),
        ("gisteren belde ik, en tjombaro vroeg waarom", "PERSON", "tjombaro"),
        ("gesprek met mw en wuzelia (43) aan tafel", "PERSON", "wuzelia"),
        ("ik woon aan de Burg. Knottnerusweg 14 bis", "ADDRESS", "Burg. Knottnerusweg 14 bis"),
        ("mijn adres is van zwoltstraat 19 hs, daar", "ADDRESS", "van zwoltstraat 19 hs"),
        ("OP DE VAN ZWOLTSTRAAT 19 GRAAG", "ADDRESS", "VAN ZWOLTSTRAAT 19"),
        ("ik reed van kerkstraat 19 naar huis", "ADDRESS", "kerkstraat 19"),
        ("de boot ligt aan zwoltkade noordzijde 3", "ADDRESS", "zwoltkade noordzijde 3"),
        ("de hulp komt niet op achter de kerk 56, die zoekt", "ADDRESS", "achter de kerk 56"),
        ("er is lekkage in laan van zwoltdervoort 103, weer", "ADDRESS", "laan van zwoltdervoort 103"),
        ("melding over kromme zwolt 19bis", "ADDRESS", "kromme zwolt 19bis"),
        ("wij zijn van kluut 54 hs, de bovenste", "ADDRESS", "kluut 54 hs"),
        ("post graag naar zwoltgors 12 en niet hier", "ADDRESS", "zwoltgors 12"),
        ("de buren van burgemeester de zwoltstraat 131 klagen", "ADDRESS", "burgemeester de zwoltstraat 131"),
        ("ik kom zelf van 2e zwoltstraat 67, links", "ADDRESS", "2e zwoltstraat 67"),
        ("ik woon op kluut achttien en het tocht", "ADDRESS", "kluut achttien"),
        ("ik woon in de zwolthoven en het tocht", "ADDRESS", "zwolthoven"),
        ("ik woon an de Zwolt 3 en best zo", "ADDRESS", "de Zwolt 3"),
        ("biljarten met Ghanese Frank en de rest", "PERSON", "Ghanese Frank"),
        ("post naar 7933 XT nummer 8 graag", "ADDRESS", "7933 XT nummer 8"),
        ("mijn postcode is 7933XT", "POSTCODE", "7933XT"),
        ("we wonen in Klazienaveen sinds de brand", "PLACE", "Klazienaveen"),
        ("het wijkteam Noord belde terug", "PLACE", "Noord"),
        ("zij werkt bij basisschool De Zonnewijzer", "ORGANISATION", "De Zonnewijzer"),
        ("bel mij op 0031 6 1234 5678 liefst", "PHONE", "0031 6 1234 5678"),
        ("bel (0592) 31 22 44 voor twaalven", "PHONE", "(0592) 31 22 44"),
        ("mijn nummer: 06 twaalf 34 zesenvijftig 78", "PHONE", "06 twaalf 34 zesenvijftig 78"),
        (
            "Bel nul-zes, elf tweeëntwintig drieëndertig vier vier",
            "PHONE",
            "nul-zes, elf tweeëntwintig drieëndertig vier vier",
        ),
        ("bel maar nul zes 12345678 na vijven", "PHONE", "nul zes 12345678"),
        ("u bereikt mij op o6-12345678", "PHONE", "o6-12345678"),
        ("mobiel 06, 12 34 56 78 overdag", "PHONE", "06, 12 34 56 78"),
        ("mijn 06 nummer 12345678 klopt niet", "PHONE", "06 nummer 12345678"),
        ("bel 0592*312244 voor twaalven", "PHONE", "0592*312244"),
        ("nummer van mijn dochter: 06 12 34 567", "PHONE", "06 12 34 567"),
        ("app naar 31 6 12345678 of mail", "PHONE", "31 6 12345678"),
        (
            "nul zes en dan twaalf dubbel drie veertig vijf zes",
            "PHONE",
            "nul zes en dan twaalf dubbel drie veertig vijf zes",
        ),
        ("bsn een een een twee twee twee drie drie drie", "BSN", "een een een twee twee twee drie drie drie"),
        ("mail naar jan.test (at) voorbeeld (punt) nl", "EMAIL", "jan.test (at) voorbeeld (punt) nl"),
        ("mail: j.test apenstaartje\nvoorbeeld.nl", "EMAIL", "j.test apenstaartje\nvoorbeeld.nl"),
        ("liefst jan punt test punt eva@voorbeeld.nl", "EMAIL", "jan punt test punt eva@voorbeeld.nl"),
        ("mailen naar jtest @voorbeeld.nl mag", "EMAIL", "jtest @voorbeeld.nl"),
        ("mail jtest at voorbeeld.nl als het lukt", "EMAIL", "jtest at voorbeeld.nl"),
        (
            "jan laag streepje test aapenstaartje voorbeeld punt nl",
            "EMAIL",
            "jan laag streepje test aapenstaartje voorbeeld punt nl",
        ),
        ("stuur naar jtest@voorbeeld, nl graag", "EMAIL", "jtest@voorbeeld, nl"),
        ("stuur naar jtest@voorbeeld.nl. De rest volgt", "EMAIL", "jtest@voorbeeld.nl"),
        ("bel 06 12 34 56 78, en een brief mag ook", "PHONE", "06 12 34 56 78"),
        ("kijk op @ries_en_kees voor foto's", "USERNAME_URL", "@ries_en_kees"),
        ("zijn bsn is 1112.22.333", "BSN", "1112.22.333"),
        ("overmaken naar nl 91 abna 0417 1643 00", "IBAN", "nl 91 abna 0417 1643 00"),
        ("geboren op 4 maart 1951 in een dorp", "DATE", "4 maart 1951"),
        ("HB 07/02 gedaan", "DATE", "07/02"),
        ("mijn moeder is achtentachtig en woont alleen", "AGE", "achtentachtig"),
        ("onze dochter van 12 gaat mee", "AGE", "12"),
        ("op de bus stond rs-781-k te lezen", "LICENSE_PLATE", "rs-781-k"),
        ("er stond een rode voor de deur, kl 305 d, al weken", "LICENSE_PLATE", "kl 305 d"),
        ("DAT IS DE OUDE, TR FP 30, EN NIET DE NIEUWE", "LICENSE_PLATE", "TR FP 30"),
        ("mijn kenmerk is Z/24/081933, zoek maar op", "CASE_NUMBER", "Z/24/081933"),
        ("mijn man heeft vasculaire dementie", "HEALTH", "vasculaire dementie"),
        ("Van Loenen heeft het dossier gesloten.", "PERSON", "Van Loenen"),
        ("Mijn ervaring met A. de Haan is prima", "PERSON", "A. de Haan"),
        ("In de lijst: Dirk vd P, Lonneke en Ali.", "PERSON", "Dirk vd P"),
        ("Ik sprak Kune-Wil bij de balie", "PERSON", "Kune-Wil"),
        ("Kok zei dat ik geduld moest hebben.", "PERSON", "Kok"),
        ("onze begeleider Boterbloem is met verlof", "PERSON", "Boterbloem"),
        ("Wij zijn 78 en 81 en willen thuis blijven.", "AGE", "81"),
        ("Mijn moeder wordt in mei 92.", "AGE", "92"),
        ("Op mijn 67e ben ik gestopt met werken", "AGE", "67e"),
        ("de kinderen 12 en 15 wonen bij hun vader", "AGE", "12"),
        ("Ik ben van '47, dus 78 inmiddels", "AGE", "78"),
        ("I: En uzelf?\nR: Ik? 40 jaar en moe.", "AGE", "40 jaar"),
        ("84, weduwe, drie hoog", "AGE", "84"),
        ("Een alleenstaande (67, weduwe)", "AGE", "67"),
        ("76 en 78 om precies te zijn", "AGE", "78"),
        ("Mijn zoon wordt over 3 mnd 18.", "AGE", "18"),
        ("Mw. is 83,5 en woont alleen", "AGE", "83,5"),
        ("De jongste is elf. Elf!", "AGE", "Elf"),
        ("Noor? Negen.", "AGE", "Negen"),
        ("ik bin twaientachteg", "AGE", "twaientachteg"),
        ("een meneer van een jaar of vijftig kwam kijken", "AGE", "vijftig"),
        ("mijn ouders hebben een zwak hart", "HEALTH", "zwak hart"),
        ("ingangsdatum 01-12 graag", "DATE", "01-12"),
        ("kleding halen bij Hammerstraat 20, 2e.", "ADDRESS", "Hammerstraat 20, 2e"),
        ("afspraak verzet naar 3/4 om tien uur", "DATE", "3/4"),
        ("op 20-8 stond er niemand", "DATE", "20-8"),
        ("inloggen als jvermeer1952 lukt niet meer", "USERNAME_URL", "jvermeer1952"),
        ("op insta: lotte.loopt.weer staat alles", "USERNAME_URL", "lotte.loopt.weer"),
        ("zij kreeg oxycodon na de operatie", "HEALTH", "oxycodon"),
        ("vader heeft diabetes type 2", "HEALTH", "diabetes type 2"),
        ("Wij zijn beiden 82 en wonen nog thuis.", "AGE", "82"),
        ("toen hij zeven was kwam de eerste hulp", "AGE", "zeven"),
        ("mijn schoonvader van 91 tekende zelf", "AGE", "91"),
        ("Femke van 8, Siem van 6 en de baby", "AGE", "6"),
        ("man 66 en 71 jaar, beiden thuis", "AGE", "66"),
        ("drie kids (2, 5, 9) thuis", "AGE", "5"),
        ("In '48 ben ik geboren, vlak na de oorlog", "DATE", "48"),
        ("mw. Tiemersma (1938) belt terug", "DATE", "1938"),
        ("gesprek op 12 febuari verplaatst", "DATE", "12 febuari"),
        ("cliëntnr=77412 gebeld", "CASE_NUMBER", "77412"),
        ("het routenummer is 4410-2, dank", "CASE_NUMBER", "4410-2"),
        ("wij wonen in de beukenlaan naast de kerk", "ADDRESS", "beukenlaan"),
        ("mijn huis, Lisdodde 18, is te klein", "ADDRESS", "Lisdodde 18"),
        ("zij woont Graaf van Rechterenstraat 7", "ADDRESS", "Graaf van Rechterenstraat 7"),
        ("postcode 7933-XT staat verkeerd", "POSTCODE", "7933-XT"),
        ("mijn dossier ligt bij dhr. Plus, al weken", "PERSON", "Plus"),
        ("dank aan peter v.d. kolk", "PERSON", "peter v.d. kolk"),
        ("en bram komt elke week langs", "PERSON", "bram"),
        ("Joh. en Aleida wonen hiernaast", "PERSON", "Joh."),
        ("KT belt de woningbouw, daarna verslag", "PERSON", "KT"),
        ("Elke dag een ander: Joke, Wil of Trees", "PERSON", "Wil"),
        ("Mijn zoon zit op de Regenwulp en leert daar goed", "ORGANISATION", "Regenwulp"),
        ("hij heeft DM2 en loopt slecht", "HEALTH", "DM2"),
        ("Gezin (44, 38, 16, 3) zoekt een huis", "AGE", "3"),
        ("kinderen van 4, 7 en 11 jaar thuis", "AGE", "11 jaar"),
        ("Echtpaar 87/90, hij valt vaak", "AGE", "90"),
        ("Ik ben 16 jaar en 5 maanden en wil kamers", "AGE", "16 jaar en 5 maanden"),
        ("Consult: meisje 5;8 jr, stottert", "AGE", "5;8 jr"),
        ("dochter 7 mnd huilt veel", "AGE", "7 mnd"),
        ("Mijn mam wordt overmorgen tachtig", "AGE", "tachtig"),
        ("Ze zou vandaag 34 zijn geworden.", "AGE", "34"),
        ("Ik hoop de 73 te halen.", "AGE", "73"),
        ("mijn zoon die nu elf is, wil naar buiten", "AGE", "elf"),
        ("Ik heb kinderen van vijftien en zes.", "AGE", "zes"),
        ("Ja, van drie meiden. 4, 7 en 11.", "AGE", "4"),
        ("Hij was toen acht, nu elf.", "AGE", "elf"),
        ("Mijn broer is vijf jaar jonger, dus 65.", "AGE", "65"),
        ("Ik heb sinds mijn 8e epilepsie", "AGE", "8e"),
        ("Hij is op zijn achtste uit huis geplaatst", "AGE", "achtste"),
        ("Ze is twee en een half jaar.", "AGE", "twee en een half jaar"),
        ("Ze is bijna 3 maanden.", "AGE", "3 maanden"),
        ("I: Uw leeftijd?\nR: Schrijf maar op 74.", "AGE", "74"),
        ("Lft kind: 7", "AGE", "7"),
        ("Onze zoon is 9 en een half jaar oud", "AGE", "9 en een half jaar oud"),
        ("Ik bin vieventachtig.", "AGE", "vieventachtig"),
        ("mijn zoon is autistisch en 9", "AGE", "9"),
        ("Ze schat hem op een jaar of 60.", "AGE", "60"),
        ("HET IS SLUISWEG 14, 6181 GB ELSLOO", "POSTCODE", "6181 GB"),
        ("dossiers KL-4410/C en later weg", "CASE_NUMBER", "KL-4410/C"),
        ("bij het loket sta ik als 2.407.118, ja", "CASE_NUMBER", "2.407.118"),
        ("op het raam: RX 209 K, rood", "LICENSE_PLATE", "RX 209 K"),
        ("foto's staan op t.me/wies_en_bo", "USERNAME_URL", "t.me/wies_en_bo"),
        ("I: Wie helpt u?\nVisser: Niemand, zo is het", "PERSON", "Visser"),
    ],
)
def test_found(detector, text, label, value):
    assert (label, value) in found(detector, text)


@pytest.mark.parametrize(
    "text",
    [
        "Gemeente Eindhoven heeft mij goed geholpen.",
        "De Toegang in de gemeente Middelburg werkt prima, zegt Movisie.",
        "Een tip: wijs mensen eerder de weg naar de Wmo.",
        "Ik wacht al 4 jaar, en vanaf 18 jaar moet je alles opnieuw aanvragen.",
        "In juni 2023 kreeg ik een brief over artikel 2.3.2 van de Wmo 2015.",
        "Bel 112 of 14 040, dat staat overal.",
        "De kok van de dagbesteding en de bakker om de hoek weten meer dan het loket.",
        "Het kost 12.500 euro per jaar, 24/7 en op tafel 4 lag niks.",
        "Mijn rolstoel en rollator zijn versleten en ik ben moe.",
        "Ik moest drie keer bellen en na zes weken wist niemand iets.",
        "Ik geef een 8/10, de wachttijd 2/3 van een jaar vond ik te lang.",
        "Ik ben nu twaalf jaar verder en de consulent van drie jaar terug is weg.",
        "De dames van de balie waren aardig.",
        "Kijk op www.rijksoverheid.nl, daar staat het.",
        "De Maas stond hoog, de toon van de brief was laag en het kost vier ton.",
        "Mark mijn aanvraag als spoed, nummer 14 040 nam niet op.",
        "Het gaat bij Werk anders dan bij Wonen.",
        "Spreekuur van 10-12 uur, zaal 3, 37% komt niet.",
        "Sinds mijn val in okt '23 ben ik alleen.",
        "HET LOKET SLUIT OM HALF TIEN, DAT IS TE VROEG.",
        "Ga naar de voedselbank, de moskee of het buurthuis en vraag het daar.",
        "Twee wensen: (1) korter wachten, (2) een vaste consulent.",
        "De wachttijd bij de woningbouw is elf jaar.",
        "Jullie website is RAMP, verder prima.",
        "De politie gaf alleen 0900-8844 door.",
        "In ons steunpunt de hele dag koffie.",
        "Er was moar ien brief en doar ston niks in.",
        "Ze is 14 loketten langs geweest en 3 afspraken vergeten.",
        "Na menu 7 stond ik op plek veertien. Dat was 5 en nu 2.",
        "De hond is 14, de traplift is 15 en de club bestaat 75 jaar.",
        "Een garantie van 2 jaar, een lening van 10 jaar en een cv-ketel van 18 jaar.",
        "Als je 18 wordt valt alles weg; de pensioenleeftijd is 67.",
        "Hoeveel? Vijfendertig.",
        "Zestig jaar huur betaald. Het huis is van 1932.",
        "8/10 zou ik geven.",
        "Vrijwilliger 4 kwam niet, de wachtrij (12) was lang.",
        "mw wenst geen hulp, dhr wekelijks gebeld, mevr. slecht bereikbaar, mw terugbellen",
        "De brief ging van jantje naar pietje, en iedereen koos voor zichzelf.",
        "Op hoge toon vroeg ze om een nieuw achterste wiel.",
        "mw 305 kg, bv 24 km, st 12 20 en nr 12 kr",
        "ik ben tevrden, de begleiding, 3 keer, was goed en digidee is lastig",
        "in mien stroatje bin ik klazor, moar niemaand zeit wannaer de brugwig komt",
        "In de Goudse regels staat iets anders dan in de Mexicaanse of Zwolse.",
        "Er waren vragen een, twee, drie, vier, vijf, zes, zeven en acht, drie van de tien over geld.",
        "N.V.T.",
        "de zaal is van groep 5a en tabel-nieuw 3b",
        "nul op het rekest en dan nog twee keer, een ramp",
        "hij at brood. De rest liet hij staan",
        "De eigen bijdrage is 32 en was 24, het cijfer moet 8 zijn.",
        "Ik ben 37 jaar vrijwilliger en was 31 jaar kraanmachinist.",
        "Mijn man is nu acht jaar dood, ik ken haar 21 jaar.",
        "De wachtlijst: 9 jaar. Duur: 4 jaar.",
        "Mensen van 85 en ouder krijgen bezoek, een oma van 46 kleinkinderen ook.",
        "Eerst 5 uur, toen 3, nu niks. Dat was 32.",
        "Het loket viert zijn 65-jarig bestaan.",
        "Mijn dochter is 4 dagen per week thuis, de hulp is 8 dagen te laat.",
    ],
)
def test_clean_text_stays_as_it_is(detector, text):
    assert found(detector, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mw brood slaapt slecht", "brood"),
        ("mw van den hertog wenst geen hulp", "van den hertog"),
        ("met toon gebeld, hij komt niet", "toon"),
        ("gisteren belde koos terug", "koos"),
    ],
)
def test_a_word_that_is_a_name_there_is_still_found(detector, text, name):
    assert ("PERSON", name) in found(detector, text)


def test_a_name_found_once_is_masked_everywhere(detector):
    text = "Mijn dochter Roos regelt alles. Zonder Roos was ik nergens. Een roos is een bloem."
    assert [value for label, value in found(detector, text)] == ["Roos", "Roos"]


def test_surname_of_a_full_name_is_carried(detector):
    text = "Saskia Kool kwam langs. Later belde Kool nog eens."
    assert ("PERSON", "Kool") in found(detector, text)


def test_known_names_of_the_delivery_are_extra_evidence(detector):
    text = "en toen zei praxedes dat het mocht"
    assert found(detector, text) == []
    spans = detector.detect(text, known_names={"Praxedes Zwiers"})
    assert [text[s.start : s.end] for s in spans] == ["praxedes"]


def test_every_span_says_who_found_it_and_why(detector):
    (span,) = detector.detect("bel 06-12345678")
    assert (span.recogniser, span.label) == ("phone", "PHONE")
    assert span.cue
    assert span.rule_version
    assert 0.5 <= span.score <= 1
