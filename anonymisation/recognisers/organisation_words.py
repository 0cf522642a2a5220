"""What kinds of organisation there are, and which words belong to their names."""

import re

from anonymisation.wordset import words

TYPES = words(
    "stichting thuiszorg thuiszorgorganisatie thuiszorgwinkel zorginstelling zorgorganisatie zorgaanbieder "
    "zorgbureau zorggroep zorgverlener aanbieder instelling organisatie "
    "basisschool school middelbare scholengemeenschap lyceum college peuterspeelzaal kinderdagverblijf "
    "kinderopvang bso huisartsenpraktijk huisartspraktijk praktijk groepspraktijk "
    "tandartspraktijk apotheek ziekenhuis kliniek revalidatiecentrum revalidatie polikliniek verzorgingshuis "
    "verzorgingstehuis verpleeghuis verpleegtehuis bejaardenhuis "
    "bejaardentehuis woonzorgcentrum zorgcentrum woonvorm woongroep woonhuis serviceflat hospice dagcentrum "
    "dagbesteding dagopvang dagverblijf buurthuis wijkcentrum buurtcentrum wijkgebouw buurtkamer huiskamer "
    "dorpshuis inloop inloophuis inlooppunt inloopcentrum moskee kerk parochie gemeenschap club vereniging "
    "voetbalclub voetbalvereniging sportclub zangkoor koor harmonie fanfare speeltuin "
    "bedrijf metaalbedrijf bouwbedrijf schoonmaakbedrijf taxibedrijf firma fabriek drukkerij bakkerij slagerij "
    "garage uitzendbureau woningcorporatie woningbouw woningbouwvereniging "
    "corporatie woningstichting zorgboerderij manege boerderij fysiotherapie fysiotherapiepraktijk fysio "
    "ergotherapie logopedie leverancier hulpmiddelenleverancier werkgever sporthal zwembad bewindvoering "
    "bewindvoerderskantoor advocatenkantoor kantoor notariskantoor welzijn welzijnsorganisatie "
    "welzijnsstichting jeugdzorg jeugdhulp jeugdinstelling opvang crisisopvang "
    "vrouwenopvang daklozenopvang nachtopvang azc asielzoekerscentrum voedselbank kringloop kringloopwinkel "
    "repaircafe eetcafe cafe restaurant wooncomplex complex flat seniorenflat logeerhuis gezinshuis "
    "ggz-instelling kerkgenootschap tempel huurdersvereniging buurtkeuken atelier gezondheidscentrum "
    "zorgcentrale aannemersbedrijf aannemer visrokerij bakker kwekerij rederij transportbedrijf sorteercentrum "
    "huisartsen tandarts fysio school zorgcentrum kerkgebouw synagoge gurdwara mandir gemeenschapshuis "
    "ontmoetingscentrum steunpunt activiteitencentrum jongerencentrum coöperatie cooperatie zorgcooperatie "
    "instituut centrum huis tehuis hofje residentie landgoed maatschap tehuizen hulpverleningsinstantie "
    "wasserij kapsalon thuisbegeleiding maatwerkbedrijf werkplaats leerwerkbedrijf ambulant "
    "ambulante gezelschap zorgpension respijthuis pleeggezin gymnasium atheneum praktijkschool vakschool kookclub "
    "kindcentrum kindhuis integraal oudervereniging patientenvereniging volkstuin volkstuinvereniging wensbus belbus "
    "plusbus vv vso sbo kdv obs mbo roc huisartsenpost jeugdbescherming woonbegeleiding nachtzorg herstelhuis "
    "logeeropvang zorghotel zorgvilla jongerenraad ouderenbond taxi huisartsenpr huisartspr tandartspr fysiopr "
    "verpleegh verzorgingsh "
    "ziekenh woonzorgc"
)
WEAK_TYPES = words(
    "school kerk club huis flat kantoor centrum college praktijk opvang inloop bedrijf organisatie instelling "
    "aanbieder zorgverlener leverancier werkgever welzijn dagbesteding fysio fysiotherapie fabriek middelbare "
    "gemeenschap complex kliniek boerderij koor cafe restaurant ambulant ambulante vereniging ergotherapie "
    "logopedie werkplaats garage revalidatie jeugdzorg jeugdhulp thuiszorg ziekenhuis dagopvang apotheek "
    "moskee huiskamer bewindvoering woongroep steunpunt gymnasium atheneum integraal vv vso sbo kdv obs mbo roc "
    "huisartsenpost jeugdbescherming woonbegeleiding nachtzorg logeeropvang jongerenraad taxi volkstuin"
)
INSIDE = re.compile(
    r"(?:zorg|thuis|welzijn|jeugd|woon|stichting|ggz|hulp|buurt|wijk|huis|kliniek|medisch|school|college|"
    r"lyceum|revalidatie|senioren|ouderen|kinder|therapie|praktijk|apotheek|ziekenhuis|gasthuis|zorggroep|care|"
    r"groep|kracht|begeleid|dienstverlening|coach|support|taxi|vervoer)"
)
PUBLIC_HEAD = re.compile(
    r"[a-z]{1,40}(?:plan|gesprek|team|teams|loket|wet|beleid|budget|kaart|pas|verslag|formulier|overleg|"
    r"systeem|commissie|raad|dienst|consulent|consulente|"
    r"regeling|voorziening|app|portaal|punt|code|lift|groep|pagina|bijdrage|hulp|zorg|vervoer|besluit|aanvraag|"
    r"melding|verordening|nota|kamer|taxi|bus|advies|"
    r"ambtenaar|medewerker|regisseur|manager|coach|werker|adviseur|ondersteuner|ondersteuning|vragen|lijst|"
    r"scan|indicatie|beschikking|toets|akkoord|bijstand|management|balie|cafe|visie|agenda|meter|bureaucratie|"
    r"toeslag|belasting|tarief|model|matrix|methodiek|methode|aanpak|instrument|monitor|protocol|richtlijn|"
    r"convenant|nummer|notitie|campagne|subsidie|cursus|training|coordinator|wonen|dag|uur|week|jaar|euro)"
)
"""Endings of what a gemeente has or does: with a capital still nobody's name."""
GENERIC_CAP = words(
    "thuiszorg jeugdhulp jeugdzorg zorggroep stichting welzijn woonzorgcentrum zorgcentrum verpleeghuis "
    "ziekenhuis basisschool huisartsenpraktijk huisartspraktijk zorgboerderij huize "
    "zorgcooperatie wijkcentrum buurthuis dorpshuis kinderopvang apotheek praktijk fysiotherapie college "
    "lyceum scholengemeenschap sbo vso kdv bso psz rbs wzc wlc obs cbs rkbs thuishulp zorgvervoer jeugdteam "
    "aannemersbedrijf zorgatelier buurtzorgteam woonzorg dorpscooperatie "
    " kbs pcb vv sv fc hc kbo pcob anbo mee ggz ggnet hvo rkvv asv "
    "scouting taxi moskee "
    "kerk parochie garage bakkerij slagerij zorgbureau zorgcombinatie zorgspectrum maatschap firma woongroep "
    "hospice kringloop manege inloophuis groepspraktijk tandartspraktijk buurtzorg groenrijk tuincentrum "
    "ergotherapie logopedie zwembad sporthal gezondheidscentrum huisartsen zorgcentrale buurtkeuken atelier "
    "aannemersbedrijf bouwbedrijf "
    "transportbedrijf visrokerij huurdersvereniging bewonersvereniging speeltuinvereniging zwemclub wandelclub "
    "korfbalclub hengelsportvereniging zangvereniging muziekvereniging centrum zorg jeugdbescherming gymnasium "
    "huisartsenpost hap cjg isk kindcentrum ikc mfc mfa wensbus belbus plusbus volkstuinvereniging oudervereniging "
    "kindhuis respijthuis jongerenraad woonbegeleiding nachtzorg herstelhuis zorgvervoer thuisbegeleiding"
)
GENERIC_PAIR = words(
    "medisch evangelische evangelie protestantse hervormde gereformeerde christelijke joods sociaal integraal "
    "maatschappelijk stedelijk gemeentelijk openbaar katholieke islamitische turkse marokkaanse hindoe"
)
SCHOOLS = words("gymnasium lyceum college")
PAIRED_WITH = words(
    "centrum gemeente kerk werk gymnasium lyceum college kindcentrum welzijn moskee school basisschool vereniging "
    "stichting ziekenhuis"
)
"""`Medisch Centrum De Linie`, `Evangelische Gemeente De Bron`: together the head of a name, when more follows."""
KINDS = ("vereniging", "stichting", "praktijk", "moskee", "bond", "koor", "orkest", "scholengemeenschap", "cooperatie")
"""With such an ending a capitalised word heads a name: `Ouderenvereniging Ananda`."""
JOINED = words(
    "moskee kerk kapel school huis kliniek groep stichting fonds college lyceum vereniging club koor synagoge tempel "
    "instituut centrum flat toren hal gemeente parochie mavo vmbo praktijk apotheek hospice"
)
FIRMS = words(
    "thuiszorg bakkerij slagerij garage firma taxi kringloop zorggroep welzijn ergotherapie logopedie fysiotherapie"
)
"""At the head of a sentence too these belong to the name: `Thuiszorg Lekoever zegt op`."""
AT = words("bij via van vanuit naar door belde organisatie dagbesteding")
EVERYDAY = words(
    "cello surplus mee dock karakter fier horizon visio cicero novo attent balans present passage indigo palet "
    "klim sien mind terra curio florence spirit timon portaal laurens elan topaz phoenix accolade ability "
    "antes delfland dichterbij isala prisma vluchtelingenwerk"
)
"""Names of organisations that are words too: in lower case they are words."""
PARTNERS = words("zo co zn zonen zoon dochters fris partners meer zorg welzijn groen goed thuis samen")
JOIN = words("de het 't t den der van voor aan en in op te ter ten & la le")
ARTICLES = words("de het t den ons onze het 't d")
AFTER = words(
    "college lyceum thuis zorg thuiszorg transport bouw groep zorggroep ziekenhuis gasthuis kliniek apotheek "
    "school advies begeleiding dienstverlening welzijn taxi vervoer jeugd "
    "revalidatie bewindvoering fysiotherapie advocaten notarissen makelaars installatie schilders bakkerij "
    "slagerij kerk moskee catering uitvaart hulpmiddelen kinderopvang bv"
)
REGIONS = words(
    "twente drenthe friesland fryslan groningen overijssel gelderland flevoland utrecht noord-holland "
    "zuid-holland zeeland brabant limburg achterhoek veluwe betuwe "
    "kennemerland westfriesland waterland gooi vechtstreek haaglanden rijnmond drechtsteden westland walcheren "
    "delfland kempen peelland salland twenterand nederland holland"
)
WINDS = words("noord oost zuid west noordoost noordwest zuidoost zuidwest midden centrum")
