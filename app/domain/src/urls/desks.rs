//! Where moderators, the stadsdeel and the gemeente work.

use super::{Url, encode};
use serde::Deserialize;
use std::fmt;

urls! {
    /// The moderator's queue.
    Moderation {} => "/moderatie";
    /// One plan to answer.
    ModerationCase { id: i64 } => "/moderatie/{id}";
    /// Publish, return or reject.
    ModerationDecide { id: i64 } => "/moderatie/{id}/besluit";
    /// Takes a decision back.
    ModerationUndo { id: i64 } => "/moderatie/{id}/ongedaan";
    /// Keeps a case to oneself for a while.
    ModerationClaim { id: i64 } => "/moderatie/{id}/oppakken";
    /// A new text of a public plan to read.
    ModerationText { id: i64 } => "/moderatie/{id}/tekst";
    /// Hands a case over.
    ModerationHandOver { id: i64 } => "/moderatie/{id}/overdragen";
    /// What the share would be if these plans went on.
    ModerationWhatIf {} => "/moderatie/wat-als";
    /// Does something with several plans at once.
    ModerationSelection {} => "/moderatie/selectie";
    /// Closed waves to read.
    ModerationWaves {} => "/moderatie/peilingen";
    /// Themes and quotes of one wave.
    ModerationWave { wave: String } => "/moderatie/peilingen/{wave}";
    /// Names, joins or drops a theme, or takes a quote out of it.
    ModerationWaveTheme { wave: String } => "/moderatie/peilingen/{wave}/thema";
    /// Releases a quote or not.
    ModerationWaveQuote { wave: String } => "/moderatie/peilingen/{wave}/citaat";
    /// Answers what people said.
    ModerationWaveReply { wave: String } => "/moderatie/peilingen/{wave}/antwoord";
    /// When a moderator is away.
    ModerationAway {} => "/moderatie/afwezig";
    /// Answers that.
    DistrictAppeal { id: i64 } => "/stadsdeel/{id}/bezwaar";
    /// Fund a small plan together with staff.
    ModerationSmall { id: i64 } => "/moderatie/{id}/klein-plan";
    /// Staff's desk.
    District {} => "/stadsdeel";
    /// One plan to judge or follow.
    DistrictCase { id: i64 } => "/stadsdeel/{id}";
    /// Ask departments what they say about it.
    DistrictAdvice { id: i64 } => "/stadsdeel/{id}/advies";
    /// Keep what one of them said.
    DistrictAdviceAnswer { id: i64 } => "/stadsdeel/{id}/advies/antwoord";
    /// Feasible or not.
    DistrictVerdict { id: i64 } => "/stadsdeel/{id}/oordeel";
    /// Fund a small plan together with a moderator.
    DistrictSmall { id: i64 } => "/stadsdeel/{id}/klein-plan";
    /// Rounds in which staff help voters.
    VoteDesk {} => "/stadsdeel/stemmen";
    /// Lost letters and helping at the desk, for one round.
    VoteDeskRound { round: String } => "/stadsdeel/stemmen/{round}";
    /// Revoke a code and make a new one.
    VoteDeskReissue { round: String } => "/stadsdeel/stemmen/{round}/nieuwe-code";
    /// Begin to help a voter with their code.
    VoteDeskAssist { round: String } => "/stadsdeel/stemmen/{round}/helpen";
    /// Answer a request for a new letter.
    VoteDeskRequest { round: String, id: i64 } => "/stadsdeel/stemmen/{round}/aanvraag/{id}";
    /// Takes a ballot on paper: closes the code.
    VoteDeskAcceptPaper { round: String } => "/stadsdeel/stemmen/{round}/op-papier";
    /// The paper box: its batches and sheets.
    VoteDeskPaper { round: String } => "/stadsdeel/stemmen/{round}/papier";
    /// Puts sheets of a batch back that nobody read.
    VoteDeskPutBack { round: String, batch: i64 } => "/stadsdeel/stemmen/{round}/papier/{batch}/terug";
    /// One sheet to read.
    VoteDeskSheet { round: String, batch: i64, sheet: i64 } => "/stadsdeel/stemmen/{round}/papier/{batch}/{sheet}";
    /// Issue residence codes.
    DistrictCodes {} => "/stadsdeel/adrescodes";
    /// Administrator's desk.
    Admin {} => "/beheer";
    /// Roles and invitations.
    AdminRoles {} => "/beheer/rollen";
    /// Fund the share from programme lines.
    AdminShare {} => "/beheer/aandeel";
    /// Holidays, small plans, how to object.
    AdminSettings {} => "/beheer/instellingen";
    /// The audit log.
    AdminLog {} => "/beheer/logboek";
    /// Names a day that does not count.
    AdminHoliday {} => "/beheer/instellingen/vrije-dag";
    /// Lower the ceiling of a wijk and year.
    AdminShareCeiling {} => "/beheer/aandeel/plafond";
    /// Book a movement back.
    AdminShareCorrect {} => "/beheer/aandeel/terugboeken";
    /// Close a year.
    AdminShareClose {} => "/beheer/aandeel/afsluiten";
    /// Rounds.
    AdminRounds {} => "/beheer/stemrondes";
    /// Set up a round.
    AdminRoundNew {} => "/beheer/stemrondes/nieuw";
    /// One round.
    AdminRound { round: String } => "/beheer/stemrondes/{round}";
    /// Who may vote, and their letters.
    AdminRoundRoll { round: String } => "/beheer/stemrondes/{round}/kiezers";
    /// Put an uploaded list on the roll.
    AdminRoundRollAdd { round: String } => "/beheer/stemrondes/{round}/kiezers/toevoegen";
    /// How the letters look.
    AdminRoundLetters { round: String } => "/beheer/stemrondes/{round}/kiezers/brief";
    /// Make the codes and take the letters.
    AdminRoundCodes { round: String } => "/beheer/stemrondes/{round}/kiezers/codes";
    /// Open, close, count, publish, stop.
    AdminRoundStep { round: String } => "/beheer/stemrondes/{round}/stap";
    /// Changes texts and dates.
    AdminRoundChange { round: String } => "/beheer/stemrondes/{round}/wijzigen";
    /// Decides on a proposed change.
    AdminRoundDecide { round: String, version: i64 } => "/beheer/stemrondes/{round}/wijzigen/{version}";
    /// Looks at a complaint about a result.
    AdminRoundComplaint { round: String, complaint: i64 } => "/beheer/stemrondes/{round}/klachten/{complaint}";
    /// Holds a result back, or settles that.
    AdminRoundHold { round: String } => "/beheer/stemrondes/{round}/ophouden";
    /// The bundle as it would be put out, for who is to agree to it.
    AdminRoundDraft { round: String } => "/beheer/stemrondes/{round}/concept.zip";
    /// Secrets of the lot.
    AdminRoundLot { round: String } => "/beheer/stemrondes/{round}/loting";
    /// Survey waves.
    AdminWaves {} => "/beheer/peilingen";
    /// Sets a wave up.
    AdminWaveNew {} => "/beheer/peilingen/nieuw";
    /// One wave.
    AdminWave { wave: String } => "/beheer/peilingen/{wave}";
    /// Changes a wave before it opens.
    AdminWaveChange { wave: String } => "/beheer/peilingen/{wave}/wijzigen";
    /// What residents will see.
    AdminWavePreview { wave: String } => "/beheer/peilingen/{wave}/voorbeeld";
    /// Mails the invitation.
    AdminWaveInvite { wave: String } => "/beheer/peilingen/{wave}/uitnodigen";
    /// Mails the one reminder.
    AdminWaveRemind { wave: String } => "/beheer/peilingen/{wave}/herinneren";
    /// Makes codes for letters, and gives them.
    AdminWaveLetters { wave: String } => "/beheer/peilingen/{wave}/brieven";
    /// A poster with the way in.
    AdminWavePoster { wave: String } => "/beheer/peilingen/{wave}/poster";
    /// Looks over what would be published of a wave, and publishes it.
    AdminWavePublication { wave: String } => "/beheer/peilingen/{wave}/publicatie";
    /// Works out the proposals of a closed wave now.
    AdminWaveRead { wave: String } => "/beheer/peilingen/{wave}/publicatie/lezen";
    /// The demo city's clock.
    AdminClock {} => "/beheer/klok";
    /// Offers, questions and reported messages at the moderators' desk.
    ModerationHelp {} => "/moderatie/hulp";
    /// Hides an offer, or shows it again.
    ModerationHelpOffer { offer: i64 } => "/moderatie/hulp/aanbod/{offer}";
    /// Hides a reported message, or lets it stand.
    ModerationHelpMessage { message: i64 } => "/moderatie/hulp/bericht/{message}";
    /// Plans with money and in execution: what needs staff first.
    DistrictRunning {} => "/stadsdeel/uitvoering";
    /// The file of a plan in execution.
    DistrictExecution { id: i64 } => "/stadsdeel/{id}/uitvoering";
    /// Writes the agreement.
    DistrictAgreement { id: i64 } => "/stadsdeel/{id}/uitvoering/afspraken";
    /// Commits the money.
    DistrictCommit { id: i64 } => "/stadsdeel/{id}/uitvoering/toezeggen";
    /// Gives what stays reserved back to the share.
    DistrictGiveBack { id: i64 } => "/stadsdeel/{id}/uitvoering/rest-terug";
    /// Prepares an instalment.
    DistrictInstalmentNew { id: i64 } => "/stadsdeel/{id}/uitvoering/betaling";
    /// Approves an instalment, refuses it, or takes it back.
    DistrictInstalment { id: i64, instalment: i64 } => "/stadsdeel/{id}/uitvoering/betaling/{instalment}";
    /// Plans a step.
    DistrictStepNew { id: i64 } => "/stadsdeel/{id}/uitvoering/stap";
    /// Confirms that a step was set, or sets it.
    DistrictStep { id: i64, step: i64 } => "/stadsdeel/{id}/uitvoering/stap/{step}";
    /// Proposes a change of what was agreed.
    DistrictChangeNew { id: i64 } => "/stadsdeel/{id}/uitvoering/wijziging";
    /// Decides on a proposed change.
    DistrictChange { id: i64, change: i64 } => "/stadsdeel/{id}/uitvoering/wijziging/{change}";
    /// Stops the plan.
    DistrictStop { id: i64 } => "/stadsdeel/{id}/uitvoering/stoppen";
    /// Writes the final account, for makers who do not.
    DistrictAccountNew { id: i64 } => "/stadsdeel/{id}/uitvoering/afrekening";
    /// Checks the final account.
    DistrictAccount { id: i64 } => "/stadsdeel/{id}/uitvoering/afrekening/nakijken";
    /// Instalments of all plans: to approve, to order, to confirm.
    DistrictPayments {} => "/stadsdeel/betalingen";
    /// Gives the approved instalments out for the finance system, as a CSV.
    DistrictOrder {} => "/stadsdeel/betalingen/opdracht";
    /// What was given out before, once more.
    DistrictBatch { batch: i64 } => "/stadsdeel/betalingen/opdracht/{batch}";
    /// Takes the finance system's confirmations in.
    DistrictConfirmations {} => "/stadsdeel/betalingen/bevestigingen";
}
