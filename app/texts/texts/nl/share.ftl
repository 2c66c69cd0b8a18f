share-part = { $percent } van het bewonersdeel van { $wijk }
share-part-tiny = minder dan { $percent } van het bewonersdeel van { $wijk }
forecast-title = Als alle plannen doorgaan
forecast-none = Er wachten nu geen plannen op geld.
forecast-plans = { $count ->
    [one] 1 plan
   *[other] { $count } plannen
}
forecast-range = { $from } tot { $to }
forecast-together = { $count ->
    [one] Dit plan vraagt { $amount }.
   *[other] Deze { $count } plannen vragen samen { $amount }.
}
forecast-left = Dat past binnen wat er nog te verdelen is.
forecast-room = Dat is { $short } meer dan er nog te verdelen is. Dat geld kan er nog bij: het past onder het plafond.
forecast-beyond = Als alle plannen doorgaan, gaat { $wijk } { $over } over het plafond.
forecast-least-left = Krijgt elk plan alleen zijn laagste bedrag, dan past het binnen wat er nog te verdelen is.
forecast-least-room = Krijgt elk plan alleen zijn laagste bedrag, dan past het onder het plafond.
forecast-unknown = { $count ->
    [one] 1 plan weet zijn kosten nog niet, dus het is minstens dit.
   *[other] { $count } plannen weten hun kosten nog niet, dus het is minstens dit.
}
forecast-pots = Voor plannen op een stembiljet is al { $amount } opzijgezet. Dat is hier meegeteld.
forecast-ceiling = Het plafond is minstens { $amount }: van sommige programma's is het bedrag nog niet bekend.
