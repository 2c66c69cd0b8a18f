results-and = { $before } and { $last }
results-most-good-alike = What they like most: { $theme } (each named by { $count } people).
results-most-better-alike = What could be better most of all: { $theme } (each named by { $count } people).
results-themes-hidden = Too few to show: { $themes }.
results-areas-hidden = { $count ->
    [one] Too few to show in one neighbourhood or district
   *[other] Too few to show in { $count } neighbourhoods and districts
}
results-own-hidden = Too few people answered this question to show anything.
results-own-rest = Other answers were given too seldom to show.
publication-same = Nothing has changed since version { $version }. There is nothing new to publish now.
publication-looked = I have looked at what everyone will see
publication-looked-hint = Also what stays hidden, the themes and the quotes.
publication-looked-missing = First look at what everyone will see, and then tick the box.
survey-code-unknown = This code does not belong to this survey. Check whether you have the newest letter. Still stuck? Then sign in, or ask for help at the community centre.
admin-wave-same-title = There is a survey with this name here already. Give this one another name, for example with the year in it.
admin-wave-title-hint = Everyone sees this name. For example: Survey spring 2027.
admin-wave-copy-hint = Takes over the place, the questions and the choices. What you filled in below yourself stays.
admin-wave-if-all = Ask everyone
admin-wave-if-said = { $answer } (at the { $question ->
    [1] first
   *[2] second
} question of your own)
admin-wave-if-number = Answer { $number } (at the { $question ->
    [1] first
   *[2] second
} question of your own)
admin-wave-if-gone = That answer is not there. It has to be one of an earlier question where people choose an answer.
admin-wave-opened = The survey is open by now. What it asks and when is fixed.
admin-wave-fixed = The questions are fixed
admin-wave-fixed-text = This survey is open, or over. Its name, place, questions and times cannot change any more, because people may have answered already.
admin-wave-fixed-still = What you still can do: mail residents, have letters made, and put up a poster. Do you want to ask something else? Then make a new survey.
admin-wave-fixed-do = To this survey
admin-wave-new-series = Mind: the fixed questions differ from those of the survey before this one here. So a new series starts: the mark cannot be compared with earlier ones.
reply-theme-of = { $theme } ({ $question })
