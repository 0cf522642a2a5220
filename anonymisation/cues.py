"""Words that announce a name, and words that never are one."""

from anonymisation.wordset import words

TITLES = words(
    "mevrouw mevr mvr mw mej juffrouw juf juffr meneer mijnheer menheer mneer dhr hr heer heren fam familie "
    "gezin echtpaar mr drs "
    "ir prof dokter dr pastoor pater dominee ds imam broeder zuster zr opa oma opoe tante oom ome opi omi "
    "meester meister mister dames kantonrechter "
    "miss mrs monsieur madame pan pani frou hear mefrou mefroe menir mevroi mevouw meveouw menneer menier "
    "zuster tannie beppe pake jonkheer jhr jonkvrouw jkvr barones gravin freule "
    "ompa bonpapa nonkel sister bro hoca abi abla haji hadji sidi lalla sheikh"
)
KIN = words(
    "zoon zoontje dochter dochtertje dochters zoons zonen kind kindje kinderen jongen jongens meisje meisjes "
    "kleinzoon kleindochter kleinkind kleinkinderen moeder "
    "vader man vrouw partner broer broertje zus zusje zuster oma opa tante oom ome nicht nichtje neef neefje "
    "buurman buurvrouw buur "
    "buurjongen buurmeisje vriend vriendin vriendje vriendinnetje echtgenoot echtgenote ex verloofde schoonzus "
    "schoonzoon schoondochter schoonmoeder schoonvader zwager "
    "schoonbroer tweeling jongste oudste middelste baby peuter kleuter pleegkind pleegzoon pleegdochter "
    "pleegmoeder pleegvader stiefzoon stiefdochter stiefvader stiefmoeder halfbroer halfzus "
    "collega begeleider begeleidster begeleiders begeleiding consulent consulente casemanager casemanagers "
    "klantmanager regisseur wijkverpleegkundige "
    "verpleegkundige thuishulp hulp huishoudster poetshulp poets schoonmaakster huishoudelijke verzorgende "
    "verzorgster zorgverlener "
    "ondersteuner clientondersteuner clientondersteunster ondersteunster maatschappelijk werker werkster "
    "werker wijkagent agent "
    "buurtwerker jongerenwerker opbouwwerker ouderenadviseur adviseur adviseuse coach jobcoach mentor mentrix "
    "curator bewindvoerder "
    "bewindvoerster advocaat advocate arts huisarts psycholoog psychiater therapeut fysiotherapeut "
    "ergotherapeut logopedist specialist "
    "vrijwilliger vrijwilligster maatje buddy tolk chauffeur gemachtigde contactpersoon teamleider "
    "teamleidster manager "
    "medewerker medewerkster ambtenaar juf meester leerkracht lerares leraar stagiair stagiaire receptioniste "
    "baliemedewerker baliemedewerkster client "
    "cliente clienten bewoner bewoonster inwoner inwoonster huisgenoot huisgenote kamergenoot kennis "
    "mantelzorger oppas gastouder gezinsvoogd voogd "
    "casus dossier hoogleraar onderzoeker onderzoekers bestuurder bestuursvoorzitter scheidsrechter rechter trainer "
    "afdelingshoofd werkbegeleider teamcoach zorgconsulent woonconsulent zorgbemiddelaar indicatiesteller "
    "voorzitter notulist notuliste gespreksleider eigenaar poh praktijkondersteuner sociotherapeut behandelaar "
    "hulpverlener "
    "hulpverleenster jeugdhulpverlener gezinscoach opvoedcoach spv wijkcoach wijkcoaches aanspreekpunt "
    "procesregisseur notaris pastor kapelaan "
    "moe mam mama papa pap pa ma mem heit memmie mamma pappa mien mijne weduwe weduwnaar wijkzuster zorgcoordinator "
    "persoon jongedame jongeman dame vent kerel meid knul gozer jochie schat lieverd ene genaamde zekere cl nm "
    "naam collegaatje "
    "gedetineerde statushouder vluchteling asielzoeker dakloze zieke overledene jongere pupil student leerling "
    "inwoners getuige verzoeker aanvrager aanvraagster melder meldster betrokkene belanghebbende patient "
    "patiente hb-er oud-collega "
    "poetsvrouw schoonmaker kraamhulp kapster pedicure vriendinnen vrienden kameraad maat achterkleinkind "
    "kleinzoontje kleindochtertje "
    "bewindv cons consul begel wijkvpk wvk wijkverpl vpk verpl coll cm mz mantelz hulpv clo teaml behand "
    "dochtsje suster broder breur bruur breer zuske zuster vrou wief wijf kearl bern famke jonge dochte"
)
NAMING = words(
    "gehuwd heet heette heetten hiet genaamd noemen noemt noemde noemden ondertekend getekend namens tnv mvg groetjes "
    "groeten groet gr vriendelijke groetend "
    "liefs hoogachtend ingevuld opgesteld afz afzender betreft betr inzake bedankt dankjewel dankzij dank "
    "roepnaam voornaam achternaam "
    "meisjesnaam geheten bijgenaamd alias oftewel lieve beste hallo hoi dag hoihoi ene zekere contactpersoon "
    "cp ctp gesproken gebeld mn kjentje hjit hiette "
    "xxx kus knuffel"
)
ASKING = words("vraag vragen vroeg gesproken spreekt spreken gebeld contact gesprek doorverbonden bel bellen melden")
TUSSEN = words(
    "van von v vd vdr vander vanden de den der d het 't t te ter ten tot in op aan bij over onder uit uyt voor "
    "la le les el al l du da "
    "dos das do di del della ben bin ibn abu abou bou ait oulad ould san st saint mac mc o la y e zu zum zur "
    "af thoe tho fan"
)
# May stand inside a name but are so common that they only count between two name words.
WEAK_TUSSEN = words("in op aan bij over onder uit voor e y do af tot het a en ben")
MIDDLE = words("a fa fat kon sang hung pauw tsoi san thi van ngoc kim")
# Capitalised (or any) words that are no part of a name, even after a title.
STOP = words(
    "ik je jij u uw hij zij ze we wij jullie hun hen haar zijn mijn onze ons deze die dit dat dan er hier daar "
    "wie wat waar wanneer hoe "
    "waarom welke en of maar want dus omdat als toen terwijl hoewel nadat voordat sinds tot om te de het een "
    "'t geen niet wel ook nog al "
    "alles iets niets niks iemand niemand ieder iedereen elke elk is was waren ben bent zijn wordt werd worden "
    "werden heeft heb hebt hebben "
    "had hadden kan kunnen kon konden mag mogen mocht moet moeten moest wil willen wilde wou zal zullen zou "
    "zouden gaat gaan ging kwam komt "
    "komen zei zegt zeggen vroeg vraagt belde belt mailde nam neemt gaf geeft doet deed doen ziet zag weet "
    "wist vindt vond denkt dacht staat "
    "stond zit zat ligt lag loopt liep houdt hield blijft bleef brengt bracht krijgt kreeg laat liet legt "
    "legde helpt hielp regelt regelde luisterde "
    "luistert begreep begrijpt vertelde vertelt sprak spreekt praat praatte schreef schrijft las leest "
    "reageerde reageert vertaalde hoorde hoort "
    "met van voor door bij naar uit over onder na tegen zonder via per op in aan af binnen buiten langs rond "
    "ja nee nou oh ach he ho hoor toch eens even heel erg zo zoals misschien soms altijd nooit vaak weer "
    "meteen direct gelukkig helaas "
    "gemeente wijkteam thuis team zorg hulp huis week maand jaar dag uur keer mensen mens kinderen mevrouw "
    "meneer dhr mevr mw dokter "
    "eerst daarna later nu straks gisteren vandaag morgen alleen samen echt gewoon zelf hem haar goed fijn "
    "lief aardig vriendelijk "
    "verteld gezegd gedaan geholpen geweest geworden gekomen gegaan gebeld gesproken geregeld gevraagd "
    "uitgelegd eigenlijk "
    "enzo i r int res resp wmo pgb zorgkantoor bsn tel telefoon mail email adres naam datum nummer"
)
PERSON_VERBS = words(
    "zei zegt belde belt mailde kwam komt heeft had is was vroeg vraagt vertelde vertelt hielp helpt luisterde "
    "luistert gaf geeft deed doet "
    "ging gaat zat zit werkt werkte woont woonde regelde regelt schreef schrijft legde bleef kan kon wil wilde "
    "moet moest mag vond vindt "
    "zag ziet sprak praat heette heet stond staat nam neemt bracht brengt krijgt kreeg vertaalde las leest "
    "dacht denkt weet wist liep "
    "loopt zoekt zocht beloofde belooft stuurde stuurt keek kijkt begreep begrijpt zou zal werd wordt hoorde "
    "voelde reageerde maakt maakte "
    "kookt kookte speelt speelde studeert slaapt sliep at lacht lachte huilt huilde overleed viel valt ligt lag riep "
    "roept reed rijdt fietst fietste zweeg dronk drinkt eet blijft hield houdt appt appte mailt poetst poetste zingt "
    "zong danst danste rookt rookte bidt schonk haalt haalde tekent tekende pakt pakte snapt snapte kende kent knikte "
    "bedankte schrok trouwde stierf verhuisde verhuist repareert kwam"
)
FIELDS = words(
    "werk inkomen wonen zorg jeugd welzijn participatie schulden schuldhulp leerplicht sociaal sociale domein wijk "
    "gemeente thuiszorg huishouden vervoer wet maatschappelijke ondersteuning dagbesteding begeleiding onderwijs "
    "passend onderwijs toegang loket kwaliteit beleid financien administratie communicatie gezin volwassenen ouderen "
    "inburgering statushouders veiligheid zorgverlening verpleging verzorging thuis centrum noord zuid oost west"
)
"""What a gemeente works at: with a capital a department, not a name."""
ACTS = words(
    "belt pakt mailt stuurt zoekt doet neemt regelt vraagt plant checkt maakt past koppelt informeert gaat belde pakte "
    "mailde stuurde zocht nam regelde vroeg plande maakte gaf geeft overlegt bespreekt schrijft zegt zei komt"
)
"""What colleagues do in notes; bodies are rarely said to do it."""
SPEAKERS = words(
    "i r int res resp interviewer interviewster respondent inwoner inwoonster bewoner bewoonster client "
    "cliente moeder vader jongere "
    "partner zoon dochter mantelzorger ouder vraag antwoord man vrouw v a deelnemer gespreksleider consulent spreker"
)
