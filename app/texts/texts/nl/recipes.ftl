recipes-title = Recepten van buren
recipes-intro = Deze plannen zijn klaar. De makers vertellen wat werkte, wat niet, en wat het kostte. Neem gerust iets over!
recipes-search = Zoek in recepten
recipes-count = { $count ->
    [0] Geen recepten gevonden
    [one] 1 recept
   *[other] { $count } recepten
}
recipes-none = Probeer een ander woord of haal een filter weg. Er komen recepten bij zodra plannen klaar zijn.
recipes-all = Alle recepten
recipes-costs = Wat kostte het?
recipes-at-most = Hooguit { $amount }
recipes-spent = kostte { $amount }
recipes-spent-unknown = nog niets uitgegeven volgens de boeken
recipes-worked = Wat werkte goed?
recipes-worked-hint = Waar ben je trots op?
recipes-failed = Wat werkte niet?
recipes-failed-hint = Ging alles goed? Laat dit dan leeg.
recipes-advice = Wat zou je de volgende buurt vertellen?
recipes-advice-hint = Een tip die je zelf graag had gehad.
recipes-again = Zou je het nog een keer doen?
recipes-needs = Wat was ervoor nodig?
recipes-cost = Kosten
recipes-took = Hoe lang het duurde
recipes-days = { $count ->
    [one] 1 dag
   *[other] { $count } dagen
}
recipes-by = Dit plan kwam
recipes-steps = Stappen
recipes-what = Wat was het plan?
recipes-plan = Het hele plan
recipes-take = Neem dit plan over
recipes-take-hint = Je past het zelf nog aan.
recipes-change = Verander je antwoorden
recipes-take-back = Haal je antwoorden weg
recipes-show-again = Laat dit recept weer zien
recipes-hide = Verberg dit recept
recipes-hide-why = Waarom verberg je dit?
recipes-hide-text = De makers krijgen een mail met de reden.
recipes-form-title = Hoe ging het?
recipes-form-intro = Je plan is klaar. Help de volgende buurt met vier korte antwoorden.
recipes-form-public = Iedereen kan dit lezen, zonder je naam. Je kunt het later veranderen of weghalen.
recipes-tell = Vertel het
recipes-keep = Bewaar
recipes-done = Dank je wel! Andere buurten kunnen hier hun voordeel mee doen.
recipes-done-gone = Je antwoorden zijn weg.
recipes-done-hidden = Het recept is verborgen. De makers krijgen een mail.
recipes-done-shown = Het recept staat er weer.
recipes-do-evaluate = Vertel hoe het ging
recipes-see = Lees hoe het ging, en wat de makers je vertellen
recipes-source = Naar een idee uit { $buurt }
again-yes = De makers zouden het zo weer doen.
again-no = De makers zouden het niet nog een keer doen.
again-differently = De makers zouden het nog een keer doen, maar anders.
again-short-yes = zo weer
again-short-no = niet nog eens
again-short-differently = nog eens, maar anders
again-mine-yes = Ja, zo weer
again-mine-no = Nee
again-mine-differently = Ja, maar anders
mail-evaluate-subject = Klaar! Hoe ging het met { $title }?
mail-evaluate-text = Je plan is klaar. Wat goed! Wil je in vier korte antwoorden vertellen hoe het ging? Dan hoeft de volgende buurt het niet opnieuw uit te vinden.
mail-evaluate-button = Vertel hoe het ging
mail-evaluate-remind-subject = Nog één keer: hoe ging het met { $title }?
mail-evaluate-remind-text = Twee weken geleden vroegen we hoe je plan ging. We vragen het nog één keer, daarna niet meer.
mail-evaluate-remind-button = Vertel hoe het ging
mail-recipe-hidden-subject = Je terugblik is verborgen: { $title }
mail-recipe-hidden-text = Een moderator heeft verborgen wat je over je plan vertelde. Hieronder lees je waarom. Je kunt je antwoorden veranderen.
mail-recipe-hidden-button = Bekijk je antwoorden
