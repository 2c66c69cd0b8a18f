admin-title = Beheer
admin-residents = Bewoners
admin-residents-note = met een bevestigd adres
admin-plans = Plannen
admin-plans-note = voor iedereen te zien
admin-voting = Rondes waarin gestemd wordt
admin-open-waves = Lopende peilingen
admin-share = Geld voor bewoners inleggen
admin-share-note = Van de programma's naar het deel van een wijk
admin-rounds = Stemrondes
admin-rounds-note = Opzetten, openen, sluiten, tellen
admin-waves = Peilingen
admin-waves-note = Een nieuwe peiling maken
admin-roles = Rollen
admin-roles-note = Wie mag wat, en waar
admin-clock = Klok van de voorbeeldstad
admin-clock-note = De tijd vooruitzetten
admin-clock-now = In de voorbeeldstad is het nu { $time }.
admin-clock-text = Zo loop je een ronde van weken in een paar minuten door. Terug kan niet. Wie lang niet langs kwam, moet opnieuw inloggen.
admin-clock-step = Hoe ver vooruit?
clock-hour = Een uur
clock-day = Een dag
clock-week = Een week
admin-clock-do = Zet de klok vooruit
admin-wijk = Wijk
admin-show = Toon
admin-yes = Ja
admin-no = Nee
admin-share-amount = Hoeveel leg je in?
admin-share-room = Er kan nog { $amount } bij.
admin-share-lines = Wat er nog op de programma's staat
admin-share-programme = Als het potje 'Bewonersparticipatie' leeg is, neem de rest van
admin-share-earmarked-only = Alleen 'Bewonersparticipatie'
admin-share-do = Leg in
admin-rounds-none = Er zijn nog geen stemrondes.
admin-round-new = Nieuwe stemronde
admin-round-buurt = In welke buurt?
admin-round-title = Titel
admin-round-intro = Waar gaat het over?
admin-round-intro-hint = Een paar zinnen in gewone taal.
admin-round-year = Uit welk begrotingsjaar?
admin-round-year-left = { $year }: nog { $amount }
admin-round-pot = Hoeveel zit er in de pot?
admin-round-pot-hint = Dit gaat meteen van het deel van de wijk naar de pot.
admin-round-max = Hoeveel plannen mag iemand kiezen?
admin-round-opens = Stemmen kan vanaf
admin-round-closes = Stemmen kan tot
admin-round-receipts = Krijgen stemmers een stembewijs?
admin-round-plans = Welke plannen komen op het stembiljet?
admin-round-do = Zet de stemronde klaar
admin-round-no-plans = Er zijn geen haalbare plannen in deze buurt
admin-round-no-plans-how = Eerst moet het stadsdeel plannen haalbaar vinden.
admin-round-public = Bekijk de ronde zoals iedereen
admin-stop-reason = Waarom stopt de ronde?
admin-stop-hint = Iedereen kan dit lezen.
admin-turnout = Stemmen
admin-roll = Op de lijst
admin-wave-new = Nieuwe peiling
admin-wave-title = Titel
admin-wave-opens = Meedoen kan vanaf
admin-wave-closes = Meedoen kan tot
admin-wave-do = Maak de peiling
step-publish = Laat de plannen zien
step-publish-text = Iedereen kan de ronde en de plannen lezen. Stemmen kan nog niet.
step-open = Open de stemming
step-open-text = Het stembiljet ligt daarna vast. Stemmen kan zodra de klok het zegt. Tellen doen later twee mensen die nu al beheerder zijn.
step-close = Sluit de stembus
step-close-text = De tijd is om. De stemmen worden losgemaakt van wie ze gaf, en de sleutel wordt vernietigd.
step-count = Tel de stemmen
step-count-text = De uitslag is daarna nog niet openbaar. Jullie zien hem eerst zelf, en kunnen opnieuw tellen tot hij bekend is.
step-result = Maak de uitslag bekend
step-result-text = De winnaars krijgen hun geld. Wat over is, gaat terug naar het deel van de wijk.
step-stop = Stop deze ronde
step-stop-text = Het geld gaat terug, de plannen worden weer haalbaar en alle stemmen vervallen. Dit kan niet ongedaan worden gemaakt.
admin-round-source = Wie mag stemmen?
admin-round-form = Hoe vul je het stembiljet in?
admin-round-points = Hoeveel punten verdeelt iemand?
admin-round-points-each = Hoeveel punten mag één plan krijgen?
admin-round-rule = Hoe worden de stemmen geteld?
roll-title = Kiezers en brieven
roll-entries = Op de lijst
roll-coded = Met een code
roll-reissued = Opnieuw gemaakt
roll-import = De lijst van kiezers
roll-import-text = Kies een CSV-bestand met de kolom 'postcode', en als je die hebt 'naam', 'adres', 'plaats' en 'aantal' (hoeveel kiezers er op het adres wonen). Een nieuwe lijst vervangt de vorige.
roll-file = Het bestand
roll-look = Kijk de lijst na
roll-right = De lijst klopt
roll-right-text = { $voters ->
    [one] Er staat 1 kiezer op. Zo begint de lijst:
   *[other] Er staan { $voters } kiezers op, in { $rows } { $rows ->
        [one] regel
       *[other] regels
    }. Zo begint de lijst:
}
roll-add = { $voters ->
    [one] Zet 1 kiezer op de lijst
   *[other] Zet { $voters } kiezers op de lijst
}
roll-wrong = De lijst klopt nog niet
roll-wrong-text = { $count ->
    [one] 1 regel klopt niet. Er is niets bewaard. Verbeter die regel en kies het bestand opnieuw.
   *[other] { $count } regels kloppen niet. Er is niets bewaard. Verbeter deze regels en kies het bestand opnieuw.
}
roll-wrong-line = Regel { $line }:
roll-wrong-unreadable = deze regel is niet te lezen. Is het bestand UTF-8, en zijn alle aanhalingstekens gesloten?
roll-wrong-postcode = dit is geen postcode. Schrijf hem zo: 1021 AA.
roll-wrong-count = het aantal is geen getal, of te hoog (hoogstens 50 op een adres).
roll-wrong-too-long = naam, adres of plaats is te lang voor een brief (hoogstens 60 tekens), of begint niet met een letter, een cijfer of een apostrof.
roll-wrong-twice = dit adres staat al hoger in de lijst. Tel de kiezers op bij 'aantal'.
roll-no-header = De eerste regel moet de namen van de kolommen hebben, met in elk geval 'postcode'. Bewaar het bestand in je rekenprogramma als 'CSV UTF-8'.
roll-empty = Er staat niemand op deze lijst, of er zijn meer dan een miljoen kiezers.
letter-look = Zo ziet de brief eruit
letter-size = Papier
letter-size-a5 = A5
letter-size-a5-text = Kort en goedkoop. Voor een envelop zonder venster, of om zelf te bezorgen.
letter-size-c5-window = A4 voor een venster-envelop
letter-size-c5-window-text = Het adres staat achter het venster links (C5/6, DL of EA5).
letter-languages = Talen
letter-languages-hint = Nederlands staat altijd voorop. Andere talen komen op de achterkant.
letter-sender = Afzender
letter-sender-hint = Mag leeg blijven. Eén regel boven het adres, zodat een brief die niet aankomt terugkomt.
letter-keep = Bewaar
letter-proof = Bekijk een proefbrief (PDF)
roll-codes = Codes en brieven
roll-codes-text = { $count } kiezers hebben nog geen code. De codes komen maar één keer naar buiten: in dit bestand. Bewaar het veilig en wis het na het drukken. Wij bewaren ze niet.
roll-issue-pdf = Maak de brieven (PDF)
roll-issue-csv = Maak het bestand voor de drukker (CSV)
roll-anew = Maak alle codes opnieuw
roll-anew-text = Alle codes vervallen. Doe dit alleen als de brieven nog niet weg zijn, bijvoorbeeld omdat het bestand kwijt is.
roll-anomalies = Wat opviel
roll-too-many = Voor zo veel brieven is deze pagina te klein. Gebruik op de server: fijnebuurt codes { $round } --csv BESTAND
anomaly-wrong-codes = Verkeerde codes
anomaly-assisted = Geholpen aan de balie
anomaly-changed = Veranderde stemmen
admin-round-roll = Kiezers en brieven
admin-round-ties = En als plannen precies gelijk eindigen?
ties-cost = Het goedkoopste gaat voor, daarna het laagste nummer
ties-lot = Het goedkoopste gaat voor, daarna loten: twee beheerders kiezen vooraf elk een geheim
admin-round-steps = Wat kan er nu?
admin-paper = Op papier
change-title = Teksten of datums wijzigen
change-text = Kosten, pot, stembiljet en telregel liggen vast. Teksten en datums kun je wijzigen. Een andere beheerder moet het ermee eens zijn. Daarna ziet iedereen wat er anders is.
change-text-setup = Nog niemand heeft deze ronde gezien. Wat je hier wijzigt, geldt meteen.
change-closes-hint = Zorg dat mensen na de wijziging nog minstens een dag kunnen stemmen.
change-reason = Waarom wijzig je dit?
change-reason-hint = Iedereen kan dit lezen.
change-do = Leg voor aan een andere beheerder
change-do-setup = Wijzig
change-waits = Een wijziging wacht op een besluit
change-own = Jij hebt dit voorgesteld. Vraag een andere beheerder om ernaar te kijken.
change-other = Ben je het ermee eens? Dan geldt het meteen en ziet iedereen wat er anders is.
change-agree = Akkoord
change-refuse = Niet akkoord
change-take-back = Trek het voorstel in
lot-title = De loting
lot-text = { $count ->
    [0] Nog geen beheerder heeft een geheim gekozen. Er zijn er twee nodig voordat het stemmen opengaat.
    [one] Eén beheerder heeft een geheim gekozen. Er is nog iemand nodig voordat het stemmen opengaat.
   *[other] Twee beheerders hebben een geheim gekozen. Na het sluiten onthullen zij het, elk voor zich. Pas dan kan er geteld worden.
}
lot-secret = Jouw geheim
lot-secret-hint = Dit is geloot; je mag ook iets anders typen, minstens 16 tekens. Bewaar het goed en laat het niemand zien. Wij bewaren alleen het controlegetal.
lot-secret-own = Het geheim dat je hebt bewaard
lot-give = Leg het controlegetal vast
lot-kept = Het geheim is nog niet onthuld.
lot-revealed = Onthuld: { $secret }
lot-lost = Dit geheim is kwijt. Het controlegetal telt in de plaats.
lot-reveal = Onthul het geheim
lot-lose = Het geheim is kwijt
lot-lose-text = Het controlegetal telt dan in de plaats. Iedereen ziet dat het geheim kwijt is.
lot-lose-other = Kan je collega er niet meer bij? Een week na het sluiten kun jij dit zeggen. Iedereen ziet dat het geheim kwijt is.
lot-lose-reason = Hoe kwam dat?
admin-round-again = Nog zo'n ronde
admin-round-theme = Thema
admin-round-theme-all = Alle plannen
admin-round-theme-gone = In deze buurt zijn nu geen haalbare plannen met dit thema. Kies een ander thema, of alle plannen.
admin-round-title-hint = Bijvoorbeeld: Buurtbudget Vogelbuurt.
admin-round-opens-hint = Brieven met een code hebben een week of twee nodig.
admin-round-closes-hint = Geef mensen minstens een week. Sluit liever overdag of 's avonds.
admin-setup-lead = In vijf stappen staat de ronde klaar. Tot de laatste knop wordt er niets bewaard.
admin-setup-money = Waar en hoeveel?
admin-setup-ballot = Hoe stemmen mensen?
admin-setup-voters = Wie stemt, en wanneer?
admin-setup-plans = Welke plannen?
admin-setup-preview = Klopt alles?
admin-setup-preview-text = Zo wordt de ronde. Er is nog niets bewaard.
admin-setup-buurt = { $count ->
    [0] { $buurt } ({ $wijk }): nog geen haalbare plannen
    [one] { $buurt } ({ $wijk }): 1 plan
   *[other] { $buurt } ({ $wijk }): { $count } plannen
}
admin-setup-count = { $count ->
    [one] 1 plan
   *[other] { $count } plannen
}
admin-setup-place = De ronde is in { $buurt }. Het geld komt uit het deel van wijk { $wijk }.
admin-setup-other-buurt = Kies een andere buurt
admin-setup-no-money = Voor wijk { $wijk } staat nog geen geld klaar
admin-setup-to-preview = Bekijk het stembiljet
admin-setup-receipts-yes = Na de uitslag zoekt een stemmer zijn eigen stem terug.
admin-setup-receipts-no = Niemand kan laten zien wat hij stemde. Kies dit als stemmen te koop zouden kunnen zijn.
admin-setup-above = Kost meer dan de pot.
admin-setup-in-pot = In de pot
admin-setup-change = Wijzig
admin-setup-think = Kijk hier nog even naar
admin-setup-all-fit = Alle plannen passen samen in de pot. Er valt dan niets te kiezen: elk plan met een stem krijgt geld.
admin-setup-above-pot = { $count ->
    [one] Eén plan kost meer dan de hele pot. Dat plan kan niet winnen.
   *[other] { $count } plannen kosten meer dan de hele pot. Die plannen kunnen niet winnen.
}
admin-setup-short = { $days ->
    [0] De stemming duurt nog geen dag. Geef mensen liever een week: niet iedereen kijkt elke dag.
    [one] De stemming duurt maar 1 dag. Geef mensen liever een week: niet iedereen kijkt elke dag.
   *[other] De stemming duurt maar { $days } dagen. Geef mensen liever een week: niet iedereen kijkt elke dag.
}
admin-setup-night = De stemming sluit midden in de nacht. Wie op het laatst nog hulp zoekt, vindt dan niemand.
admin-setup-fact-buurt = Buurt
admin-setup-fact-title = Titel
admin-setup-pot-left = Uit { $year }. Daarna is er nog { $left } over.
admin-setup-fact-form = Stembiljet
admin-setup-fact-rule = Tellen
admin-setup-fact-receipts = Stembewijs
admin-setup-fact-term = Wanneer
admin-setup-term = Van { $from } tot { $to }
admin-setup-days = { $days ->
    [0] Dat is minder dan een dag.
    [one] Dat is 1 dag.
   *[other] Dat zijn { $days } dagen.
}
admin-setup-together = Samen kosten ze minstens { $amount }.
admin-setup-change-pot = Wijzig de pot
admin-closes-later = Kies een einde dat later is dan het begin, en later dan nu.
share-ceiling = Verander het plafond
share-percent = Hoeveel procent van de wijkaanpak mag naar bewoners?
share-percent-hint = Van 0 tot 10. Een komma mag, zoals 8,5.
share-reason = Waarom?
share-reason-hint = Iedereen kan dit lezen bij het budget van de wijk.
share-ceiling-do = Zet het plafond vast
share-ceiling-note = { $percent } % van wat de wijkaanpak kost
share-close = Sluit { $year } af
share-close-text = Er is nog { $amount } over. Na het afsluiten kan er geen geld meer uit dit jaar naar plannen of stemrondes.
share-close-again = Dit jaar is al afgesloten. Er is daarna { $amount } teruggekomen; dat kun je nu ook doorschuiven of teruggeven.
share-rest = Wat gebeurt er met de rest?
share-rest-carried = Doorschuiven
share-rest-carried-text = Naar dezelfde programma’s in { $year }. Daar kun je het weer klaarzetten.
share-rest-returned = Teruggeven
share-rest-returned-text = Terug naar de stad. Het is dan niet meer voor de bewoners.
share-closed = { $year } is afgesloten voor deze wijk.
share-moved = De laatste bewegingen
share-correct = Dit was een vergissing
share-correct-do = Boek { $amount } terug
share-note = Wat ging er mis?
reason-share = Klaargezet voor bewoners
reason-correction = Teruggeboekt
reason-pot = Naar een stemronde
reason-pot-rest = Rest van een stemronde
reason-pot-stopped = Terug van een gestopte stemronde
reason-small-plan = Naar een klein plan
reason-plan-returned = Terug van een plan
reason-year-carried = Doorgeschoven naar het volgende jaar
reason-year-returned = Terug naar de stad
roll-ignored = Deze kolommen gebruiken we niet: { $columns }. Mist er zo iets op de brief? Noem de kolom dan adres, plaats of naam.
lot-revealed-alone = Onthuld. Iedereen ziet het zodra de ander dat ook heeft gedaan.
lot-replace = Leg een ander geheim vast
lot-replace-text = Je geheim ligt vast. Neem alleen een ander als je het kwijt bent: het oude telt dan niet meer.
step-count-without = Er komen geen biljetten meer. Tel zonder.
admin-settings = Instellingen
admin-settings-note = Feestdagen, kleine plannen, bezwaar
settings-holidays = Dagen die niet meetellen
settings-holidays-text = Op deze dagen staat de klok van het eerste antwoord stil. Je kunt ze alleen vooraf vastleggen.
settings-day = Welke dag?
settings-day-title = Wat is er dan?
settings-day-add = Leg deze dag vast
settings-remove = Haal weg
settings-small = Tot welk bedrag kan een plan zonder stemronde?
settings-unique = Hoeveel procent van de stembiljetten mag anders zijn dan alle andere?
settings-unique-hint = Bij Equal Shares maken we hele stembiljetten bekend, zonder namen, zodat iedereen kan natellen. Zijn er meer biljetten die op geen ander lijken, dan beslissen twee beheerders.
settings-small-hint = Moderator en stadsdeel tekenen dan samen.
settings-bezwaar = Zo maakt iemand bezwaar
settings-bezwaar-hint = Staat onder de mail bij een besluit van het stadsdeel (zes weken, artikel 6:7 Awb). Mag leeg blijven.
settings-keep = Bewaar
