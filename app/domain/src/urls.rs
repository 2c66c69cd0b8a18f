//! The one list of URLs. The router takes `PATTERN`, pages take the value; the language prefix is put in front by the page.
//!
//! Add a line to the `urls!` list, and a route in `web` with the same name.

use serde::Deserialize;
use std::fmt;

/// A place in the site; its text form is the path without language prefix.
pub trait Url: fmt::Display {
    /// As axum writes it, such as `/initiatieven/{id}`.
    const PATTERN: &'static str;
}

macro_rules! urls {
    ($($(#[$doc:meta])* $name:ident { $($field:ident : $type:ty),* } => $pattern:literal;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
            pub struct $name { $(
                /// Part of the path.
                pub $field: $type
            ),* }
            impl Url for $name {
                const PATTERN: &'static str = $pattern;
            }
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    let path = String::from($pattern);
                    $( let path = path.replace(concat!("{", stringify!($field), "}"), &encode(&self.$field.to_string())); )*
                    f.write_str(&path)
                }
            }
        )+
        /// Every name with its pattern, for tests that walk them all.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $pattern)),+];
    };
}

/// Percent-encodes one path segment, or one value of a query.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

urls! {
    /// Home: the one thing to do now.
    Home {} => "/";
    /// Remembers the buurt of the reader.
    ChooseBuurt {} => "/buurt-kiezen";
    /// The 17 buurten.
    Buurten {} => "/buurten";
    /// One buurt.
    Buurt { buurt: String } => "/buurten/{buurt}";
    /// The list with its filters.
    Initiatives {} => "/initiatieven";
    /// Screen 1: the idea.
    NewInitiative {} => "/initiatieven/nieuw";
    /// Screen 2: place, cost, picture.
    NewInitiativePlace {} => "/initiatieven/nieuw/plek";
    /// Screen 3: mail address and send.
    NewInitiativeSend {} => "/initiatieven/nieuw/versturen";
    /// 'Look in your mail'.
    NewInitiativeSent {} => "/initiatieven/nieuw/verstuurd";
    /// One plan.
    Initiative { id: i64 } => "/initiatieven/{id}";
    /// Change it.
    InitiativeEdit { id: i64 } => "/initiatieven/{id}/wijzigen";
    /// What is asked afterwards.
    InitiativeMore { id: i64 } => "/initiatieven/{id}/aanvullen";
    /// Withdraw it.
    InitiativeWithdraw { id: i64 } => "/initiatieven/{id}/intrekken";
    /// Support it, or no longer.
    InitiativeSupport { id: i64 } => "/initiatieven/{id}/steun";
    /// Who works on it together.
    InitiativeTogether { id: i64 } => "/initiatieven/{id}/samen";
    /// Yes or no to working on it.
    InitiativeJoin { id: i64 } => "/initiatieven/{id}/samen/antwoord";
    /// Ends somebody's part in it.
    InitiativeLeave { id: i64 } => "/initiatieven/{id}/samen/weg";
    /// What its text was before.
    InitiativeVersions { id: i64 } => "/initiatieven/{id}/versies";
    /// Takes a new text back.
    InitiativeKeepText { id: i64 } => "/initiatieven/{id}/wijzigen/terug";
    /// Whether two plans become one.
    InitiativeMerge { id: i64 } => "/initiatieven/{id}/samenvoegen";
    /// Makes two plans of it.
    InitiativeSplit { id: i64 } => "/initiatieven/{id}/splitsen";
    /// Write about it.
    InitiativeComments { id: i64 } => "/initiatieven/{id}/reacties";
    /// Something is wrong with a comment; a desk looks at it here too.
    InitiativeComment { id: i64, comment: i64 } => "/initiatieven/{id}/reacties/{comment}";
    /// Tells the desk about it.
    InitiativeCommentReport { id: i64, comment: i64 } => "/initiatieven/{id}/reacties/{comment}/melden";
    /// Takes one's own away.
    InitiativeCommentRemove { id: i64, comment: i64 } => "/initiatieven/{id}/reacties/{comment}/weg";
    /// Its picture.
    InitiativePicture { id: i64 } => "/initiatieven/{id}/foto";
    /// The city's money.
    Budget {} => "/budget";
    /// A wijk's money.
    BudgetWijk { wijk: String } => "/budget/{wijk}";
    /// All rounds.
    Rounds {} => "/stemmen";
    /// A round and its ballot.
    Round { round: String } => "/stemmen/{round}";
    /// Type the vote code.
    RoundCode { round: String } => "/stemmen/{round}/code";
    /// Forget the code on this device.
    RoundCodeForget { round: String } => "/stemmen/{round}/code/weg";
    /// 'My letter is gone'.
    RoundCodeLost { round: String } => "/stemmen/{round}/brief-weg";
    /// Look the ballot over.
    RoundReview { round: String } => "/stemmen/{round}/nakijken";
    /// Cast it.
    RoundCast { round: String } => "/stemmen/{round}/uitbrengen";
    /// The result.
    RoundResult { round: String } => "/stemmen/{round}/uitslag";
    /// The count, plan by plan.
    RoundFilm { round: String } => "/stemmen/{round}/uitslag/telling";
    /// The picture of a shared result.
    RoundPicture { round: String } => "/stemmen/{round}/uitslag.png";
    /// Find your receipt.
    RoundCheck { round: String } => "/stemmen/{round}/controle";
    /// 'My pick is missing.'
    RoundComplaint { round: String } => "/stemmen/{round}/klacht";
    /// Be mailed the result, or no longer.
    RoundFollow { round: String } => "/stemmen/{round}/volgen";
    /// What was published of rounds, for feed readers.
    RoundFeed {} => "/stemmen.atom";
    /// All waves.
    Waves {} => "/peiling";
    /// Answer the survey.
    Wave { wave: String } => "/peiling/{wave}";
    /// What neighbours said.
    WaveResult { wave: String } => "/peiling/{wave}/uitslag";
    /// The code of a letter or of an answer.
    WaveCode { wave: String } => "/peiling/{wave}/code";
    /// Be told of answers to it, or no longer.
    WaveFollow { wave: String } => "/peiling/{wave}/volgen";
    /// Sign in.
    SignIn {} => "/inloggen";
    /// Ask for a sign-in link.
    SignInLink {} => "/inloggen/link";
    /// 'Look in your mail'.
    SignInSent {} => "/inloggen/verstuurd";
    /// Open a sign-in link.
    SignInWith { token: String } => "/inloggen/met/{token}";
    /// Ready sign-ins of the demo city.
    SignInDemo {} => "/inloggen/voorbeeld";
    /// Code of the authenticator app.
    SecondFactor {} => "/inloggen/tweede-stap";
    /// Set it up.
    SecondFactorSetup {} => "/inloggen/tweede-stap/instellen";
    /// Sign out here or everywhere.
    SignOut {} => "/uitloggen";
    /// Make an account.
    SignUp {} => "/aanmelden";
    /// 'Look in your mail'.
    SignUpSent {} => "/aanmelden/verstuurd";
    /// Open a confirmation link.
    Confirm { token: String } => "/bevestigen/{token}";
    /// Accept a role.
    Invitation { token: String } => "/uitnodiging/{token}";
    /// My plans, my votes, my details.
    Mine {} => "/mijn";
    /// Confirm where I live.
    MineResidence {} => "/mijn/adrescode";
    /// Name, password, language.
    MineDetails {} => "/mijn/gegevens";
    /// How moderators and staff hear of what waits for them.
    MineNotices {} => "/mijn/berichten";
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
    /// How fast people get their first reply.
    ReplyTimes {} => "/antwoordtijden";
    /// Asks the stadsdeel about a rejection.
    InitiativeAppeal { id: i64 } => "/initiatieven/{id}/bezwaar";
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
    /// Add or finish a milestone.
    DistrictMilestone { id: i64 } => "/stadsdeel/{id}/mijlpaal";
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
    /// Open data.
    Data {} => "/data";
    /// One data file.
    DataFile { file: String } => "/data/{file}";
    /// What this is; privacy; accessibility.
    About {} => "/over";
    /// Style sheet, module, drawings.
    Asset { file: String } => "/assets/{file}";
    /// For installing.
    Manifest {} => "/manifest.webmanifest";
    /// Reserved for the offline queue.
    ServiceWorker {} => "/sw.js";
    /// The process lives.
    Healthz {} => "/healthz";
    /// The database answers.
    Readyz {} => "/readyz";
    /// Figures for the operator.
    Metrics {} => "/metrics";
    /// Help that neighbours offer and plans ask for, without names.
    Help {} => "/hulp";
    /// Offer help.
    HelpNew {} => "/hulp/nieuw";
    /// My offers, and whom I was introduced to.
    HelpMine {} => "/hulp/mijn";
    /// Change one of my offers.
    HelpOffer { offer: i64 } => "/hulp/aanbod/{offer}";
    /// Pause it, go on with it, withdraw it.
    HelpOfferStep { offer: i64 } => "/hulp/aanbod/{offer}/stap";
    /// Two who are, or may be, introduced to each other: the question, then their messages.
    HelpIntroduction { introduction: i64 } => "/hulp/{introduction}";
    /// Yes or no to being introduced.
    HelpAnswer { introduction: i64 } => "/hulp/{introduction}/antwoord";
    /// Write a message.
    HelpMessage { introduction: i64 } => "/hulp/{introduction}/bericht";
    /// Something is wrong with a message.
    HelpReport { introduction: i64 } => "/hulp/{introduction}/melden";
    /// No more messages.
    HelpStop { introduction: i64 } => "/hulp/{introduction}/stoppen";
    /// What came of it.
    HelpOutcome { introduction: i64 } => "/hulp/{introduction}/afloop";
    /// What a plan asks for, and who offers that.
    InitiativeHelp { id: i64 } => "/initiatieven/{id}/hulp";
    /// Does not ask for it any more.
    InitiativeHelpDrop { id: i64 } => "/initiatieven/{id}/hulp/weg";
    /// 'I can help': asks to be introduced to a plan's makers.
    InitiativeCanHelp { id: i64 } => "/initiatieven/{id}/hulp/helpen";
    /// Asks to be introduced to who made an offer.
    InitiativeHelpAsk { id: i64, offer: i64 } => "/initiatieven/{id}/hulp/{offer}";
    /// Offers, questions and reported messages at the moderators' desk.
    ModerationHelp {} => "/moderatie/hulp";
    /// Hides an offer, or shows it again.
    ModerationHelpOffer { offer: i64 } => "/moderatie/hulp/aanbod/{offer}";
    /// Hides a reported message, or lets it stand.
    ModerationHelpMessage { message: i64 } => "/moderatie/hulp/bericht/{message}";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_filled_in_and_encoded() {
        assert_eq!(Initiative { id: 7 }.to_string(), "/initiatieven/7");
        assert_eq!(Buurt { buurt: "a/b c?".into() }.to_string(), "/buurten/a%2Fb%20c%3F");
    }

    #[test]
    fn no_two_places_share_a_pattern() {
        let mut patterns: Vec<_> = ALL.iter().map(|(_, p)| *p).collect();
        patterns.sort_unstable();
        let count = patterns.len();
        patterns.dedup();
        assert_eq!(patterns.len(), count);
    }
}
