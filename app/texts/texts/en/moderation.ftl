moderation-title = Moderation
moderation-to-do = To do
moderation-waiting = Waits for submitter
moderation-done = Done
moderation-all-done = Everything is answered. Lovely!
moderation-none = There is nothing here now.
moderation-late = { $count } hours late
moderation-left = { $count } hours left
moderation-late-days = { $count } days late
moderation-left-days = { $count } days left
moderation-just-late = just late
moderation-within-hour = within an hour
moderation-small = Small plans to sign for
moderation-small-title = Small plan without a round
moderation-small-text = This plan is small enough. When a moderator and the district both sign, { $amount } goes to the plan at once.
moderation-small-moderator = Moderator
moderation-small-staff = District
moderation-signed = has signed
moderation-not-signed = not yet
moderation-year = From which year?
moderation-year-left = { $year }: { $left } left to give
moderation-sign = Sign for { $amount }
moderation-return = Ask a question
moderation-question = What do you want to know?
moderation-send-question = Send the question
moderation-reject = Do not publish this
moderation-reason = Why not?
moderation-words = Explain it in your own words
moderation-reject-now = Reject
moderation-note = A kind word for the submitter (optional)
moderation-publish = Put on the site
moderation-no-programme = No programme
moderation-supporter = Who helps the submitter?
moderation-supporter-hint = A name the submitter knows. Everyone sees this name.
moderation-done-publish = The plan is on the site. The submitter gets a mail.
moderation-done-return = The question was sent.
moderation-done-reject = The plan was rejected. The submitter gets a mail with the reason.
moderation-done-signed = You have signed.
moderation-save-programme = Save programme
moderation-save-name = Save name
moderation-all = All
moderation-filter = Choose what you see
moderation-for = From whom
moderation-earlier = Earlier plans
moderation-further = More plans
moderation-just-decided = Just decided
moderation-takes-effect = { $decision }. At { $at } the mail goes out and everyone can see it.
moderation-undo = Undo
decided-publish = You put this plan on the site
decided-return = You ask a question
decided-reject = You turn this plan down
decided-refer = You refer this plan
moderation-done-decided = Noted. You can still undo it for a while.
moderation-done-undone = Undone. Nothing was sent.
moderation-done-handed = Handed over.
moderation-done-refer = The plan was referred. The submitter gets a mail.
moderation-claimed = A colleague is busy with this, until { $at }.
moderation-own-claim = You are busy with this, until { $at }.
moderation-claim = I will take this
moderation-claim-longer = I need more time
moderation-hand-over = Hand over
moderation-hand-to = Who can answer this better?
moderation-hand-why = Why? (for colleagues only)
moderation-refer = Refer
moderation-refer-to = To whom?
moderation-refer-whom = What are they called, and how can they be reached?
moderation-refer-now = Refer
refer-programme = This belongs to a programme of the wijkaanpak
refer-service = The city has a service for this already
refer-partner = Another organisation can do this
moderation-mail = Look at the mail that the submitter gets
moderation-mail-words = What you type above is added below it.
moderation-questions = Questions that often help
ask-who = Who takes part, and who can be contacted?
ask-where = Where exactly should it be?
ask-cost = What does it cost roughly, and what is that made up of?
ask-upkeep = Who looks after it once it is there?
ask-neighbours = What do the neighbours who live close by think of it?
ask-ground = Whose ground or room is it?
away-title = I am away for a while
away-text = You then get no messages about plans that wait. Is there nobody else in your buurt? Then the stadsdeel takes over.
away-now = You are away from { $from } up to and including { $until }.
away-back = I am back
away-from = From
away-until = Up to and including
away-do = Save
what-if = What if these go on?
what-if-none = You have not ticked any plans. Go back and tick a few.
what-if-least = With the lowest amounts
what-if-best = With the highest amounts
what-if-left = { $asked } together. That leaves { $left }.
what-if-short = { $asked } together. That is { $short } more than is set aside; so much can still be added.
what-if-over = { $asked } together. That is { $over } more than there may be for residents, even if all of it is set aside.
what-if-unknown = The amount of some plans is not known yet. They are left out here.
pace-title = How fast you get an answer
pace-lead = Each plan should get a first answer within 48 hours. These are the last 90 days.
pace-line = Half got an answer within { $median } hours, nine in ten within { $ninetieth } hours. In time: { $percent } of { $count } plans.
pace-none = There are too few answers to show anything yet.
pace-organisations = Residents’ organisations
pace-stadsdelen = Stadsdelen
pace-how = Weekends count, holidays that were named beforehand do not. We do not show fewer than five answers: they say more about people than about an organisation.
moderation-answers = Give another answer
moderation-otherwise = Something else
moderation-programme-help = Programme, and who helps
moderation-mailed-then = { $decision }. The mail goes at { $at }.
moderation-answered = The submitter answered
moderation-alike = This is much like:
moderation-own-plan = This is your own plan. Somebody else answers it.
moderation-row-own = your own plan: somebody else answers
moderation-row-answered = answered your question
moderation-done-claimed = You are busy with this now. Colleagues see that.
split-no = No, it stays one plan
merge-unread = The other plan is not on the site yet. So you see its text when you go on together.
comment-sign-in = Sign in to comment
together-sure = Yes, I am sure
district-complete-yes = Yes, the plan is done
plans-done-merged-here = The plan you looked for became part of this one.
plans-asked-help = You asked for somebody who thinks along. You get a mail when there is one.
mail-merge-declined-subject = The plans stay apart: { $title }
mail-merge-declined-text = Going on together with another plan is off. Your plan stays as it is.
mail-merge-declined-button = See my plan
mail-decision-lapsed-subject = Look again: { $title }
mail-decision-lapsed-text = After your decision the submitter changed the plan. So your decision did not take effect. The plan waits for an answer again.
mail-decision-lapsed-button = See the plan
reject-too_expensive = This costs much more than there is for plans of residents.
reject-offensive = It holds insults or personal data of others.
ask-private = Will you take out names, phone numbers and addresses?
moderation-taken-over = { $count ->
    [one] 1 plan was taken over by the district, because the answer was late.
   *[other] { $count } plans were taken over by the district, because the answer was late.
}
moderation-also-decided = { $count ->
    [one] 1 more decision that you can undo
   *[other] { $count } more decisions that you can undo
}
moderation-beside-count = { $count ->
    [one] 1 text or comment
   *[other] { $count } texts and comments
}
moderation-small-count = { $count ->
    [one] 1 small plan to sign
   *[other] { $count } small plans to sign
}
district-complete-sure = { $count ->
    [0] The plan is done for everyone then. That cannot be undone.
    [one] 1 step is still open. The plan is done for everyone all the same. That cannot be undone.
   *[other] { $count } steps are still open. The plan is done for everyone all the same. That cannot be undone.
}
moderation-changed-since = This the submitter changed after you read it
