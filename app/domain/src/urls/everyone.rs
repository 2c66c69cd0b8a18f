//! Where residents come, signed in or not.

use super::{Url, encode};
use serde::Deserialize;
use std::fmt;

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
    /// What its makers tell about it once it is done.
    InitiativeEvaluation { id: i64 } => "/initiatieven/{id}/terugblik";
    /// Takes that back.
    InitiativeEvaluationDrop { id: i64 } => "/initiatieven/{id}/terugblik/weg";
    /// What finished plans can teach the next buurt.
    Recipes {} => "/recepten";
    /// One of them.
    Recipe { id: i64 } => "/recepten/{id}";
    /// A desk hides it with a reason, or shows it again.
    RecipeHide { id: i64 } => "/recepten/{id}/verbergen";
    /// Figures of the share, of plans, help and the survey.
    Overview {} => "/overzicht";
    /// The plans behind a figure.
    OverviewPlans {} => "/overzicht/plannen";
    /// The movements of money behind a figure.
    OverviewTransfers {} => "/overzicht/boekingen";
    /// Any of these for a spreadsheet.
    OverviewFile { file: String } => "/overzicht/bestanden/{file}";
    /// What residents did in a year, in the whole city.
    Report { year: i64 } => "/verslag/{year}";
    /// The same of one wijk.
    ReportWijk { year: i64, wijk: String } => "/verslag/{year}/{wijk}";
    /// As a PDF; 'stad' for the whole city.
    ReportPdf { year: i64, wijk: String } => "/verslag/{year}/{wijk}/pdf";
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
    /// How fast people get their first reply.
    ReplyTimes {} => "/antwoordtijden";
    /// Asks the stadsdeel about a rejection.
    InitiativeAppeal { id: i64 } => "/initiatieven/{id}/bezwaar";
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
    /// A plan in execution, for its makers: what to do now.
    InitiativeExecution { id: i64 } => "/initiatieven/{id}/uitvoering";
    /// Says yes to the agreement.
    InitiativeAgree { id: i64 } => "/initiatieven/{id}/uitvoering/akkoord";
    /// Plans a step.
    InitiativeStepNew { id: i64 } => "/initiatieven/{id}/uitvoering/stap";
    /// Tells that a step was set, with photos.
    InitiativeStep { id: i64, step: i64 } => "/initiatieven/{id}/uitvoering/stap/{step}";
    /// Asks a later day for a step.
    InitiativeStepLater { id: i64, step: i64 } => "/initiatieven/{id}/uitvoering/stap/{step}/later";
    /// Proposes a change of what was agreed.
    InitiativeChange { id: i64 } => "/initiatieven/{id}/uitvoering/wijziging";
    /// Tells what was spent, with receipts.
    InitiativeAccount { id: i64 } => "/initiatieven/{id}/uitvoering/afrekening";
    /// A photo of a step.
    InitiativeStepPhoto { id: i64, photo: i64 } => "/initiatieven/{id}/uitvoering/foto/{photo}";
    /// A picture of a receipt, for makers and staff.
    InitiativeReceipt { id: i64, receipt: i64 } => "/initiatieven/{id}/uitvoering/bon/{receipt}";
    /// Thanks the makers.
    InitiativeThanks { id: i64 } => "/initiatieven/{id}/bedankt";
}
