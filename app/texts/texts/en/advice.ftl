advice-title = What do the departments say?
advice-answered = { $asked ->
    [one] { $answered } of 1 department has answered
   *[other] { $answered } of { $asked } departments have answered
}
advice-no-need-to-wait = You need not wait for the rest: you can already say whether the plan can be done.
advice-by = Answer needed on { $date }
advice-nobody = Nobody of this department has an account here. Ask them yourself and fill in the answer here.
advice-none-came = No answer came.
advice-says-yes = Yes, it can be done
advice-says-if = Yes, if
advice-says-no = No
advice-low = Costs at least
advice-likely = Probably costs
advice-responsible = Who is responsible?
advice-answer = Fill in an answer
advice-which = Which department?
advice-choose = Choose a department
advice-said = Can it be done?
advice-words = Explain it
advice-words-hint = Do you say ‘Yes, if’? Then write what is needed.
advice-cost-hint = You do not know? Leave it empty.
advice-role = Who is responsible for it? (optional)
advice-role-hint = A role, not a name. For example: manager of green spaces.
advice-answer-do = Save the answer
advice-ask = Ask departments for advice
advice-departments = Which departments?
advice-departments-hint = Put each department on a line of its own, six at most. They all get the same question. Their names appear on the plan’s timeline.
advice-question = What do you want to know from them?
advice-due = When do you need the answer?
advice-due-hint = Leave this empty, and it will be in ten days.
advice-ask-do = Send the question
advice-done-asked = Your question was sent.
advice-prefilled = The amounts come from the departments: each time the highest that one of them named. Check whether they are right.
advice-too-many = { $max ->
    [0] Eight departments were asked already. There can be no more.
   *[other] You can ask { $max } at most now. Take a few lines away.
}
advice-mail-due = Please answer on or before { $date }.
error-too-far = Choose a day within { $count } days.
error-asked-before = One of these departments was asked already. Take that line away.
error-answered-before = This department has answered already. Look at that answer first.
event-advice_asked = Asked for advice
mail-advice-asked-subject = Advice wanted: { $title }
mail-advice-asked-text = The stadsdeel wants to know what your department thinks of this plan. Below you read the question.
mail-advice-asked-button = Answer
mail-advice-late-subject = Advice is late: { $title }
mail-advice-late-text = The answer of this department should have been there by now. The plan waits for it. Fill it in after all, or talk it over.
mail-advice-late-button = Look at the plan
