share-part = { $percent } of the residents' share of { $wijk }
share-part-tiny = less than { $percent } of the residents' share of { $wijk }
forecast-title = If all plans go on
forecast-none = No plans wait for money now.
forecast-plans = { $count ->
    [one] 1 plan
   *[other] { $count } plans
}
forecast-range = { $from } to { $to }
forecast-together = { $count ->
    [one] This plan asks { $amount }.
   *[other] These { $count } plans together ask { $amount }.
}
forecast-left = That fits within what is still left.
forecast-room = That is { $short } more than is left. This money can still be added: it fits below the ceiling.
forecast-beyond = If all plans go on, { $wijk } goes { $over } above the ceiling.
forecast-least-left = If every plan gets only its lowest amount, it fits within what is still left.
forecast-least-room = If every plan gets only its lowest amount, it fits below the ceiling.
forecast-unknown = { $count ->
    [one] 1 plan does not know its cost yet, so it is at least this.
   *[other] { $count } plans do not know their cost yet, so it is at least this.
}
forecast-pots = { $amount } was set aside already for plans on a ballot. That is counted in here.
forecast-ceiling = The ceiling is at least { $amount }: of some programmes the amount is not known yet.
