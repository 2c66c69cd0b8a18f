buurten-title = Buurten
buurten-choose = Kies je buurt
buurten-choose-button = Dit is mijn buurt
buurten-other = andere buurt
buurten-welcome = Wat maakt jouw buurt nog fijner?
buurten-welcome-text = Hier maken buren plannen voor hun buurt, en verdelen ze samen het geld. In welke buurt woon je?
buurten-newest = Nieuwe plannen
buurten-working = Wat er gebeurt in de buurt
buurten-open = Plannen die steun zoeken
buurten-rest = Andere plannen
buurten-home-round = Wat gaan we doen met { $amount }?
buurten-days-left = { $count ->
    [one] Stemmen kan nog 1 dag.
   *[other] Stemmen kan nog { $count } dagen.
}
buurten-last-day = Vandaag kan het nog.
buurten-vote = Stem mee of verander je stem
buurten-home-wave = Waarom is dit een fijne buurt?
buurten-wave-short = 3 korte vragen
buurten-tell-us = Vertel het ons
buurten-home-lead = Jij weet het best wat hier nodig is.
buurten-home-idea = Wat maakt { $buurt } nog fijner?
buurten-share = Geld voor plannen in { $wijk }, { $year }
buurten-no-plans = Nog geen plannen
buurten-no-plans-text = Begin jij? Een klein idee is ook goed.
