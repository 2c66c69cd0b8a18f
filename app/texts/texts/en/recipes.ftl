recipes-title = Recipes from neighbours
recipes-intro = These plans are done. Their makers tell what worked, what did not, and what it cost. Feel free to take something over!
recipes-search = Search in recipes
recipes-count = { $count ->
    [0] No recipes found
    [one] 1 recipe
   *[other] { $count } recipes
}
recipes-none = Try another word or take a filter away. Recipes are added as soon as plans are done.
recipes-all = All recipes
recipes-costs = What did it cost?
recipes-at-most = At most { $amount }
recipes-spent = cost { $amount }
recipes-spent-unknown = nothing spent yet by the books
recipes-worked = What worked well?
recipes-worked-hint = What are you proud of?
recipes-failed = What did not work?
recipes-failed-hint = Did all go well? Then leave this empty.
recipes-advice = What would you tell the next neighbourhood?
recipes-advice-hint = A tip that you would have liked to get yourself.
recipes-again = Would you do it again?
recipes-needs = What did it take?
recipes-cost = Cost
recipes-took = How long it took
recipes-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
recipes-by = This plan came
recipes-steps = Steps
recipes-what = What was the plan?
recipes-plan = The whole plan
recipes-take = Take this plan over
recipes-take-hint = You can still change it.
recipes-change = Change your answers
recipes-take-back = Take your answers away
recipes-show-again = Show this recipe again
recipes-hide = Hide this recipe
recipes-hide-why = Why do you hide this?
recipes-hide-text = Its makers get a mail with the reason.
recipes-form-title = How did it go?
recipes-form-intro = Your plan is done. Help the next neighbourhood with four short answers.
recipes-form-public = Everybody can read this, without your name. You can change it or take it away later.
recipes-tell = Tell it
recipes-keep = Save
recipes-done = Thank you! Other neighbourhoods can learn from this.
recipes-done-gone = Your answers are gone.
recipes-done-hidden = The recipe is hidden. Its makers get a mail.
recipes-done-shown = The recipe is shown again.
recipes-do-evaluate = Tell how it went
recipes-see = Read how it went, and what its makers tell you
recipes-source = After an idea from { $buurt }
again-yes = Its makers would do it again just so.
again-no = Its makers would not do it again.
again-differently = Its makers would do it again, but in another way.
again-short-yes = again just so
again-short-no = not again
again-short-differently = again, but differently
again-mine-yes = Yes, just so
again-mine-no = No
again-mine-differently = Yes, but differently
mail-evaluate-subject = Done! How did { $title } go?
mail-evaluate-text = Your plan is done. Well done! Will you tell in four short answers how it went? Then the next neighbourhood need not find it out again.
mail-evaluate-button = Tell how it went
mail-evaluate-remind-subject = Once more: how did { $title } go?
mail-evaluate-remind-text = Two weeks ago we asked how your plan went. We ask once more, and then no more.
mail-evaluate-remind-button = Tell how it went
mail-recipe-hidden-subject = What you told is hidden: { $title }
mail-recipe-hidden-text = A moderator has hidden what you told about your plan. Below you read why. You can change your answers.
mail-recipe-hidden-button = See your answers
