notice-ask-submitted = Lees het plan en geef antwoord
notice-ask-handed-over = Dit plan is aan jullie overgedragen. Lees het en geef antwoord
notice-ask-to-judge = Kijk of het plan kan en wat het kost
notice-ask-appealed = De indiener is het niet eens met de afwijzing. Kijk er nog eens naar
notice-by = { $asked }, uiterlijk { $due }
notice-late = { $asked }. Het had al gemoeten
notice-line = { $title } · { $asked }
notice-more =
    { $count ->
        [one] En nog 1 plan
       *[other] En nog { $count } plannen
    }
notice-count =
    { $count ->
        [one] 1 plan
       *[other] { $count } plannen
    }
mail-notice-subject = Er wacht een plan op je: { $title }
mail-notice-text = Er is een plan waar jij iets mee kunt doen. Tik op de knop om het te openen. Ben je niet ingelogd? Log dan eerst in, daarna kom je vanzelf bij het plan. Liever één mail per dag, of geen mail? Dat kies je onderaan je overzicht, bij ‘Berichten over nieuwe plannen’.
mail-notice-button = Bekijk het plan
mail-digest-subject = Dit wacht op je: { $title }
mail-digest-text = Goedemorgen. Dit wacht op jou of je collega’s. Tik op een plan om het te openen. Ben je niet ingelogd? Log dan eerst in, daarna kom je vanzelf bij het plan. Liever meteen een mail, of geen mail? Dat kies je onderaan je overzicht, bij ‘Berichten over nieuwe plannen’.
mail-digest-button = Ga naar je overzicht
notices-title = Berichten over nieuwe plannen
notices-text = Waarschuwingen krijg je altijd: als de tijd voor een antwoord bijna om is, als het stadsdeel een plan overneemt, of als iemand het niet eens is met een afwijzing.
notices-how = Wanneer wil je een mail als er een plan op je wacht?
notices-morning = Elke ochtend één mail
notices-morning-hint = Om zeven uur, met alles wat wacht. Wacht er niets, dan komt er geen mail.
notices-at-once = Meteen, bij elk plan
notices-at-once-hint = Ben je er even niet, dan hoor je het in één mail als je terug bent.
notices-none = Geen mail
notices-none-hint = Alleen de waarschuwingen komen nog.
notices-save = Bewaar mijn keuze
notice-ask-new-text = Er is een nieuwe tekst om te lezen
notice-ask-reported = Iemand meldde een reactie
