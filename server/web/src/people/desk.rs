//! `/beheer/rollen`, `/uitnodiging/{token}`, `/stadsdeel/adrescodes`.

use super::{Asked, Network, browser, signed_in};
use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use domain::access::{Act, Role, Subject, decide};
use domain::account::Invite;
use domain::form::Errors;
use domain::initiative::NAME_MAX;
use domain::urls;
use pages::people::Typed;
use pages::people::codes::{CodesView, SheetsView};
use pages::people::links::InvitationView;
use pages::people::roles::{RoleLine, RolesView};
use services::{ActError, residence, roles};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::AdminRoles>(), get(roles_page).post(change_roles))
        .route(at::<urls::Invitation>(), get(invitation_page).post(accept))
        .route(at::<urls::DistrictCodes>(), get(codes_page).post(issue))
}

/// The second factor is asked for on the way in, so that no typed form is lost to it.
async fn roles_page(mut visit: Visit, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    decide(Act::GrantRole, &visit.actor, &Subject::default()).map_err(ActError::from).or_fault(&visit)?;
    visit.ctx.flash = match asked.klaar.as_deref() {
        Some("gevraagd") => Some("people-flash-invited".into()),
        Some("ingetrokken") => Some("people-flash-revoked".into()),
        _ => None,
    };
    draw_roles(&app, &visit, StatusCode::OK, Typed::default()).await
}

async fn draw_roles(app: &App, visit: &Visit, status: StatusCode, form: Typed) -> Answer {
    let lang = visit.ctx.lang;
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let mut lines = Vec::new();
    for g in store::accounts::roles::list(&mut c, app.world.now()).await.or_fault(visit)? {
        let place = roles::place(&mut c, lang, g.scope).await.or_fault(visit)?.unwrap_or_default();
        let revocable = !(g.role == Role::Administrator && visit.actor.account == Some(g.account_id));
        lines.push(RoleLine {
            id: g.id,
            name: g.name,
            email: g.email,
            role: g.role,
            place,
            organisation: g.organisation,
            waiting: g.waiting,
            revocable,
        });
    }
    let mut places = vec![("city".to_owned(), texts::t(lang, "people-place-city"))];
    for s in store::places::stadsdelen(&mut c).await.or_fault(visit)? {
        places.push((
            format!("stadsdeel-{}", s.id),
            texts::ta(lang, "people-place-stadsdeel", &[("name", s.name.into())]),
        ));
    }
    for b in store::places::buurten(&mut c).await.or_fault(visit)? {
        places.push((format!("buurt-{}", b.id), b.name));
    }
    drop(c);
    let data = RolesView { lines, places, form };
    Ok(show(visit, status, move |ctx| pages::people::roles::roles(ctx, &data)).await)
}

async fn change_roles(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    let (done, told) = if let Ok(grant) = sent.raw.id("revoke") {
        (roles::revoke(&app.world, &sent.visit.actor, grant, &browser).await, "ingetrokken")
    } else {
        let done = match Invite::parse(&sent.raw) {
            Ok(form) => roles::invite(&app.world, &sent.visit.actor, form, &browser).await,
            Err(errors) => decide(Act::GrantRole, &sent.visit.actor, &Subject::default())
                .map_err(ActError::from)
                .and(Err(errors.into())),
        };
        (done, "gevraagd")
    };
    match done {
        Ok(()) => Ok(see_other(&format!("{}?klaar={told}", sent.visit.ctx.url(&urls::AdminRoles {})))),
        Err(ActError::Form(errors)) => {
            draw_roles(&app, &sent.visit, StatusCode::UNPROCESSABLE_ENTITY, Typed::wrong(sent.raw, errors)).await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn invitation_page(visit: Visit, State(app): State<App>, Path(path): Path<urls::Invitation>) -> Answer {
    draw_invitation(&app, &visit, StatusCode::OK, path.token, Typed::default()).await
}

async fn draw_invitation(app: &App, visit: &Visit, status: StatusCode, token: String, form: Typed) -> Answer {
    let invited = roles::invited(&app.world, &token).await.or_fault(visit)?;
    let data = InvitationView { token, role: invited.role, needs_name: invited.needs_name, form };
    Ok(show(visit, status, move |ctx| pages::people::links::invitation(ctx, &data)).await)
}

async fn accept(State(app): State<App>, Path(path): Path<urls::Invitation>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    let invited = roles::invited(&app.world, &path.token).await.or_fault(&sent.visit)?;
    let name = if invited.needs_name {
        sent.raw
            .text("name", NAME_MAX)
            .map(|n| Some(n.replace('\n', " ")))
            .map_err(|p| ActError::Form(Errors::one("name", p)))
    } else {
        Ok(None)
    };
    let done = match name {
        Ok(name) => roles::accept(&app.world, &path.token, name, &browser).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(signed_in(&app, &browser, &sent.visit.ctx.url(&urls::Mine {}))),
        Err(ActError::Form(errors)) => {
            draw_invitation(
                &app,
                &sent.visit,
                StatusCode::UNPROCESSABLE_ENTITY,
                path.token,
                Typed::wrong(sent.raw, errors),
            )
            .await
        }
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn codes_page(visit: Visit, State(app): State<App>) -> Answer {
    draw_codes(&app, &visit, StatusCode::OK, Typed::default()).await
}

async fn draw_codes(app: &App, visit: &Visit, status: StatusCode, form: Typed) -> Answer {
    decide(Act::IssueResidenceCode, &visit.actor, &Subject::default()).map_err(ActError::from).or_fault(visit)?;
    let buurten = store::places::buurten(&mut app.world.db.read().await.or_fault(visit)?).await.or_fault(visit)?;
    let may = |b: &store::places::Buurt| {
        decide(
            Act::IssueResidenceCode,
            &visit.actor,
            &Subject { buurt: Some(b.id), stadsdeel: Some(b.stadsdeel_id), ..Subject::default() },
        )
        .is_ok()
    };
    let data = CodesView {
        buurten: buurten.iter().filter(|b| may(b)).map(|b| (b.id.to_string(), b.name.clone())).collect(),
        form,
    };
    Ok(show(visit, status, move |ctx| pages::people::codes::codes(ctx, &data)).await)
}

/// The answer shows the codes, this once.
async fn issue(State(app): State<App>, network: Network, sent: Sent) -> Answer {
    let browser = browser(&app, &sent, network);
    let mut errors = Errors::default();
    let buurt = errors.take("buurt", sent.raw.id("buurt"));
    let count = errors.take("count", sent.raw.number("count", 1, residence::MOST));
    if let Err(errors) = errors.done() {
        return draw_codes(&app, &sent.visit, StatusCode::UNPROCESSABLE_ENTITY, Typed::wrong(sent.raw, errors)).await;
    }
    let codes = residence::issue(&app.world, &sent.visit.actor, buurt, count, &browser).await.or_fault(&sent.visit)?;
    let mut c = app.world.db.read().await.or_fault(&sent.visit)?;
    let name =
        store::places::buurt_by_id(&mut c, buurt).await.or_fault(&sent.visit)?.map(|b| b.name).unwrap_or_default();
    drop(c);
    let data = SheetsView {
        buurt: name,
        codes,
        until: app.world.now() + residence::CODE_TERM,
        address: format!("{}{}", app.base_url, sent.visit.ctx.url(&urls::MineResidence {})),
    };
    Ok(show(&sent.visit, StatusCode::OK, move |ctx| pages::people::codes::sheets(ctx, &data)).await)
}
