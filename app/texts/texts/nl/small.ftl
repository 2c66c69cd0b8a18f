small-funded = { $count ->
    [0] In { $wijk } kreeg nog geen klein plan geld uit { $year }.
    [one] In { $wijk } kreeg 1 klein plan zonder stemronde geld uit { $year }: { $amount }.
   *[other] In { $wijk } kregen { $count } kleine plannen zonder stemronde geld uit { $year }, samen { $amount }.
}
