results-and = { $before } en { $last }
results-most-good-alike = Fijn vinden ze vooral: { $theme } (elk door { $count } mensen genoemd).
results-most-better-alike = Beter kan volgens hen vooral: { $theme } (elk door { $count } mensen genoemd).
results-themes-hidden = Te weinig om te laten zien: { $themes }.
results-areas-hidden = { $count ->
    [one] In één buurt of wijk te weinig om te laten zien
   *[other] In { $count } buurten en wijken te weinig om te laten zien
}
results-own-hidden = Op deze vraag kwamen te weinig antwoorden om te laten zien.
results-own-rest = Andere antwoorden zijn te weinig gegeven om te laten zien.
publication-same = Sinds versie { $version } is er niets veranderd. Er is nu niets nieuws te publiceren.
publication-looked = Ik heb bekeken wat iedereen straks ziet
publication-looked-hint = Ook wat verborgen blijft, de thema's en de citaten.
publication-looked-missing = Bekijk eerst wat iedereen straks ziet, en zet dan het vinkje.
survey-code-unknown = Deze code hoort niet bij deze peiling. Kijk of je de nieuwste brief hebt. Kom je er niet uit? Log dan in, of vraag hulp in het buurthuis.
admin-wave-same-title = Hier is al een peiling met deze naam. Geef deze een andere naam, bijvoorbeeld met het jaar erbij.
admin-wave-title-hint = Iedereen ziet deze naam. Bijvoorbeeld: Peiling voorjaar 2027.
admin-wave-copy-hint = Neemt de plek, de vragen en de keuzes over. Wat je hieronder zelf al invulde, blijft staan.
admin-wave-if-all = Stel de vraag aan iedereen
admin-wave-if-said = { $answer } (bij de { $question ->
    [1] eerste
   *[2] tweede
} eigen vraag)
admin-wave-if-number = Antwoord { $number } (bij de { $question ->
    [1] eerste
   *[2] tweede
} eigen vraag)
admin-wave-if-gone = Dit antwoord is er niet. Het kan alleen bij een eerdere vraag waar mensen uit antwoorden kiezen.
admin-wave-opened = De peiling is al open. Wat ze vraagt en wanneer, ligt nu vast.
admin-wave-fixed = De vragen liggen vast
admin-wave-fixed-text = Deze peiling is open of al voorbij. De naam, de plek, de vragen en de tijden kunnen niet meer anders, want mensen kunnen al geantwoord hebben.
admin-wave-fixed-still = Wat nog wel kan: bewoners mailen, brieven laten maken en een poster ophangen. Wil je iets anders vragen? Maak dan een nieuwe peiling.
admin-wave-fixed-do = Naar deze peiling
admin-wave-new-series = Let op: de vaste vragen staan er anders dan in de vorige peiling hier. Daarom begint een nieuwe reeks: het cijfer is niet te vergelijken met eerder.
reply-theme-of = { $theme } ({ $question })
