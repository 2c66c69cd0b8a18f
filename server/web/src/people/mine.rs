//! `/mijn`, `/mijn/adrescode`, `/mijn/gegevens`.

use super::{Asked, Network, browser, choices};
use crate::address::Query;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::access::Denied;
use domain::account::{Details, email_key};
use domain::form::Raw;
use domain::urls;
use pages::people::Typed;
use pages::people::details::DetailsView;
use pages::people::mine::MineView;
use services::{ActError, accounts, residence};
use texts::Lang;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Mine>(), get(page))
        .route(at::<urls::MineResidence>(), get(residence_page).post(show_residence))
        .route(at::<urls::MineDetails>(), get(details_page).post(change))
}

async fn page(mut visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let account = accounts::own(&app.world, &visit.actor).await.or_fault(&visit)?;
    visit.ctx.flash = match asked.klaar.as_deref() {
        Some("bevestigd") => Some("people-flash-confirmed".into()),
        Some("adres") => Some("people-flash-residence".into()),
        Some("gegevens") => Some("people-flash-details".into()),
        Some("bewaard") => Some("plans-done-saved".into()),
        _ => None,
    };
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let buurt = match account.buurt_id {
        Some(id) => store::places::buurt_by_id(&mut c, id).await.or_fault(&visit)?.map(|b| b.name),
        None => None,
    };
    let asked = store::initiatives::asked_to_join(&mut c, &email_key(&account.email)).await.or_fault(&visit)?;
    let plans = store::accounts::plans_of(&mut c, account.id).await.or_fault(&visit)?;
    let mut merges = Vec::new();
    for (id, title, _) in &plans {
        for question in store::initiatives::merge_questions_about(&mut c, *id).await.or_fault(&visit)? {
            // Who works on it with others is not who answers.
            let own = store::initiatives::get(&mut c, *id).await.or_fault(&visit)?;
            if own.is_some_and(|p| p.account_id == account.id) {
                merges.push((question.from, title.clone()));
            }
        }
    }
    let data = MineView {
        asked,
        merges,
        plans,
        name: account.name,
        email: account.email,
        buurt,
        resident: account.residence_at.is_some(),
        has_password: account.password_hash.is_some(),
        has_factor: account.totp_at.is_some(),
        has_role: !visit.actor.grants.is_empty(),
    };
    drop(c);
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::people::mine::mine(ctx, &data)).await)
}

async fn residence_page(visit: Visit, State(app): State<App>) -> Answer {
    accounts::own(&app.world, &visit.actor).await.or_fault(&visit)?;
    Ok(show(&visit, StatusCode::OK, |ctx| pages::people::details::residence(ctx, &Typed::default())).await)
}

async fn show_residence(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    match residence::show(&app.world, &sent.visit.actor, sent.raw.get("code"), &browser).await {
        Ok(_) => Ok(see_other(&format!("{}?klaar=adres", sent.visit.ctx.url(&urls::Mine {})))),
        Err(ActError::Form(errors)) => {
            let form = Typed::wrong(sent.raw, errors);
            Ok(show(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, move |ctx| {
                pages::people::details::residence(ctx, &form)
            })
            .await)
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

/// A new password asks for the second factor of who has one: on the way in, so that no typed form is lost to it.
async fn details_page(visit: Visit, State(app): State<App>) -> Answer {
    let account = accounts::own(&app.world, &visit.actor).await.or_fault(&visit)?;
    if account.totp_at.is_some() && !visit.actor.second_factor {
        return Err(Fault::new(&visit, Denied::SecondFactor));
    }
    let buurt = account.buurt_id.map(|id| id.to_string()).unwrap_or_default();
    let raw = Raw::from_pairs(&[("name", &account.name), ("lang", &account.lang), ("buurt", &buurt)]);
    draw(&app, &visit, StatusCode::OK, Typed { raw, ..Typed::default() }).await
}

async fn draw(app: &App, visit: &Visit, status: StatusCode, form: Typed) -> Answer {
    let account = accounts::own(&app.world, &visit.actor).await.or_fault(visit)?;
    let buurten = if account.residence_at.is_some() {
        Vec::new()
    } else {
        choices(&store::places::buurten(&mut app.world.db.read().await.or_fault(visit)?).await.or_fault(visit)?)
    };
    let langs = [Lang::Nl, Lang::En].map(|l| (l.code().to_owned(), l.own_name().to_owned())).to_vec();
    let data = DetailsView { langs, buurten, asks_current: account.password_hash.is_some(), form };
    Ok(show(visit, status, move |ctx| pages::people::details::details(ctx, &data)).await)
}

async fn change(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    let done = match Details::parse(&sent.raw, &[Lang::Nl.code(), Lang::En.code()]) {
        Ok(form) => accounts::change_details(&app.world, &sent.visit.actor, form, &browser).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(()) => Ok(see_other(&format!("{}?klaar=gegevens", sent.visit.ctx.url(&urls::Mine {})))),
        Err(ActError::Form(errors)) => {
            draw(&app, &sent.visit, StatusCode::UNPROCESSABLE_ENTITY, Typed::wrong(sent.raw, errors)).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}
