admin-title = Administration
admin-residents = Residents
admin-residents-note = with a confirmed address
admin-plans = Plans
admin-plans-note = for all to see
admin-voting = Rounds taking votes
admin-open-waves = Running surveys
admin-share = Fund the residents' share
admin-share-note = From the programmes to the share of a wijk
admin-rounds = Rounds
admin-rounds-note = Set up, open, close, count
admin-waves = Surveys
admin-waves-note = Make a new survey
admin-roles = Roles
admin-roles-note = Who may do what, and where
admin-clock = Clock of the demo city
admin-clock-note = Move the time forward
admin-clock-now = In the example city it is now { $time }.
admin-clock-text = This is how you walk through a round of weeks in a few minutes. There is no way back. Whoever stayed away for long has to sign in again.
admin-clock-step = How far ahead?
clock-hour = One hour
clock-day = One day
clock-week = One week
admin-clock-do = Move the clock ahead
admin-wijk = Wijk
admin-show = Show
admin-yes = Yes
admin-no = No
admin-share-amount = How much do you move in?
admin-share-room = { $amount } can be added.
admin-share-lines = What the programmes still hold
admin-share-programme = When 'Bewonersparticipatie' is empty, take the rest from
admin-share-earmarked-only = Only 'Bewonersparticipatie'
admin-share-do = Move it in
admin-rounds-none = There are no rounds yet.
admin-round-new = New round
admin-round-buurt = In which neighbourhood?
admin-round-title = Title
admin-round-intro = What is it about?
admin-round-intro-hint = A few sentences in plain language.
admin-round-year = From which budget year?
admin-round-year-left = { $year }: { $amount } left
admin-round-pot = How much is in the pot?
admin-round-pot-hint = This moves from the share of the wijk to the pot at once.
admin-round-max = How many plans may a person choose?
admin-round-opens = Voting opens
admin-round-closes = Voting closes
admin-round-receipts = Do voters get a receipt?
admin-round-plans = Which plans are on the ballot?
admin-round-do = Set the round up
admin-round-no-plans = There are no feasible plans in this neighbourhood
admin-round-no-plans-how = The district must first find plans feasible.
admin-round-public = See the round as everyone does
admin-stop-reason = Why is the round stopped?
admin-stop-hint = Everyone can read this.
admin-turnout = Votes
admin-roll = On the roll
admin-wave-new = New survey
admin-wave-title = Title
admin-wave-opens = Opens
admin-wave-closes = Closes
admin-wave-do = Make the survey
step-publish = Show the plans
step-publish-text = Everyone can read the round and its plans. Nobody can vote yet.
step-open = Open voting
step-open-text = The ballot paper is fixed after this. Votes are taken as soon as the clock says so. Two people who are administrator now do the counting later.
step-close = Close the ballot box
step-close-text = Time is up. Votes are parted from who cast them, and the key is destroyed.
step-count = Count the votes
step-count-text = The result is not public after that. You see it first, and can count again until it is published.
step-result = Publish the result
step-result-text = The winners get their money. What is left returns to the share of the wijk.
step-stop = Stop this round
step-stop-text = The money goes back, the plans are feasible again and all votes are void. This cannot be undone.
admin-round-source = Who may vote?
admin-round-form = How is the ballot filled in?
admin-round-points = How many points does a voter divide?
admin-round-points-each = How many points may one plan get?
admin-round-rule = How are the votes counted?
roll-title = Voters and letters
roll-entries = On the list
roll-coded = With a code
roll-reissued = Made anew
roll-import = The list of voters
roll-import-text = Choose a CSV file with the column 'postcode' and, if you have them, 'naam', 'adres', 'plaats' and 'aantal' (how many voters live at the address). A new list replaces the one before.
roll-file = The file
roll-look = Check the list
roll-right = The list is right
roll-right-text = { $voters ->
    [one] There is 1 voter on it. The list begins like this:
   *[other] There are { $voters } voters on it, in { $rows } { $rows ->
        [one] line
       *[other] lines
    }. The list begins like this:
}
roll-add = { $voters ->
    [one] Put 1 voter on the list
   *[other] Put { $voters } voters on the list
}
roll-wrong = The list is not right yet
roll-wrong-text = { $count ->
    [one] 1 line is wrong. Nothing was kept. Mend it and choose the file again.
   *[other] { $count } lines are wrong. Nothing was kept. Mend these lines and choose the file again.
}
roll-wrong-line = Line { $line }:
roll-wrong-unreadable = this line cannot be read. Is the file UTF-8, and are all quotes closed?
roll-wrong-postcode = this is no postcode. Write it like this: 1021 AA.
roll-wrong-count = the number is no number, or too high (50 at most at one address).
roll-wrong-too-long = name, address or place is too long for a letter (60 characters at most), or does not begin with a letter or figure.
roll-wrong-twice = this address stands higher in the list. Add the voters up under 'aantal'.
roll-no-header = The first line must have the names of the columns, 'postcode' at least.
roll-empty = There is nobody on this list, or there are more than a million voters.
letter-look = What the letter looks like
letter-size = Paper
letter-size-a5 = A5
letter-size-a5-text = Short and cheap. For an envelope without a window, or to deliver yourselves.
letter-size-c5-window = A4 for a window envelope
letter-size-c5-window-text = The address shows through the window on the left (C5/6, DL or EA5).
letter-languages = Languages
letter-languages-hint = Dutch always comes first. Other languages go on the back.
letter-sender = Sender
letter-sender-hint = May stay empty. One line above the address, so that a letter that does not arrive comes back.
letter-keep = Save
letter-proof = Look at a trial letter (PDF)
roll-codes = Codes and letters
roll-codes-text = { $count } voters have no code yet. The codes leave only once: in this file. Keep it safe and wipe it after printing. We do not keep them.
roll-issue-pdf = Make the letters (PDF)
roll-issue-csv = Make the file for the printer (CSV)
roll-anew = Make all codes anew
roll-anew-text = All codes lapse. Do this only when the letters are not out yet, for instance because the file is lost.
roll-anomalies = What stood out
roll-too-many = This page is too small for so many letters. Use on the server: fijnebuurt codes { $round } --csv FILE
anomaly-wrong-codes = Wrong codes
anomaly-assisted = Helped at the desk
anomaly-changed = Changed votes
admin-round-roll = Voters and letters
admin-round-ties = And when plans end exactly equal?
ties-cost = The cheapest goes first, then the lowest number
ties-lot = The cheapest goes first, then lots are drawn: two administrators each choose a secret beforehand
admin-round-steps = What can be done now?
admin-paper = On paper
change-title = Change texts or dates
change-text = Costs, pot, ballot and counting rule are fixed. Texts and dates can be changed. Another administrator has to agree. Then everyone sees what is different.
change-text-setup = Nobody has seen this round yet. What you change here holds at once.
change-closes-hint = Make sure that people can still vote for at least a day after the change.
change-reason = Why do you change this?
change-reason-hint = Everyone can read this.
change-do = Put it to another administrator
change-do-setup = Change
change-waits = A change is waiting for a decision
change-own = You proposed this. Ask another administrator to look at it.
change-other = Do you agree? Then it holds at once and everyone sees what is different.
change-agree = Agree
change-refuse = Do not agree
change-take-back = Take the proposal back
lot-title = The draw
lot-text = { $count ->
    [0] No administrator has chosen a secret yet. Two are needed before voting opens.
    [one] One administrator has chosen a secret. One more is needed before voting opens.
   *[other] Two administrators have chosen a secret. After the close they reveal it, each for themselves. Only then can votes be counted.
}
lot-secret = Your secret
lot-secret-hint = This was drawn at random; you may type something else, at least 16 characters. Keep it safe and show it to nobody. We keep only its digest.
lot-secret-own = The secret that you kept
lot-give = Fix the digest
lot-kept = The secret has not been revealed yet.
lot-revealed = Revealed: { $secret }
lot-lost = This secret is lost. Its digest counts instead.
lot-reveal = Reveal the secret
lot-lose = The secret is lost
lot-lose-text = Its digest then counts instead. Everyone sees that the secret is lost.
lot-lose-other = Can your colleague not reveal it any more? A week after the close you can say so. Everyone sees that the secret is lost.
lot-lose-reason = How did that happen?
admin-round-again = One more like this
admin-round-theme = Theme
admin-round-theme-all = All plans
admin-round-theme-gone = This neighbourhood has no feasible plans of this theme now. Choose another theme, or all plans.
admin-round-title-hint = For example: Neighbourhood budget Vogelbuurt.
admin-round-opens-hint = Letters with a code take a week or two.
admin-round-closes-hint = Give people a week at least. Better close by day or in the evening.
admin-setup-lead = Five steps and the round is ready. Nothing is kept before the last button.
admin-setup-money = Where and how much?
admin-setup-ballot = How do people vote?
admin-setup-voters = Who votes, and when?
admin-setup-plans = Which plans?
admin-setup-preview = Is everything right?
admin-setup-preview-text = This is what the round will be. Nothing has been kept yet.
admin-setup-buurt = { $count ->
    [0] { $buurt } ({ $wijk }): no feasible plans yet
    [one] { $buurt } ({ $wijk }): 1 plan
   *[other] { $buurt } ({ $wijk }): { $count } plans
}
admin-setup-count = { $count ->
    [one] 1 plan
   *[other] { $count } plans
}
admin-setup-place = The round is in { $buurt }. Its money comes from the share of wijk { $wijk }.
admin-setup-other-buurt = Choose another neighbourhood
admin-setup-no-money = There is no money for wijk { $wijk } yet
admin-setup-to-preview = See the ballot
admin-setup-receipts-yes = After the result voters can find their own vote.
admin-setup-receipts-no = Nobody can show what they voted. Choose this where votes might be bought.
admin-setup-above = Costs more than the pot.
admin-setup-in-pot = In the pot
admin-setup-change = Change
admin-setup-think = Have one more look at this
admin-setup-all-fit = All plans together fit in the pot. Then there is nothing to choose: each plan with a vote gets money.
admin-setup-above-pot = { $count ->
    [one] One plan costs more than the whole pot. That plan cannot win.
   *[other] { $count } plans cost more than the whole pot. Those plans cannot win.
}
admin-setup-short = { $days ->
    [0] Voting takes less than a day. Better give people a week: not everyone looks every day.
    [one] Voting takes only 1 day. Better give people a week: not everyone looks every day.
   *[other] Voting takes only { $days } days. Better give people a week: not everyone looks every day.
}
admin-setup-night = Voting closes in the middle of the night. Who looks for help at the last moment will find nobody.
admin-setup-fact-buurt = Neighbourhood
admin-setup-fact-title = Title
admin-setup-pot-left = From { $year }. After that { $left } is left.
admin-setup-fact-form = Ballot
admin-setup-fact-rule = Counting
admin-setup-fact-receipts = Receipt
admin-setup-fact-term = When
admin-setup-term = From { $from } to { $to }
admin-setup-days = { $days ->
    [0] That is less than a day.
    [one] That is 1 day.
   *[other] That is { $days } days.
}
admin-setup-together = Together they cost { $amount } at least.
admin-setup-change-pot = Change the pot
admin-closes-later = Choose an end that is later than the start, and later than now.
share-ceiling = Change the ceiling
share-percent = What percentage of the wijkaanpak may go to residents?
share-percent-hint = From 0 to 10. Decimals are fine, such as 8.5.
share-reason = Why?
share-reason-hint = Everyone can read this with the budget of the wijk.
share-ceiling-do = Set the ceiling
share-ceiling-note = { $percent } % of what the wijkaanpak costs
share-close = Close { $year }
share-close-text = There is still { $amount } left. After closing, no money of this year can go to plans or voting rounds any more.
share-close-again = This year was closed already. { $amount } came back since; you can now carry that over or give it back too.
share-rest = What happens with the rest?
share-rest-carried = Carry it over
share-rest-carried-text = To the same programmes in { $year }. It can be set aside for residents again there.
share-rest-returned = Give it back
share-rest-returned-text = Back to the city. It is no longer for residents then.
share-closed = { $year } is closed for this wijk.
share-moved = Latest movements
share-correct = This was a mistake
share-correct-do = Book { $amount } back
share-note = What went wrong?
reason-share = Set aside for residents
reason-correction = Booked back
reason-pot = To a voting round
reason-pot-rest = Rest of a voting round
reason-pot-stopped = Back from a stopped voting round
reason-small-plan = To a small plan
reason-plan-returned = Back from a plan
reason-year-carried = Carried over to the next year
reason-year-returned = Back to the city
roll-ignored = We do not use these columns: { $columns }. Is anything missing on the letter because of that? Then name the column adres, plaats or naam.
lot-revealed-alone = Revealed. Everyone sees it as soon as the other one has done so too.
lot-replace = Record another secret
lot-replace-text = Your secret is recorded. Only take another one if you lost it: the old one then counts no more.
step-count-without = No more paper ballots will come. Count without them.
admin-settings = Settings
admin-settings-note = Holidays, small plans, objections
settings-holidays = Days that do not count
settings-holidays-text = On these days the clock of the first answer stands still. They can only be named beforehand.
settings-day = Which day?
settings-day-title = What is it?
settings-day-add = Name this day
settings-remove = Remove
settings-small = Up to what amount can a plan go without a voting round?
settings-unique = What percentage of the ballots may be unlike all others?
settings-unique-hint = With Equal Shares we publish whole ballots, without names, so that anyone can count again. If more ballots are like no other, two administrators decide.
settings-small-hint = Moderator and stadsdeel then sign together.
settings-bezwaar = How somebody objects
settings-bezwaar-hint = Stands below the mail of a decision of the stadsdeel (six weeks, article 6:7 Awb). May stay empty.
settings-keep = Save
