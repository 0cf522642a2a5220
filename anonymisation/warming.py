"""Made-up answers for a process that will read many: RE2 makes its tables, and patterns are compiled, while it reads.

So its first answers cost more than the next. `serve` has part of that behind it when the first request comes; who has
one file to read would gain nothing. Nobody in these answers exists.
"""

FIRST = (
    "Mevr. S. de Groot, 81 jaar, en haar man tachtig, tel. 0612345678, insta: sien.groot of www.sien.nl, is verhuisd."
)
"""Every gate reads it, so that no answer has to wait for a gate to be made."""

ANSWERS = (
    "Mijn begeleidster Sanneke Oudeboon van het wijkteam in Zutphen was er altijd. Bel mij op 06-13246587, na vijven.",
    "Ik woon aan de Eikelboomlaan 14 in Beverwijk en ben 67 jaar. De hulp kwam pas na 9 weken en dat is lang.",
    "Hatice heeft mijn moeder (83) goed geholpen, maar de brief van de gemeente over vervoer was niet te begrijpen.",
    "Op 12 maart 2024 belde ik over zaak 2024-183645; dhr. Verdonkschot wist nergens van. Dat kan echt beter.",
    "mijn zoon van 9 zit in een rolstoel en wij wachten al 7 maanden op een aanpassing, niemand die iets zegt",
    "Sinds mijn beroerte kom ik nergens meer. Wouters, mijn buurman, haalt nu de boodschappen. Geboren 3-11-1951.",
    "Mail naar marga.klaverblad@voorbeeld.nl of kijk op www.klaverblad.nl, dan ziet u mijn verhaal. Groetjes, Marga",
    "Mevr. Smeding-Veenman, Kerkpad 3, 7201 AB Zutphen. Zij is 78 en haar man wordt tachtig in december.",
    "Bij het loket zeiden ze dat het niet kon. IBAN NL91 ABNA 0417 1643 00 heb ik gegeven, en mijn BSN 111222333.",
    "De taxi met kenteken 12-KXP-4 kwam te laat; de chauffeur heet Ferry. Toen was ik 66, nu 68.",
    "Wij zijn 74 en 79. Onze dochter Lonneke regelt alles, want wij snappen niets van de computer en DigiD.",
    "Waarom moet ik drie keer mijn verhaal doen? Eerst aan Noor, toen aan meneer Bakhuis, en de derde weet niets.",
    "Op insta heet ik tuinvrouw_58. Ik ben drieënzestig, mijn vrouw is net tachtig geworden en heeft diabetes.",
    "Het gesprek aan tafel was prettig en er werd geluisterd. Alleen het besluit duurde te lang, vond ook mijn man.",
    "IK WACHT AL 8 WEKEN OP EEN ANTWOORD, MEVROUW TERPSTRA BELT NOOIT TERUG!!! EN ZWOLLE IS VER WEG",
    "ging wel. ik moest zelf bellen en van de consulent heb ik niets gehoord, ook niet toen ik er zelf heen ging",
    "Wat goed gaat: Ingrid komt elke dinsdag en donderdag. Wat beter kan: vervoer, en hulp bij de was.",
    "Toen oma 90 werd is zij gevallen in de badkamer. De douchestoel is er nu, dank aan Petra en haar team!",
    "Huisarts dr. Van Lingen stuurde ons door naar de ggz. Dossier 445566/23, maar Youssef kreeg geen therapie.",
    "Clientnr. 778899: man (59), alleenstaand, hartfalen en copd. Dochter Anouk doet de was, de rest niet.",
    "Onze kinderen van 4, 7 en 11 jaar gaan naar school in Deventer. De bus wordt niet vergoed door hen.",
    "Ze vroegen hoe oud ik was. Nou, 71. En of Ruben nog thuis woont? Die is eenentwintig en zit in Groningen.",
    "belt u sjaan maar, 0572-123456 of +31 6 24681357, ik kan zelf slecht horen sinds het ongeluk met de fiets",
    "Per 1 januari 2025 is de indicatie ingetrokken. Kenmerk WMO-2025-00871. Bezwaar gemaakt door mw. mr. Dijkgraaf.",
    "De mensen zijn aardig maar het zijn er te veel: Bep, de wijkverpleegkundige, en iemand van Stichting Lentezorg.",
    "Graag een vaste hulp. Vorige maand kwamen er vijf verschillende, en niemand wist hoe het met de medicijnen moest.",
    "Verslag huisbezoek 6 mei: aanwezig Tom Hagens (zoon, 45), J.P. Hagens, en de ouderenadviseur van Zorg Oost.",
    "ik ben mantelzorger voor mijn tante van 86 op de Lijsterhof, daar is de lift kapot en de deur ook al een jaar",
    'U sprak met: Gerda. "Ik werk hier twintig jaar", zei ze, "en dit heb ik nog nooit gezien." Wij ook niet.',
    "Postbus 1044, Almelo. Rekening en polis 31.220.481 kloppen niet; de SVB en het CAK wijzen naar elkaar.",
    "De scootmobiel is na een half jaar geleverd, maar de oplader ontbrak en niemand nam de telefoon op.",
    "Omdat mijn vader 91 is en dement, moest ik overal voor tekenen. Zijn adres is nu Huize Avondrood, kamer 12.",
    "Nooit iets gehoord na de melding. Wie gaat hierover? Op de website staat alleen een formulier van zes vellen.",
    "Dank u wel voor alles, u hebt mij en de kinderen echt verder geholpen toen het zo slecht ging thuis.",
    "Begeleider Mo van der Heiden (Leger des Heils) ging mee naar de rechtbank in Arnhem, op 5 juni om 9.30 uur.",
    "Ik heb reuma en ben slechtziend, dus brieven in kleine letters kan ik niet lezen. Schrijf ze groter, of bel.",
    "K. Postma uit Drachten, 54 jr, gescheiden, twee pubers: Jelle (15) en Femke (17). Schulden sinds de scheiding.",
    "We moesten zelf uitzoeken waar we recht op hadden; de een zegt dit en de ander dat, en het pgb is nog niet rond.",
    "Heel tevreden over Thuiszorg Zonnehof, en over Carla in het bijzonder. Een tien met een griffel, hoor.",
    "sinds wanneer mag de gemeente zomaar uren eraf halen? ik had 4 uur nu 2,5 en mijn rug wordt er niet beter van",
)
"""Of the kinds that people write: with all that there is to be found, and with nothing."""
