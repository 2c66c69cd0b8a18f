overview-title = Hoe staat het ervoor?
overview-intro = Alle cijfers over het geld, de plannen, de hulp en de peiling. Tik op een cijfer en je ziet wat erachter zit.
overview-year = Geld van { $year }
overview-money-of = Geld van welk jaar?
overview-inside = Je ziet hier ook plannen van je eigen buurten die nog niet openbaar zijn.
overview-report = Lees het jaarverslag van { $year }
overview-city = Heel de stad
overview-no-programme = Zonder programma
overview-together = Samen
overview-moved = Geboekt
overview-yes = ja
overview-no = nee
overview-unknown = niet bekend
overview-too-few = te weinig om te tonen
overview-csv = Neem mee als CSV
overview-xlsx = Neem mee als Excel (XLSX)
overview-rows = { $count ->
    [0] Hier zit niets achter
    [one] 1 regel
   *[other] { $count } regels
}
overview-sheet-share = Het deel voor bewoners
overview-sheet-programmes = Per programma
overview-sheet-states = Waar staan de plannen?
overview-sheet-wijken = Waar ging het geld heen, per wijk
overview-sheet-buurten = Waar ging het geld heen, per buurt
overview-sheet-late = Wat is te laat?
overview-sheet-desk = Bij jullie op het bureau
overview-sheet-help = Hulp van buren
overview-sheet-survey = De laatste peiling
overview-sheet-plans = De plannen achter dit cijfer
overview-sheet-transfers = De boekingen achter dit cijfer
overview-note-share = Wat er hoogstens mag, wat er echt klaarstaat, en wat er nog bij kan, zijn drie verschillende bedragen. Verdeeld en over zijn samen wat klaarstaat.
overview-note-programmes = Wat een programma klaarzette, en wat plannen van dat programma kregen.
overview-note-states = Plannen die iedereen mag zien, en hoe lang geleden ze binnenkwamen.
overview-note-wijken = Naast hoeveel mensen er in 2006 woonden, en hoeveel plannen er zijn.
overview-note-buurten = Hoeveel mensen er in een buurt wonen, weten we hier niet.
overview-note-late = Plannen met een stap die al gedaan had moeten zijn.
overview-note-desk = Plannen van je eigen buurten die nog niet of niet meer openbaar zijn.
overview-note-help = Kleine aantallen laten we niet zien, zodat niemand te herkennen is.
overview-note-survey = Alleen wat al gepubliceerd is. Kleine groepen laten we niet zien.
overview-col-what = Wat
overview-col-ceiling = Mag hoogstens
overview-col-funded = Staat klaar
overview-col-room = Kan er nog bij
overview-col-allotted = Verdeeld
overview-col-left = Over
overview-col-committed = Afgesproken
overview-col-paid = Betaald
overview-col-returned = Teruggegeven
overview-col-pm = Kosten deels nog niet bekend
overview-col-gave = Zette klaar
overview-col-plans = Plannen
overview-col-with_money = Plannen met geld
overview-col-given = Gegeven
overview-col-per_plan = Gegeven per plan
overview-col-residents = Inwoners
overview-col-per_resident = Gegeven per inwoner
overview-col-age_month = Deze maand
overview-col-age_quarter = 1 of 2 maanden terug
overview-col-age_year = 3 tot 11 maanden terug
overview-col-age_older = Langer geleden
overview-col-late_steps = Plannen met een late stap
overview-col-late_replies = Wachten te lang op antwoord
overview-col-offers = Aanbod
overview-col-needs = Gevraagd
overview-col-agreed = Voorgesteld
overview-col-helped = Hielp echt
overview-col-answers = Antwoorden
overview-col-mean = Cijfer
overview-col-buurt = Buurt
overview-col-state = Stand
overview-col-month = Ingediend
overview-col-year = Geld van
overview-col-day = Dag
overview-col-wijk = Wijk
overview-col-programme = Programma
overview-col-plan = Plan
overview-col-amount = Bedrag
report-title = { $place } in { $year }: wat bewoners deden
report-made = Gemaakt op { $date }
report-pdf = Neem mee als PDF
report-print = Een PDF maken kan hier niet. Druk deze pagina af: ze past op A4.
report-others = Andere verslagen
report-share = Het geld voor bewoners
report-plans = De plannen
report-voices = Stemmen en meningen
report-ceiling = In { $year } mocht hoogstens { $ceiling } naar plannen van bewoners.
report-ceiling-at-least = De grens voor plannen van bewoners was in { $year } { $ceiling } of hoger: een deel van de kosten was nog niet bekend.
report-funded = Daarvan stond { $funded } echt klaar. Er kon nog { $room } bij.
report-not-funded = Er stond nog geen geld klaar.
report-allotted = Verdeeld werd { $allotted }. Over bleef { $left }.
report-handed-in = { $count ->
    [0] In { $year } kwam er geen plan binnen dat iedereen kan lezen.
    [one] In { $year } kwam er 1 plan binnen dat iedereen kan lezen.
   *[other] In { $year } kwamen er { $count } plannen binnen die iedereen kan lezen.
}
report-plans-funded = { $count ->
    [0] Nog geen plan kreeg geld.
    [one] 1 plan kreeg geld: { $given }.
   *[other] { $count } plannen kregen geld, samen { $given }. Ze kwamen uit { $buurten ->
        [one] 1 buurt.
       *[other] { $buurten } buurten.
    }
}
report-paid = Uitbetaald is { $paid }.
report-completed = { $count ->
    [0] Nog geen van deze plannen is klaar.
    [one] 1 van deze plannen is klaar.
   *[other] { $count } van deze plannen zijn klaar.
}
report-returned = Terug ging { $returned }.
report-round = { $title }: { $count } van de { $roll } mensen stemden.
report-round-open = { $title }: { $count ->
    [one] 1 mens stemde.
   *[other] { $count } mensen stemden.
}
report-no-rounds = Er was geen uitslag van een stemronde met geld van { $year }.
report-wave = { $title }: { $count ->
    [one] 1 antwoord
   *[other] { $count } antwoorden
}, gemiddeld een { $mark }.
report-wave-no-mark = { $title }: { $count ->
    [one] 1 antwoord.
   *[other] { $count } antwoorden.
}
report-wave-few = { $title }: te weinig antwoorden om te tonen.
report-no-waves = Er is geen peiling uit { $year } gepubliceerd.
overview-table = Alle cijfers, als tabel
