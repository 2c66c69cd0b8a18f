notice-ask-submitted = Read the plan and reply
notice-ask-handed-over = This plan was handed over to you. Read it and reply
notice-ask-to-judge = See whether the plan can be done and what it costs
notice-ask-appealed = Who sent it in does not agree with the rejection. Look at it again
notice-by = { $asked }, by { $due }
notice-late = { $asked }. It is late already
notice-line = { $title } · { $asked }
notice-more =
    { $count ->
        [one] And 1 more plan
       *[other] And { $count } more plans
    }
notice-count =
    { $count ->
        [one] 1 plan
       *[other] { $count } plans
    }
mail-notice-subject = A plan is waiting for you: { $title }
mail-notice-text = There is a plan you can do something about. Press the button to open it. Not signed in? Sign in first, and you will come to the plan by itself. Would you rather have one mail a day, or none? Choose at the bottom of your overview, at ‘Messages about new plans’.
mail-notice-button = See the plan
mail-digest-subject = Waiting for you: { $title }
mail-digest-text = Good morning. This is waiting for you or your colleagues. Press a plan to open it. Not signed in? Sign in first, and you will come to the plan by itself. Would you rather have a mail at once, or none? Choose at the bottom of your overview, at ‘Messages about new plans’.
mail-digest-button = Go to your overview
notices-title = Messages about new plans
notices-text = You always get warnings: when the time for a reply is nearly over, when the district takes a plan over, or when somebody does not agree with a rejection.
notices-how = When do you want a mail about a plan that is waiting for you?
notices-morning = One mail each morning
notices-morning-hint = At seven, with everything that is waiting. When nothing is waiting, no mail comes.
notices-at-once = At once, for each plan
notices-at-once-hint = When you are away, you hear of it in one mail when you are back.
notices-none = No mail
notices-none-hint = Only the warnings still come.
notices-save = Save my choice
notice-ask-new-text = There is a new text to read
notice-ask-reported = Somebody reported a comment
