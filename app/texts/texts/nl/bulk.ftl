bulk-begin = Meer plannen tegelijk
bulk-choose = Kies
bulk-claim = Ik pak deze op
bulk-programme = Programma voor wat je aanvinkt
bulk-programme-choose = Kies een programma
bulk-programme-do = Zet het programma
bulk-claimed = { $count ->
    [0] niets opgepakt
   *[other] { $count } opgepakt
}
bulk-programme-set = { $count ->
    [0] nergens een programma gezet
    [one] bij 1 plan het programma gezet
   *[other] bij { $count } plannen het programma gezet
}
bulk-busy = { $count } niet: een collega is ermee bezig
bulk-refused = { $count } niet: dat kan niet meer, of het plan ligt niet bij jou
