small-funded = { $count ->
    [0] In { $wijk } no small plan got money of { $year } yet.
    [one] In { $wijk } 1 small plan got money of { $year } without a vote: { $amount }.
   *[other] In { $wijk } { $count } small plans got money of { $year } without a vote, together { $amount }.
}
