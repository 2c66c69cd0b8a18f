bulk-begin = Several plans at once
bulk-choose = Choose
bulk-claim = I take these
bulk-programme = Programme for what you tick
bulk-programme-choose = Choose a programme
bulk-programme-do = Set the programme
bulk-claimed = { $count ->
    [0] none taken
   *[other] { $count } taken
}
bulk-programme-set = { $count ->
    [0] no programme set
    [one] programme set for 1 plan
   *[other] programme set for { $count } plans
}
bulk-busy = { $count } not: a colleague is busy with it
bulk-refused = { $count } not: it cannot be done any more, or the plan is not at your desk
