phase-setup = In voorbereiding
phase-published = Binnenkort
phase-voting = Nu stemmen
phase-counting = We tellen
phase-result = Uitslag bekend
phase-stopped = Gestopt
rounds-title = Stemmen
rounds-lead = Jullie kiezen welke plannen geld krijgen. Eén buurt, één pot, iedereen een stem.
rounds-none = Er is nog geen stemronde
rounds-none-how = Zodra er genoeg plannen zijn, mag je kiezen. Heb jij een idee?
rounds-none-idea = Ik heb een idee
rounds-opens = Stemmen kan vanaf { $at }
rounds-closes = Stemmen kan tot { $at }
rounds-closed = Gesloten op { $at }
rounds-question = Wat gaan we doen met { $pot }?
rounds-digest = Voor controleurs
rounds-digest-text = Dit is het controlegetal (SHA-256) van het stembiljet. Dat verandert als er ook maar één letter verandert.
rounds-counting = De stembus is dicht. We tellen de stemmen. De uitslag komt op deze pagina.
rounds-result-out = De uitslag is er!
rounds-to-result = Bekijk de uitslag
rounds-stopped = Deze ronde is gestopt
rounds-soon = Lees de plannen alvast rustig door. Straks kun je stemmen.
rounds-paper = De plannen
ballot-withdrawn = Dit plan is teruggetrokken. Je kunt er niet meer op stemmen.
ballot-read = Lees het hele plan
ballot-sign-in = Log in om te stemmen
ballot-sign-in-text = Woon je in { $buurt }? Log in of maak een account. Dan kun je stemmen.
ballot-residence = Laat eerst zien waar je woont
ballot-residence-text = Alleen bewoners van { $buurt } stemmen. Vul de code in van de brief die je thuis kreeg.
ballot-residence-do = Vul mijn code in
ballot-elsewhere = Deze ronde is van een andere buurt
ballot-elsewhere-text = Hier stemmen de bewoners van { $buurt }. Je mag natuurlijk wel alle plannen lezen.
ballot-how-change = Je mag je keuze veranderen tot de stemming sluit. Je laatste stem telt.
ballot-how-secret = Je stem is geheim. Niemand van de gemeente ziet wat jij kiest.
ballot-next = Verder
ballot-together = Samen
ballot-receipt = Je stembewijs
ballot-receipt-before = Dit bewijs hoort bij je stem. De computer van Fijne Buurt heeft het geloot. Bewaar het: na de uitslag vind je er je stem mee terug.
ballot-receipt-after-letters = Schrijf dit en de letters hieronder op, of maak er foto's van. Na de uitslag vind je er je stem mee terug. We kunnen het niet nog eens laten zien. Laat het aan niemand zien die iets van je wil.
ballot-receipt-after = Schrijf dit op of maak een foto. Na de uitslag vind je er je stem mee terug. We kunnen het niet nog eens laten zien. Laat het aan niemand zien die iets van je wil.
ballot-review = Klopt dit?
ballot-review-text = Je stem is nog niet verstuurd. Kijk je keuze na en breng je stem uit.
ballot-change = Pas aan
ballot-cast = Breng mijn stem uit
ballot-taken = Je stem is binnen
ballot-taken-text = Dank je wel! Je kunt je keuze nog veranderen tot { $at }.
ballot-replaced = Je nieuwere stem telt
ballot-replaced-text = Dit formulier had je al eens verstuurd. Daarna heb je opnieuw gestemd. Die nieuwere stem blijft staan.
ballot-tokens = Zo staat je stem straks in de lijst
ballot-tokens-text = Bij elk plan dat je koos komt na de uitslag een regel te staan die zo begint. Zoek je straks zonder JavaScript? Bewaar deze letters dan ook.
ballot-again = Verander mijn keuze
ballot-other-plans = Bekijk andere plannen
result-title = { $count ->
    [0] Geen plan kreeg geld
    [one] 1 plan krijgt { $amount }
   *[other] { $count } plannen krijgen samen { $amount }
}
result-lead = { $turnout } van de { $roll } bewoners op de lijst stemden: { $percent }.
result-stray = { $count ->
    [one] 1 stembiljet hoorde bij niemand op de lijst. Het is niet meegeteld. Dit hoort niet te gebeuren; we zoeken het uit.
   *[other] { $count } stembiljetten hoorden bij niemand op de lijst. Ze zijn niet meegeteld. Dit hoort niet te gebeuren; we zoeken het uit.
}
result-pot = In de pot
result-spent = Naar plannen
result-left = Over
result-left-note = terug naar het deel van de wijk
result-order = Zo is er geteld
result-rule = Regel: { $rule }.
rule-greedy-1 = De meeste stemmen eerst
rule-greedy-1-text = Het plan met de meeste stemmen komt eerst. Past het in wat er over is, dan krijgt het geld. Past het niet, dan kijken we naar het volgende. Bij gelijke stemmen gaat het goedkoopste plan voor.
rule-greedy-per-euro-1 = De meeste stemmen per euro eerst
rule-greedy-per-euro-1-text = Eerst het plan dat per euro de meeste stemmen heeft. Kleine plannen maken zo meer kans.
rule-greedy-stop-1 = Stoppen bij het eerste plan dat niet past
rule-greedy-stop-1-text = De meeste stemmen eerst. Past een plan niet meer, dan is het tellen klaar.
rule-equal-shares-1 = Iedereen een gelijk deel
rule-equal-shares-1-text = Elke stemmer krijgt een even groot deel van de pot. Een plan krijgt geld als zijn stemmers het samen kunnen betalen. Wat over is, gaat naar de plannen met de meeste stemmen. (Equal Shares)
rule-equal-shares-plain-1 = Iedereen een gelijk deel, zonder aanvullen
rule-equal-shares-plain-1-text = Elke stemmer krijgt een even groot deel van de pot. Wat stemmers samen niet uitgeven, blijft over. (Equal Shares)
rule-equal-shares-count-1 = Iedereen een gelijk deel, elk plan telt even zwaar
rule-equal-shares-count-1-text = Als hierboven, maar een goedkoop plan is voor zijn stemmers evenveel waard als een duur plan. (Equal Shares)
result-votes = { $count ->
    [one] 1 stem
   *[other] { $count } stemmen
}
result-per-vote = { $amount } per stem
result-reserve = Reserve: als eerste aan de beurt
result-why-funded = Kost { $cost }. Er was nog { $left }, dus dit paste.
result-why-topped = Kost minstens { $cost }. Er was nog { $left }, dus dit paste. Met wat er aan het eind over was, werd het { $granted }.
result-why-no-fit = Kost { $cost }. Er was nog maar { $left }.
result-why-no-votes = Niemand koos dit plan.
result-why-withdrawn = Dit plan is teruggetrokken en overgeslagen.
result-why-above-pot = Kost { $cost }. Dat is meer dan er in de hele pot zat.
result-why-after-stop = Het tellen was al gestopt voordat dit plan aan de beurt was.
result-why-not-paid = Kost { $cost }. De stemmers van dit plan hadden samen niet genoeg over.
result-would-cost = Als het { $cost } had gekost, kreeg het wel geld.
result-would-votes = { $count ->
    [one] Met 1 stem meer ook.
   *[other] Met { $count } stemmen meer ook.
}
result-would-perhaps = Misschien was minder verschil ook genoeg.
result-tie = Gelijk geëindigd: { $plans }. Dan gaat het goedkoopste plan voor. Kosten ze evenveel, dan beslist het nummer van het plan.
result-others = En met een andere regel?
result-others-text = Dit zijn dezelfde stembiljetten, anders geteld. Aan de uitslag verandert dit niets.
result-others-note = Hoeveel stemmers niets wonnen, en wat ‘gelijke delen’ zou geven, kan niemand buiten natellen: daarvoor zijn hele stembiljetten nodig, en die zijn geheim. De uitslag zelf en de andere regels wel.
result-satisfied = Van wat iemand koos, wonnen gemiddeld { $hundredths } plannen.
result-without = { $count ->
    [0] Van elke stemmer won er minstens één plan.
    [one] Van 1 stemmer won geen enkel plan.
   *[other] Van { $count } stemmers won geen enkel plan.
}
result-other-same = Dan krijgen dezelfde plannen geld.
result-other-more = Dan krijgt wel geld: { $plans }.
result-other-fewer = Dan krijgt geen geld: { $plans }.
result-table = De uitslag als tabel
result-col-plan = Plan
result-col-votes = Stemmen
result-col-cost = Kost minstens
result-col-gets = Krijgt
result-assurance = In deze ronde stemden mensen met een account en een bevestigd adres. Dat is minder zeker dan een brief met stemcode aan elke bewoner.
result-check = Zoek mijn stem terug
result-data = Alle gegevens van deze ronde (JSON)
check-title = Zoek je stem terug
check-text = Bij elk plan staat één regel per stem. Met je stembewijs zie je of jouw stem erbij zit. Wie je bent, staat nergens.
check-receipt = Je stembewijs
check-receipt-hint = 26 letters en cijfers. Hoofdletters en spaties maken niet uit.
check-do = Zoek
check-found = Gevonden. Je stem is geteld bij:
check-not-found = We vonden dit stembewijs niet. Heb je later nog eens gestemd? Dan geldt het stembewijs van je laatste stem. Of hoort dit stembewijs bij een andere stemronde? Dit is { $round }.
check-how = Liever zelf nagaan?
check-how-text = Reken dit uit met je stembewijs (de 16 bytes) en het nummer van het plan. Zoek de uitkomst in de lijst. Het bewijst dat je stem is geteld, niet wie er mocht stemmen.
check-tokens = { $count ->
    [one] 1 stem
   *[other] { $count } stemmen
}
ballot-pick-one = Kies minstens één plan.
ballot-how = Zo werkt het
ballot-asked = kan vanaf dit bedrag; gevraagd { $amount }
check-no-receipts = In deze ronde kregen stemmers geen stembewijs. Je kunt je stem hier dus niet terugzoeken. De telling kun je wel narekenen.
rounds-votes-now = { $buurt } stemt nu over { $pot }
ballot-how-approval = { $max ->
    [one] Kies 1 plan dat jij goed vindt.
   *[other] Kies hoogstens { $max } plannen die jij goed vindt.
}
ballot-how-knapsack = Kies zo veel plannen als er passen in { $pot }.
ballot-how-points = Verdeel { $sum } punten over de plannen. Eén plan krijgt er hoogstens { $each }.
ballot-how-ranking = { $max ->
    [one] Kies het plan dat jij het beste vindt.
   *[other] Zet hoogstens { $max } plannen op volgorde, het beste eerst. Een hogere plek telt zwaarder.
}
ballot-points = { $count ->
    [one] 1 punt
   *[other] { $count } punten
}
ballot-points-label = Punten
ballot-place = plek { $place }
ballot-place-label = Jouw volgorde
ballot-place-none = Niet op mijn lijst
result-points = { $count ->
    [one] 1 punt
   *[other] { $count } punten
}
result-per-point = { $amount } per punt
form-approval = Plannen aankruisen, tot een aantal
form-knapsack = Plannen kiezen tot de pot op is
form-points = Punten verdelen
form-ranking = Plannen op volgorde zetten
source-codes = Iedereen op de lijst, met een code uit een brief
source-accounts = Bewoners met een account en een bevestigd adres (minder zeker)
code-title = Vul je stemcode in
code-label = Stemcode
code-hint = Hij staat in de brief die je kreeg. Hoofdletters en streepjes maken niet uit.
code-do = Naar het stembiljet
code-lost = Mijn brief is weg
code-secret = Geef je code aan niemand. Wie hem heeft, kan in jouw plaats stemmen.
code-enter = Vul je stemcode in om te stemmen
code-enter-text = Iedereen op de lijst van { $buurt } kreeg een brief met een code. Je hebt geen account nodig.
code-replaced-title = Je code is vervangen
code-replaced-text = Er is een nieuwe code voor je gemaakt. Vul de code uit de nieuwste brief in.
code-paper-title = Je stemt op papier
code-paper-text = Met jouw code is een stem op papier ingeleverd. Die stem telt. Je hoeft niets meer te doen.
code-voted = Er ligt een geldige stem van jou in de stembus. Stem je opnieuw, dan vervangt die de vorige.
code-not-voted = Er ligt nog geen stem van jou in de stembus.
code-forget = Klaar: vergeet mijn code op dit toestel
code-assisted = Je helpt iemand stemmen. Laat diegene zelf kiezen. Wis het scherm als jullie klaar zijn.
code-assisted-forget = Wis dit scherm
lost-text = Vervelend! Vertel ons waar de brief had moeten komen. We kijken na of jij het bent. Daarna krijg je een nieuwe brief, of een code in het buurthuis.
lost-name = Je naam
lost-address = Je adres
lost-address-hint = Straat, huisnummer en postcode.
lost-contact = Waar kunnen we je bereiken? (hoeft niet)
lost-contact-hint = Een telefoonnummer of mailadres.
lost-do = Vraag een nieuwe brief
lost-told = We gaan ermee aan de slag
lost-told-text = Iemand van het stadsdeel kijkt ernaar. Heb je haast? Ga naar het buurthuis en neem iets mee waarop je naam en adres staan.
result-codes = { $count ->
    [0] Er is geen stemcode opnieuw gemaakt.
    [one] Er is 1 stemcode opnieuw gemaakt, omdat een brief weg was.
   *[other] Er zijn { $count } stemcodes opnieuw gemaakt, omdat een brief weg was.
}
ballot-receipt-mixed = Dit bewijs hoort bij je stem. Jouw telefoon en de computer van Fijne Buurt hebben het samen geloot. Bewaar het: na de uitslag vind je er je stem mee terug.
letter-heading = Stem mee over { $pot } voor { $buurt }
letter-body = Bewoners van { $buurt } hebben plannen gemaakt. Jij kiest mee welke plannen geld krijgen. Stemmen duurt een paar minuten. Je hebt geen account nodig, en niemand ziet wat je kiest.
letter-secret = Deze code is alleen voor jou. Geef hem aan niemand.
letter-scan = Scan met je telefoon
letter-or = Of typ dit adres
letter-code = Je stemcode
letter-until = Stemmen kan tot { $at }.
letter-lost = Lukt het niet, of stem je liever met hulp? Kom met deze brief naar het buurthuis.
ballot-more = Meer over dit plan
ballot-chosen = Gekozen
ballot-approval-none = { $most ->
    [one] Kies hoogstens 1 plan
   *[other] Kies hoogstens { $most } plannen
}
ballot-approval-some = { $used } van { $most } gekozen · { $sum }
ballot-approval-over = { $over } te veel: kies er hoogstens { $most }
ballot-knapsack-none = In de pot: { $most }
ballot-knapsack-some = Nog { $left } van { $most }
ballot-knapsack-full = De pot is precies op
ballot-knapsack-over = { $over } meer dan er in de pot zit
ballot-points-none = { $most ->
    [one] Geef je punt
   *[other] Verdeel { $most } punten
}
ballot-points-some = Nog { $left } van { $most } punten
ballot-points-full = { $most ->
    [one] Je punt is gegeven
   *[other] Alle { $most } punten zijn verdeeld
}
ballot-points-over = { $most ->
    [one] { $over } te veel: je hebt 1 punt
   *[other] { $over } te veel: je hebt { $most } punten
}
ballot-points-spent = Je punten zijn op. Haal er eerst ergens een af.
ballot-points-most = { $each ->
    [one] Een plan krijgt hoogstens 1 punt.
   *[other] Een plan krijgt hoogstens { $each } punten.
}
ballot-points-say = Punten voor { $plan }: { $n }
ballot-points-add = Punt erbij
ballot-points-take = Punt eraf
ballot-ranking-some = Mijn lijst: { $used } van { $most }
ballot-ranking-full = Mijn lijst is vol: { $used } van { $most }
ballot-ranking-over = Mijn lijst: { $over } te veel
ballot-ranking-spent = Je lijst is vol. Haal er eerst een plan af.
ballot-ranking-say = { $plan } staat nu op plek { $n }
ballot-ranking-gone = { $plan } staat niet meer op je lijst
ballot-ranking-empty = Je lijst is nog leeg. Tik bij een plan op 'Zet op mijn lijst'.
ballot-ranking-add = Zet op mijn lijst
ballot-ranking-off = Eraf
ballot-ranking-up = Omhoog
ballot-ranking-down = Omlaag
ballot-find = Zoek in de plannen
ballot-only = Alleen wat ik koos
ballot-shown = { $shown } van { $all } plannen
ballot-offline-next = Je hebt even geen internet. Wat je koos, is bewaard. Zodra er weer verbinding is, gaan we vanzelf verder.
ballot-offline-cast = Je hebt even geen internet. Laat deze pagina open: zodra er weer verbinding is, brengen we je stem vanzelf uit.
ballot-left-in-pot = Blijft over in de pot
ballot-unused = Niet gegeven
ballot-receipt-save = Bewaar als plaatje
ballot-receipt-copy = Kopieer
ballot-receipt-copied = Gekopieerd.
ballot-receipt-qr = QR-code van je stembewijs
rounds-turnout = { $voted } van de { $roll } mensen op de lijst hebben al gestemd.
changed-at = Gewijzigd op { $at }
changed-by-two = Twee beheerders waren het hierover eens. Kosten, pot en regels zijn niet veranderd: dat kan niet meer.
part-was = Was:
part-now = Is nu:
part-title = Titel van de ronde
part-intro = Waar het over gaat
part-opens = Stemmen kan vanaf
part-closes = Stemmen kan tot
part-plan-title = Titel van het plan
part-plan-text = Tekst van het plan
result-how = Hoe het stemmen ging
result-paper = Stemmen op papier
result-paper-of = { $sheets } geteld, { $closed } ingeleverd
result-lot = De loting
result-lot-text = Eindigen plannen gelijk en kosten ze evenveel, dan beslist het lot. Twee beheerders kozen elk een geheim. Het controlegetal daarvan stond al vast voordat iemand stemde. Uit beide geheimen samen volgt de loting; iedereen kan dat narekenen.
result-tie-lot = Gelijk geëindigd: { $plans }. Dan gaat het goedkoopste plan voor. Kosten ze evenveel, dan beslist het lot.
feed-title = Fijne Buurt: stemrondes
feed-opened = Het stembiljet ligt vast: { $title }
feed-changed = Het stembiljet is gewijzigd: { $title }
feed-stopped = De ronde is gestopt: { $title }
feed-result = De uitslag is er: { $title }
rounds-feed = Volg de stemrondes (Atom)
ballot-count-greedy-1 = { $unit ->
    [points] Het plan met de meeste punten krijgt het eerst geld. Past een plan niet meer in de pot, dan kijken we naar het volgende.
   *[votes] Het plan met de meeste stemmen krijgt het eerst geld. Past een plan niet meer in de pot, dan kijken we naar het volgende.
}
ballot-count-greedy-per-euro-1 = { $unit ->
    [points] Het plan met de meeste punten per euro krijgt het eerst geld, tot de pot op is. Kleine plannen maken zo meer kans.
   *[votes] Het plan met de meeste stemmen per euro krijgt het eerst geld, tot de pot op is. Kleine plannen maken zo meer kans.
}
ballot-count-greedy-stop-1 = { $unit ->
    [points] Het plan met de meeste punten krijgt het eerst geld. Bij het eerste plan dat niet meer in de pot past, stopt het tellen.
   *[votes] Het plan met de meeste stemmen krijgt het eerst geld. Bij het eerste plan dat niet meer in de pot past, stopt het tellen.
}
ballot-count-equal-shares-1 = { $unit ->
    [points] Elke stemmer krijgt een even groot deel van de pot. Een plan wint als zijn stemmers het samen kunnen betalen; wat over is, gaat naar de plannen met de meeste punten.
   *[votes] Elke stemmer krijgt een even groot deel van de pot. Een plan wint als zijn stemmers het samen kunnen betalen; wat over is, gaat naar de plannen met de meeste stemmen.
}
ballot-count-equal-shares-plain-1 = Elke stemmer krijgt een even groot deel van de pot. Een plan wint als zijn stemmers het samen kunnen betalen; wat over is, blijft over.
ballot-count-equal-shares-count-1 = Elke stemmer krijgt een even groot deel van de pot, en een plan wint als zijn stemmers het samen kunnen betalen. Een goedkoop plan telt daarbij even zwaar als een duur plan.
ballot-preview = Zo ziet het stembiljet eruit
ballot-preview-text = Dit is een voorbeeld: kiezen kan hier niet.
rounds-theme = Thema: { $theme }
letter-voter = kiezer { $nth } van { $household }
code-remember = Onthoud deze code bij mijn account
code-remember-text = Alleen als het je eigen brief is. Je kunt je stem dan later ook zonder brief veranderen.
