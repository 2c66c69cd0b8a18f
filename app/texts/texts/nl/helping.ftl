help-wanted = Ik wil graag iemand die met me meedenkt
help-wanted-hint = Een moderator zoekt dan iemand uit de buurt of het stadsdeel die je helpt.
help-asked = Wil graag iemand die meedenkt
help-filter = Wil hulp
mail-supporter-named-subject = Iemand denkt met je mee: { $title }
mail-supporter-named-text = Goed nieuws: er is iemand die je helpt met je plan. Hieronder lees je wie.
mail-supporter-named-button = Bekijk mijn plan
