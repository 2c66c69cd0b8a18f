phase-setup = Being prepared
phase-published = Soon
phase-voting = Vote now
phase-counting = Counting
phase-result = Result is out
phase-stopped = Stopped
rounds-title = Vote
rounds-lead = You choose which plans get money. One neighbourhood, one pot, a vote for everyone.
rounds-none = There is no round yet
rounds-none-how = As soon as there are enough plans, you can choose. Do you have an idea?
rounds-none-idea = I have an idea
rounds-opens = Voting opens { $at }
rounds-closes = Voting is open until { $at }
rounds-closed = Closed { $at }
rounds-question = What shall we do with { $pot }?
rounds-digest = For who wants to check
rounds-digest-text = This is the digest (SHA-256) of the ballot paper. It changes when even one letter changes.
rounds-counting = The ballot box is closed. We are counting the votes. The result will be on this page.
rounds-result-out = The result is out!
rounds-to-result = See the result
rounds-stopped = This round was stopped
rounds-soon = Read the plans at your ease. Soon you can vote.
rounds-paper = The plans
ballot-withdrawn = This plan was withdrawn. You cannot vote for it any more.
ballot-read = Read the whole plan
ballot-sign-in = Sign in to vote
ballot-sign-in-text = Do you live in { $buurt }? Sign in or make an account. Then you can vote.
ballot-residence = First show where you live
ballot-residence-text = Only residents of { $buurt } vote. Type the code from the letter you got at home.
ballot-residence-do = Type my code
ballot-elsewhere = This round is of another neighbourhood
ballot-elsewhere-text = The residents of { $buurt } vote here. Of course you can read all the plans.
ballot-how-change = You can change your choice until voting closes. Your last vote counts.
ballot-how-secret = Your vote is secret. Nobody at the city sees what you choose.
ballot-next = Next
ballot-together = Together
ballot-receipt = Your receipt
ballot-receipt-before = This receipt belongs to your vote. It was drawn by the computer of Fijne Buurt. Keep it: after the result you can find your vote with it.
ballot-receipt-after-letters = Write this and the letters below down, or take photos. After the result you can find your vote with it. We cannot show it again. Do not show it to anyone who wants something from you.
ballot-receipt-after = Write this down or take a photo. After the result you can find your vote with it. We cannot show it again. Do not show it to anyone who wants something from you.
ballot-review = Is this right?
ballot-review-text = Your vote has not been sent yet. Look your choice over and cast your vote.
ballot-change = Change it
ballot-cast = Cast my vote
ballot-taken = Your vote is in
ballot-taken-text = Thank you! You can change your choice until { $at }.
ballot-replaced = Your newer vote counts
ballot-replaced-text = You sent this form before. After that you voted again. That newer vote stands.
ballot-tokens = How your vote will stand in the list
ballot-tokens-text = After the result, each plan you chose gets a line that begins like this. Searching without JavaScript later? Then keep these letters too.
ballot-again = Change my choice
ballot-other-plans = See other plans
result-title = { $count ->
    [0] No plan got money
    [one] 1 plan gets { $amount }
   *[other] { $count } plans get { $amount } together
}
result-lead = { $turnout } of the { $roll } residents on the roll voted: { $percent }.
result-stray = { $count ->
    [one] 1 ballot belonged to nobody on the roll. It was not counted. This should not happen; we are looking into it.
   *[other] { $count } ballots belonged to nobody on the roll. They were not counted. This should not happen; we are looking into it.
}
result-pot = In the pot
result-spent = To plans
result-left = Left
result-left-note = back to the share of the wijk
result-rule = Rule: { $rule }.
result-order = How it was counted
rule-greedy-1 = Most votes first
rule-greedy-1-text = The plan with the most votes comes first. If it fits in what is left, it gets money. If not, we look at the next one. With equal votes the cheaper plan goes first.
rule-greedy-per-euro-1 = Most votes per euro first
rule-greedy-per-euro-1-text = First the plan with the most votes for each euro. This gives small plans a better chance.
rule-greedy-stop-1 = Stop at the first plan that does not fit
rule-greedy-stop-1-text = Most votes first. As soon as a plan no longer fits, the count ends.
rule-equal-shares-1 = An equal share for everyone
rule-equal-shares-1-text = Every voter gets an equal part of the pot. A plan gets money if its voters can pay for it together. What is left goes to the plans with the most votes. (Equal Shares)
rule-equal-shares-plain-1 = An equal share for everyone, nothing added
rule-equal-shares-plain-1-text = Every voter gets an equal part of the pot. What voters do not spend together is left over. (Equal Shares)
rule-equal-shares-count-1 = An equal share for everyone, every plan weighs the same
rule-equal-shares-count-1-text = As above, but a cheap plan is worth as much to its voters as a dear one. (Equal Shares)
result-votes = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
result-per-vote = { $amount } per vote
result-reserve = Reserve: first in line
result-why-funded = Costs { $cost }. There was { $left } left, so it fitted.
result-why-topped = Costs at least { $cost }. There was { $left } left, so it fitted. With what remained at the end it became { $granted }.
result-why-no-fit = Costs { $cost }. There was only { $left } left.
result-why-no-votes = Nobody chose this plan.
result-why-withdrawn = This plan was withdrawn and skipped.
result-why-above-pot = Costs { $cost }. That is more than the whole pot.
result-why-after-stop = The count had ended before it was this plan's turn.
result-why-not-paid = Costs { $cost }. The voters of this plan did not have enough left together.
result-would-cost = At { $cost } it would have got money.
result-would-votes = { $count ->
    [one] With 1 more vote too.
   *[other] With { $count } more votes too.
}
result-would-perhaps = A smaller change might have been enough.
result-tie = Equal in the end: { $plans }. Then the cheaper plan goes first. If they cost the same, the number of the plan decides.
result-others = And with another rule?
result-others-text = These are the same ballots, counted in another way. It changes nothing in the result.
result-others-note = How many voters won nothing, and what ‘equal shares’ would give, nobody outside can count again: it takes whole ballots, and those are secret. The result itself and the other rules can be.
result-satisfied = Of what somebody chose, { $hundredths } plans won on average.
result-without = { $count ->
    [0] Every voter had at least one winning plan.
    [one] 1 voter had no winning plan.
   *[other] { $count } voters had no winning plan.
}
result-other-same = Then the same plans get money.
result-other-more = Then this gets money: { $plans }.
result-other-fewer = Then this gets no money: { $plans }.
result-table = The result as a table
result-col-plan = Plan
result-col-votes = Votes
result-col-cost = Costs at least
result-col-gets = Gets
result-assurance = In this round people voted with an account and a confirmed address. That is less certain than a letter with a vote code to every resident.
result-check = Find my vote
result-data = All data of this round (JSON)
check-title = Find your vote
check-text = Each plan has one line per vote. With your receipt you see whether your vote is there. Who you are stands nowhere.
check-receipt = Your receipt
check-receipt-hint = 26 letters and figures. Capitals and spaces do not matter.
check-do = Search
check-found = Found. Your vote was counted for:
check-not-found = We did not find this receipt. Did you vote again later? Then the receipt of your last vote counts. Or does this receipt belong to another round? This is { $round }.
check-how = Rather check it yourself?
check-how-text = Work this out with your receipt (its 16 bytes) and the number of the plan. Look for the outcome in the list. It proves that your vote was counted, not who was allowed to vote.
check-tokens = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
ballot-pick-one = Pick at least one plan.
ballot-how = How it works
ballot-asked = can be done from this amount; asked { $amount }
check-no-receipts = In this round voters got no receipt, so you cannot find your vote here. You can check the count.
rounds-votes-now = { $buurt } votes on { $pot } now
ballot-how-approval = { $max ->
    [one] Choose 1 plan that you like.
   *[other] Choose at most { $max } plans that you like.
}
ballot-how-knapsack = Choose as many plans as fit in { $pot }.
ballot-how-points = Divide { $sum } points over the plans. One plan gets at most { $each }.
ballot-how-ranking = { $max ->
    [one] Choose the plan you like best.
   *[other] Put at most { $max } plans in order, the best first. A higher place weighs more.
}
ballot-points = { $count ->
    [one] 1 point
   *[other] { $count } points
}
ballot-points-label = Points
ballot-place = place { $place }
ballot-place-label = Your order
ballot-place-none = Not on my list
result-points = { $count ->
    [one] 1 point
   *[other] { $count } points
}
result-per-point = { $amount } per point
form-approval = Tick plans, up to a number
form-knapsack = Choose plans until the pot is spent
form-points = Divide points
form-ranking = Put plans in order
source-codes = Everyone on the list, with a code from a letter
source-accounts = Residents with an account and a confirmed address (less certain)
code-title = Fill in your vote code
code-label = Vote code
code-hint = It is in the letter you got. Capitals and dashes do not matter.
code-do = To the ballot
code-lost = My letter is gone
code-secret = Give your code to nobody. Who has it can vote in your place.
code-enter = Fill in your vote code to vote
code-enter-text = Everyone on the list of { $buurt } got a letter with a code. You do not need an account.
code-replaced-title = Your code was replaced
code-replaced-text = A new code was made for you. Fill in the code of the newest letter.
code-paper-title = You vote on paper
code-paper-text = A vote on paper was handed in with your code. That vote counts. There is nothing more to do.
code-voted = A valid vote of yours is in the ballot box. If you vote again, it replaces the one before.
code-not-voted = There is no vote of yours in the ballot box yet.
code-forget = Done: forget my code on this device
code-assisted = You are helping somebody vote. Let them choose. Clear the screen when you are done.
code-assisted-forget = Clear this screen
lost-text = That is a pity! Tell us where the letter should have arrived. We check that it is you. Then you get a new letter, or a code at the community centre.
lost-name = Your name
lost-address = Your address
lost-address-hint = Street, number and postcode.
lost-contact = Where can we reach you? (optional)
lost-contact-hint = A phone number or mail address.
lost-do = Ask for a new letter
lost-told = We will see to it
lost-told-text = Somebody of the district has a look. In a hurry? Go to the community centre and bring something with your name and address.
result-codes = { $count ->
    [0] No vote code was made anew.
    [one] 1 vote code was made anew because a letter was gone.
   *[other] { $count } vote codes were made anew because a letter was gone.
}
ballot-receipt-mixed = This receipt belongs to your vote. Your phone and the computer of Fijne Buurt drew it together. Keep it: after the result you find your vote with it.
letter-heading = Vote on { $pot } for { $buurt }
letter-body = Residents of { $buurt } have made plans. You help choose which plans get money. Voting takes a few minutes. You need no account, and nobody sees what you choose.
letter-secret = This code is for you alone. Give it to nobody.
letter-scan = Scan with your phone
letter-or = Or type this address
letter-code = Your vote code
letter-until = Voting is open until { $at }.
letter-lost = Does it not work, or would you rather vote with help? Bring this letter to the community centre.
ballot-more = More about this plan
ballot-chosen = Chosen
ballot-approval-none = { $most ->
    [one] Choose 1 plan at most
   *[other] Choose { $most } plans at most
}
ballot-approval-some = { $used } of { $most } chosen · { $sum }
ballot-approval-over = { $over } too many: choose { $most } at most
ballot-knapsack-none = In the pot: { $most }
ballot-knapsack-some = { $left } left of { $most }
ballot-knapsack-full = The pot is spent exactly
ballot-knapsack-over = { $over } more than there is in the pot
ballot-points-none = { $most ->
    [one] Give your point
   *[other] Share out { $most } points
}
ballot-points-some = { $left } of { $most } points left
ballot-points-full = { $most ->
    [one] Your point is given
   *[other] All { $most } points are given
}
ballot-points-over = { $most ->
    [one] { $over } too many: you have 1 point
   *[other] { $over } too many: you have { $most } points
}
ballot-points-spent = Your points are spent. First take one off somewhere.
ballot-points-most = { $each ->
    [one] A plan gets 1 point at most.
   *[other] A plan gets { $each } points at most.
}
ballot-points-say = Points for { $plan }: { $n }
ballot-points-add = One point more
ballot-points-take = One point less
ballot-ranking-some = My list: { $used } of { $most }
ballot-ranking-full = My list is full: { $used } of { $most }
ballot-ranking-over = My list: { $over } too many
ballot-ranking-spent = Your list is full. First take a plan off it.
ballot-ranking-say = { $plan } is now at place { $n }
ballot-ranking-gone = { $plan } is no longer on your list
ballot-ranking-empty = Your list is still empty. Tap 'Put on my list' at a plan.
ballot-ranking-add = Put on my list
ballot-ranking-off = Take off
ballot-ranking-up = Up
ballot-ranking-down = Down
ballot-find = Search in the plans
ballot-only = Only what I chose
ballot-shown = { $shown } of { $all } plans
ballot-offline-next = You have no internet for a moment. What you chose is kept. We go on by ourselves as soon as the connection is back.
ballot-offline-cast = You have no internet for a moment. Keep this page open: we cast your vote as soon as the connection is back.
ballot-left-in-pot = Left in the pot
ballot-unused = Not given
ballot-receipt-save = Save as a picture
ballot-receipt-copy = Copy
ballot-receipt-copied = Copied.
ballot-receipt-qr = QR code of your receipt
rounds-turnout = { $voted } of the { $roll } people on the list have voted so far.
changed-at = Changed on { $at }
changed-by-two = Two administrators agreed on this. Costs, pot and rules did not change: that is not possible any more.
part-was = Was:
part-now = Is now:
part-title = Title of the round
part-intro = What it is about
part-opens = Voting starts
part-closes = Voting ends
part-plan-title = Title of the plan
part-plan-text = Text of the plan
result-how = How the voting went
result-paper = Votes on paper
result-paper-of = { $sheets } counted, { $closed } handed in
result-lot = The draw
result-lot-text = When plans end equal and cost the same, lots are drawn. Two administrators each chose a secret. Its digest was fixed before anyone voted. The draw follows from both secrets together; anyone can check it.
result-tie-lot = Ended equal: { $plans }. The cheapest plan goes first. If they cost the same, lots decide.
feed-title = Fijne Buurt: voting rounds
feed-opened = The ballot paper is fixed: { $title }
feed-changed = The ballot paper was changed: { $title }
feed-stopped = The round was stopped: { $title }
feed-result = The result is out: { $title }
rounds-feed = Follow the voting rounds (Atom)
ballot-count-greedy-1 = { $unit ->
    [points] The plan with the most points gets money first. When a plan does not fit in the pot any more, we look at the next one.
   *[votes] The plan with the most votes gets money first. When a plan does not fit in the pot any more, we look at the next one.
}
ballot-count-greedy-per-euro-1 = { $unit ->
    [points] The plan with the most points per euro gets money first, until the pot is empty. This gives small plans a better chance.
   *[votes] The plan with the most votes per euro gets money first, until the pot is empty. This gives small plans a better chance.
}
ballot-count-greedy-stop-1 = { $unit ->
    [points] The plan with the most points gets money first. At the first plan that does not fit in the pot any more, the count stops.
   *[votes] The plan with the most votes gets money first. At the first plan that does not fit in the pot any more, the count stops.
}
ballot-count-equal-shares-1 = { $unit ->
    [points] Every voter gets an equal share of the pot. A plan wins when its voters can pay for it together; what is left goes to the plans with the most points.
   *[votes] Every voter gets an equal share of the pot. A plan wins when its voters can pay for it together; what is left goes to the plans with the most votes.
}
ballot-count-equal-shares-plain-1 = Every voter gets an equal share of the pot. A plan wins when its voters can pay for it together; what is left stays.
ballot-count-equal-shares-count-1 = Every voter gets an equal share of the pot, and a plan wins when its voters can pay for it together. A cheap plan weighs as much as an expensive one.
ballot-preview = This is what the ballot looks like
ballot-preview-text = This is an example: you cannot choose here.
rounds-theme = Theme: { $theme }
letter-voter = voter { $nth } of { $household }
code-remember = Remember this code with my account
code-remember-text = Only if the letter is your own. You can then change your vote later without the letter.
