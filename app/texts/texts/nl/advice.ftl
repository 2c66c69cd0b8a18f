advice-title = Wat zeggen de afdelingen?
advice-answered = { $asked ->
    [one] { $answered } van 1 afdeling heeft geantwoord
   *[other] { $answered } van { $asked } afdelingen hebben geantwoord
}
advice-no-need-to-wait = Je hoeft niet op de rest te wachten: je kunt nu al zeggen of het plan kan.
advice-by = Antwoord nodig op { $date }
advice-nobody = Niemand van deze afdeling heeft hier een account. Vraag het zelf en vul het antwoord hier in.
advice-none-came = Er kwam geen antwoord.
advice-says-yes = Ja, het kan
advice-says-if = Ja, als
advice-says-no = Nee
advice-low = Kost minstens
advice-likely = Kost waarschijnlijk
advice-responsible = Wie is verantwoordelijk?
advice-answer = Vul een antwoord in
advice-which = Welke afdeling?
advice-choose = Kies een afdeling
advice-said = Kan het?
advice-words = Leg het uit
advice-words-hint = Zeg je ‘Ja, als’? Schrijf dan wat er nodig is.
advice-cost-hint = Weet je het niet? Laat het leeg.
advice-role = Wie is ervoor verantwoordelijk? (hoeft niet)
advice-role-hint = Een functie, geen naam. Bijvoorbeeld: beheerder groen.
advice-answer-do = Bewaar het antwoord
advice-ask = Vraag afdelingen om advies
advice-departments = Welke afdelingen?
advice-departments-hint = Zet elke afdeling op een eigen regel, hoogstens zes. Ze krijgen allemaal dezelfde vraag. De namen komen op de tijdlijn van het plan.
advice-question = Wat wil je van ze weten?
advice-due = Wanneer heb je het antwoord nodig?
advice-due-hint = Laat je dit leeg, dan wordt het over tien dagen.
advice-ask-do = Verstuur de vraag
advice-done-asked = Je vraag is verstuurd.
advice-prefilled = De bedragen komen van de afdelingen: steeds het hoogste dat er een noemde. Kijk of ze kloppen.
advice-too-many = { $max ->
    [0] Er zijn al acht afdelingen gevraagd. Meer kan niet.
   *[other] Je kunt er nu hoogstens { $max } vragen. Haal een paar regels weg.
}
advice-mail-due = Graag antwoord op of voor { $date }.
error-too-far = Kies een dag binnen { $count } dagen.
error-asked-before = Een van deze afdelingen is al gevraagd. Haal die regel weg.
error-answered-before = Deze afdeling heeft al geantwoord. Bekijk dat antwoord eerst.
event-advice_asked = Om advies gevraagd
mail-advice-asked-subject = Advies gevraagd: { $title }
mail-advice-asked-text = Het stadsdeel wil weten wat jouw afdeling van dit plan vindt. Hieronder lees je de vraag.
mail-advice-asked-button = Geef antwoord
mail-advice-late-subject = Advies is te laat: { $title }
mail-advice-late-text = Het antwoord van deze afdeling had er al moeten zijn. Het plan wacht erop. Vul het alsnog in, of overleg met elkaar.
mail-advice-late-button = Bekijk het plan
