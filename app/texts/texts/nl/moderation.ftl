moderation-title = Moderatie
moderation-to-do = Te doen
moderation-waiting = Wacht op indiener
moderation-done = Klaar
moderation-all-done = Alles is beantwoord. Fijn!
moderation-none = Hier staat nu niets.
moderation-late = { $count } uur te laat
moderation-left = nog { $count } uur
moderation-late-days = { $count } dagen te laat
moderation-left-days = nog { $count } dagen
moderation-just-late = net te laat
moderation-within-hour = binnen een uur
moderation-small = Kleine plannen om voor te tekenen
moderation-small-title = Klein plan zonder stemronde
moderation-small-text = Dit plan is klein genoeg. Tekenen een moderator en het stadsdeel allebei, dan gaat { $amount } meteen naar het plan.
moderation-small-moderator = Moderator
moderation-small-staff = Stadsdeel
moderation-signed = heeft getekend
moderation-not-signed = nog niet
moderation-year = Uit welk jaar?
moderation-year-left = { $year }: nog { $left } te verdelen
moderation-sign = Teken voor { $amount }
moderation-return = Stel een vraag
moderation-question = Wat wil je weten?
moderation-send-question = Verstuur de vraag
moderation-reject = Plaats dit niet
moderation-reason = Waarom niet?
moderation-words = Leg het uit in je eigen woorden
moderation-reject-now = Wijs af
moderation-note = Een aardig woord voor de indiener (hoeft niet)
moderation-publish = Zet op de site
moderation-no-programme = Geen programma
moderation-supporter = Wie helpt de indiener?
moderation-supporter-hint = Een naam die de indiener kent. Iedereen ziet deze naam.
moderation-done-publish = Het plan staat op de site. De indiener krijgt een mail.
moderation-done-return = De vraag is verstuurd.
moderation-done-reject = Het plan is afgewezen. De indiener krijgt een mail met de reden.
moderation-done-signed = Je hebt getekend.
moderation-save-programme = Bewaar programma
moderation-save-name = Bewaar naam
moderation-all = Alles
moderation-filter = Kies wat je wilt zien
moderation-for = Van wie
moderation-earlier = Eerdere plannen
moderation-further = Meer plannen
moderation-just-decided = Net besloten
moderation-takes-effect = { $decision }. Om { $at } gaat de mail weg en is het voor iedereen te zien.
moderation-undo = Draai terug
decided-publish = Je zet dit plan op de site
decided-return = Je stelt een vraag
decided-reject = Je wijst dit plan af
decided-refer = Je verwijst dit plan door
moderation-done-decided = Genoteerd. Je kunt het nog even terugdraaien.
moderation-done-undone = Teruggedraaid. Er is niets verstuurd.
moderation-done-handed = Overgedragen.
moderation-done-refer = Het plan is doorverwezen. De indiener krijgt een mail.
moderation-claimed = Een collega is hiermee bezig, tot { $at }.
moderation-own-claim = Jij bent hiermee bezig, tot { $at }.
moderation-claim = Ik pak dit op
moderation-claim-longer = Ik heb meer tijd nodig
moderation-hand-over = Draag over
moderation-hand-to = Wie kan dit beter beantwoorden?
moderation-hand-why = Waarom? (alleen voor collega’s)
moderation-refer = Verwijs door
moderation-refer-to = Naar wie?
moderation-refer-whom = Hoe heten ze, en hoe kun je ze bereiken?
moderation-refer-now = Verwijs door
refer-programme = Dit hoort bij een programma van de wijkaanpak
refer-service = Hier is al een dienst van de gemeente voor
refer-partner = Een andere organisatie kan dit doen
moderation-mail = Bekijk de mail die de indiener krijgt
moderation-mail-words = Wat jij hierboven typt, komt eronder te staan.
moderation-questions = Vragen die vaak helpen
ask-who = Wie doen er mee, en wie is het aanspreekpunt?
ask-where = Waar precies moet het komen?
ask-cost = Wat kost het ongeveer, en waar bestaat dat uit?
ask-upkeep = Wie zorgt ervoor als het er eenmaal is?
ask-neighbours = Wat vinden de buren ervan die er vlakbij wonen?
ask-ground = Van wie is de grond of de ruimte?
away-title = Ik ben er even niet
away-text = Je krijgt dan geen berichten over plannen die wachten. Is er niemand anders in je buurt? Dan neemt het stadsdeel over.
away-now = Je bent er niet van { $from } tot en met { $until }.
away-back = Ik ben er weer
away-from = Vanaf
away-until = Tot en met
away-do = Bewaar
what-if = Wat als deze doorgaan?
what-if-none = Je hebt nog geen plannen aangevinkt. Ga terug en vink er een paar aan.
what-if-least = Met de laagste bedragen
what-if-best = Met de hoogste bedragen
what-if-left = samen { $asked }. Dan blijft { $left } over.
what-if-short = samen { $asked }. Er staat { $short } te weinig klaar; zoveel kan er nog bij.
what-if-over = samen { $asked }. Dat is { $over } meer dan er voor bewoners mag zijn, ook als alles wordt klaargezet.
what-if-unknown = Van sommige plannen is het bedrag nog niet bekend. Die tellen hier niet mee.
pace-title = Zo snel krijg je antwoord
pace-lead = Op elk plan hoort binnen 48 uur een eerste antwoord te komen. Dit zijn de laatste 90 dagen.
pace-line = De helft kreeg antwoord binnen { $median } uur, negen van de tien binnen { $ninetieth } uur. Op tijd: { $percent } van { $count } plannen.
pace-none = Er zijn nog te weinig antwoorden om iets te laten zien.
pace-organisations = Bewonersorganisaties
pace-stadsdelen = Stadsdelen
pace-how = Weekenden tellen mee, feestdagen die vooraf zijn vastgelegd niet. Minder dan vijf antwoorden laten we niet zien: dat zegt meer over mensen dan over een organisatie.
moderation-answers = Geef een ander antwoord
moderation-otherwise = Iets anders
moderation-programme-help = Programma, en wie er helpt
moderation-mailed-then = { $decision }. Om { $at } gaat de mail weg.
moderation-answered = De indiener gaf antwoord
moderation-alike = Dit lijkt op:
moderation-own-plan = Dit is jouw eigen plan. Een ander beantwoordt het.
moderation-row-own = je eigen plan: een ander antwoordt
moderation-row-answered = gaf antwoord op je vraag
moderation-done-claimed = Je bent hier nu mee bezig. Collega’s zien dat.
split-no = Nee, het blijft één plan
merge-unread = Het andere plan staat nog niet op de site. De tekst zie je daarom pas als jullie samen verder gaan.
comment-sign-in = Log in om te reageren
together-sure = Ja, dat weet ik zeker
district-complete-yes = Ja, het plan is klaar
plans-done-merged-here = Het plan dat je zocht, is hierin opgegaan.
plans-asked-help = Je vroeg om iemand die met je meedenkt. Je krijgt een mail als die er is.
mail-merge-declined-subject = De plannen blijven apart: { $title }
mail-merge-declined-text = Het samengaan met een ander plan gaat niet door. Je plan blijft zoals het is.
mail-merge-declined-button = Bekijk mijn plan
mail-decision-lapsed-subject = Kijk nog eens: { $title }
mail-decision-lapsed-text = Na je besluit veranderde de indiener het plan. Je besluit is daarom niet doorgegaan. Het plan wacht weer op antwoord.
mail-decision-lapsed-button = Bekijk het plan
reject-too_expensive = Dit kost veel meer dan er voor plannen van bewoners is.
reject-offensive = Er staan scheldwoorden of gegevens van anderen in.
ask-private = Wil je namen, telefoonnummers en adressen eruit halen?
moderation-taken-over = { $count ->
    [one] 1 plan is overgenomen door het stadsdeel, omdat het antwoord te laat was.
   *[other] { $count } plannen zijn overgenomen door het stadsdeel, omdat het antwoord te laat was.
}
moderation-also-decided = { $count ->
    [one] Nog 1 besluit dat je kunt terugdraaien
   *[other] Nog { $count } besluiten die je kunt terugdraaien
}
moderation-beside-count = { $count ->
    [one] 1 tekst of reactie
   *[other] { $count } teksten en reacties
}
moderation-small-count = { $count ->
    [one] 1 klein plan om te tekenen
   *[other] { $count } kleine plannen om te tekenen
}
district-complete-sure = { $count ->
    [0] Het plan is dan klaar voor iedereen. Dat kun je niet terugdraaien.
    [one] Er staat nog 1 stap open. Het plan is dan toch klaar voor iedereen. Dat kun je niet terugdraaien.
   *[other] Er staan nog { $count } stappen open. Het plan is dan toch klaar voor iedereen. Dat kun je niet terugdraaien.
}
moderation-changed-since = Dit veranderde de indiener, nadat jij het las
