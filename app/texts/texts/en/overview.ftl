overview-title = How do things stand?
overview-intro = All figures about the money, the plans, the help and the survey. Tap a figure and you see what is behind it.
overview-year = Money of { $year }
overview-money-of = Money of which year?
overview-inside = Here you also see plans of your own neighbourhoods that are not public yet.
overview-report = Read the yearly report of { $year }
overview-city = The whole city
overview-no-programme = Without a programme
overview-together = Together
overview-moved = Booked
overview-yes = yes
overview-no = no
overview-unknown = not known
overview-too-few = too few to show
overview-csv = Take along as CSV
overview-xlsx = Take along as Excel (XLSX)
overview-rows = { $count ->
    [0] Nothing is behind this
    [one] 1 line
   *[other] { $count } lines
}
overview-sheet-share = The residents' share
overview-sheet-programmes = By programme
overview-sheet-states = Where do plans stand?
overview-sheet-wijken = Where the money went, by wijk
overview-sheet-buurten = Where the money went, by buurt
overview-sheet-late = What is late?
overview-sheet-desk = On your desk
overview-sheet-help = Help from neighbours
overview-sheet-survey = The last survey
overview-sheet-plans = The plans behind this figure
overview-sheet-transfers = The movements behind this figure
overview-note-share = What is the most there may be, what is really there, and what may still be added are three different amounts. Allotted and left together are what is there.
overview-note-programmes = What a programme put in, and what plans of that programme got.
overview-note-states = Plans that everyone may see, and how long ago they came in.
overview-note-wijken = Beside how many people lived there in 2006, and how many plans there are.
overview-note-buurten = How many people live in a buurt is not known here.
overview-note-late = Plans with a step that should have been done.
overview-note-desk = Plans of your own neighbourhoods that are not, or no longer, public.
overview-note-help = Small numbers are not shown, so that nobody can be recognised.
overview-note-survey = Only what was published. Small groups are not shown.
overview-col-what = What
overview-col-ceiling = At most
overview-col-funded = Put in
overview-col-room = Can be added
overview-col-allotted = Allotted
overview-col-left = Left
overview-col-committed = Agreed
overview-col-paid = Paid
overview-col-returned = Given back
overview-col-pm = Part of the cost not known yet
overview-col-gave = Put in
overview-col-plans = Plans
overview-col-with_money = Plans with money
overview-col-given = Given
overview-col-per_plan = Given per plan
overview-col-residents = Inhabitants
overview-col-per_resident = Given per inhabitant
overview-col-age_month = This month
overview-col-age_quarter = 1 or 2 months ago
overview-col-age_year = 3 to 11 months ago
overview-col-age_older = Longer ago
overview-col-late_steps = Plans with a late step
overview-col-late_replies = Wait too long for a reply
overview-col-offers = Offers
overview-col-needs = Asked for
overview-col-agreed = Introduced
overview-col-helped = Really helped
overview-col-answers = Answers
overview-col-mean = Mark
overview-col-buurt = Buurt
overview-col-state = State
overview-col-month = Handed in
overview-col-year = Money of
overview-col-day = Day
overview-col-wijk = Wijk
overview-col-programme = Programme
overview-col-plan = Plan
overview-col-amount = Amount
report-title = { $place } in { $year }: what residents did
report-made = Made on { $date }
report-pdf = Take along as a PDF
report-print = A PDF cannot be made here. Print this page: it fits on A4.
report-others = Other reports
report-share = The money for residents
report-plans = The plans
report-voices = Votes and views
report-ceiling = In { $year } at most { $ceiling } could go to residents' plans.
report-ceiling-at-least = In { $year } at least { $ceiling } could go to residents' plans; a part of the cost was not known yet.
report-funded = Of that { $funded } was really there. { $room } could be added.
report-not-funded = No money was there yet.
report-allotted = { $allotted } was allotted. { $left } was left.
report-handed-in = { $count ->
    [0] In { $year } no plan came in that everyone can read.
    [one] In { $year } 1 plan came in that everyone can read.
   *[other] In { $year } { $count } plans came in that everyone can read.
}
report-plans-funded = { $count ->
    [0] No plan got money yet.
    [one] 1 plan got money: { $given }.
   *[other] { $count } plans got money, { $given } together. They came from { $buurten ->
        [one] 1 buurt.
       *[other] { $buurten } buurten.
    }
}
report-paid = { $paid } was paid out.
report-completed = { $count ->
    [0] None of these plans is done yet.
    [one] 1 of these plans is done.
   *[other] { $count } of these plans are done.
}
report-returned = { $returned } went back.
report-round = { $title }: { $count } of { $roll } people voted.
report-round-open = { $title }: { $count ->
    [one] 1 person voted.
   *[other] { $count } people voted.
}
report-no-rounds = No round with money of { $year } has a result.
report-wave = { $title }: { $count ->
    [one] 1 answer
   *[other] { $count } answers
}, on average { $mark }.
report-wave-no-mark = { $title }: { $count ->
    [one] 1 answer.
   *[other] { $count } answers.
}
report-wave-few = { $title }: too few answers to show.
report-no-waves = No survey of { $year } was published.
overview-table = All figures, as a table
