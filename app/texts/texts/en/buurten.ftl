buurten-title = Neighbourhoods
buurten-choose = Choose your neighbourhood
buurten-choose-button = This is my neighbourhood
buurten-other = another one
buurten-welcome = What would make your neighbourhood even nicer?
buurten-welcome-text = Here neighbours make plans for their neighbourhood and share out the money together. Where do you live?
buurten-newest = New plans
buurten-working = What happens in the neighbourhood
buurten-open = Plans that look for support
buurten-rest = Other plans
buurten-home-round = What shall we do with { $amount }?
buurten-days-left = { $count ->
    [one] You can vote for 1 more day.
   *[other] You can vote for { $count } more days.
}
buurten-last-day = You can still vote today.
buurten-vote = Vote or change your vote
buurten-home-wave = Why is this a nice neighbourhood?
buurten-wave-short = 3 short questions
buurten-tell-us = Tell us
buurten-home-lead = You know best what is needed here.
buurten-home-idea = What would make { $buurt } even nicer?
buurten-share = Money for plans in { $wijk }, { $year }
buurten-no-plans = No plans yet
buurten-no-plans-text = Will you start? A small idea is fine too.
