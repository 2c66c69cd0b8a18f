help-wanted = I would like somebody who thinks along with me
help-wanted-hint = A moderator then looks for somebody from the neighbourhood or the district who helps you.
help-asked = Would like somebody who thinks along
help-filter = Wants help
mail-supporter-named-subject = Somebody thinks along with you: { $title }
mail-supporter-named-text = Good news: there is somebody who helps you with your plan. Below you read who.
mail-supporter-named-button = See my plan
