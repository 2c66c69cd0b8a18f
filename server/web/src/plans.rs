//! Plans: list, one plan, support, picture; in the submodules the new plan and the owner's pages.

mod comments;
pub(crate) mod convert;
mod new;
mod owner;
mod together;

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use domain::form::{Errors, Raw};
use domain::initiative::State as PlanState;
use domain::urls;
use pages::plans::list::ListView;
use services::ActError;
use services::initiatives::FormKey;
use store::initiatives::{self as rows, Filter};

/// Plans on one page of the list.
const PAGE: i64 = 12;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Initiatives>(), get(list))
        .route(at::<urls::Initiative>(), get(one))
        .route(at::<urls::InitiativeSupport>(), post(support).get(back_to_plan))
        .route(at::<urls::InitiativePicture>(), get(photo))
        .merge(new::routes())
        .merge(owner::routes())
        .merge(comments::routes())
        .merge(together::routes())
}

/// The form's idempotency key for acts.
pub(crate) fn key(sent: &Sent) -> FormKey {
    FormKey { key: sent.key.clone(), actor: sent.key_actor.clone(), lang: sent.visit.ctx.lang }
}

/// What was just done, from `?klaar=`.
pub(crate) fn flash(visit: &mut Visit) {
    const DONE: &[(&str, &str)] = &[
        ("ingediend", "plans-done-submitted"),
        ("steun", "plans-done-support"),
        ("geen-steun", "plans-done-unsupport"),
        ("bewaard", "plans-done-saved"),
        ("beantwoord", "plans-done-answered"),
        ("ingetrokken", "plans-done-withdrawn"),
        ("publish", "moderation-done-publish"),
        ("return", "moderation-done-return"),
        ("reject", "moderation-done-reject"),
        ("feasible", "district-done-feasible"),
        ("infeasible", "district-done-infeasible"),
        ("gevraagd", "advice-done-asked"),
        ("refer", "moderation-done-refer"),
        ("besloten", "moderation-done-decided"),
        ("teruggedraaid", "moderation-done-undone"),
        ("overgedragen", "moderation-done-handed"),
        ("getekend", "moderation-done-signed"),
        ("opgepakt", "moderation-done-claimed"),
        ("opgegaan", "plans-done-merged-here"),
        ("merge", "moderation-done-return"),
        ("split", "moderation-done-return"),
        ("samen", "plans-done-together"),
        ("uitgenodigd", "plans-done-asked"),
        ("wijziging-wacht", "plans-done-text"),
        ("reactie", "plans-done-comment"),
        ("reactie-weg", "plans-done-comment-gone"),
        ("gemeld", "plans-done-reported"),
        ("verborgen", "plans-done-hidden"),
        ("samengevoegd", "plans-done-merged"),
        ("samen-ja", "plans-done-merge-yes"),
        ("apart", "plans-done-apart"),
        ("gesplitst", "plans-done-split"),
        ("thema", "wave-desk-done-theme"),
        ("citaat", "wave-desk-done-quote"),
        ("gelezen", "publication-done-read"),
        ("gepubliceerd", "publication-done"),
        ("antwoord-staat", "reply-done"),
        ("volgen", "results-done-follow"),
        ("niet-volgen", "results-done-unfollow"),
        ("uitslag-volgen", "round-done-follow"),
        ("uitslag-niet", "round-done-unfollow"),
        ("klacht", "complaint-done"),
        ("recept", "recipes-done"),
        ("recept-weg", "recipes-done-gone"),
        ("recept-verborgen", "recipes-done-hidden"),
        ("recept-terug", "recipes-done-shown"),
    ];
    let mut known = DONE.iter().chain(crate::execution::DONE);
    let done = visit.ctx.path.split_once("klaar=").map(|(_, v)| v.split('&').next().unwrap_or(""));
    visit.ctx.flash = known.find(|(value, _)| Some(*value) == done).map(|(_, text)| (*text).to_owned());
}

/// After a sign-in that a POST asked for, the browser comes back with GET.
async fn back_to_plan(visit: Visit, Path(path): Path<urls::InitiativeSupport>) -> Response {
    see_other(&visit.ctx.url(&urls::Initiative { id: path.id }))
}

async fn list(visit: Visit, State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let typed = Raw(asked);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let buurten = store::places::buurten(&mut c).await.or_fault(&visit)?;
    let programmes = store::places::programmes(&mut c).await.or_fault(&visit)?;
    let words: String = typed.get("q").trim().chars().filter(|ch| !ch.is_control()).take(80).collect();
    let page: i64 = typed.get("page").parse().ok().filter(|p| (1..=10_000).contains(p)).unwrap_or(1);
    let mut filter = Filter {
        buurt: buurten.iter().find(|b| b.slug == typed.get("buurt")).map(|b| b.id),
        state: PlanState::from_key(typed.get("status")).filter(|s| s.is_public()),
        words: (!words.is_empty()).then_some(words),
        programme: programmes.iter().find(|p| p.slug == typed.get("programma")).map(|p| p.id),
        by_support: typed.get("sort") == "steun",
        limit: PAGE,
        offset: 0,
    };
    let total = rows::count_public(&mut c, &filter).await.or_fault(&visit)?;
    let pages = ((total + PAGE - 1) / PAGE).max(1);
    // Beyond the end stands the last page.
    let page = page.min(pages);
    filter.offset = (page - 1) * PAGE;
    let plans = rows::public(&mut c, &filter).await.or_fault(&visit)?;
    let link = |page: i64| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["q", "buurt", "status", "programma", "sort"] {
            if !typed.get(name).is_empty() {
                query.append_pair(name, typed.get(name));
            }
        }
        query.append_pair("page", &page.to_string());
        format!("{}?{}", visit.ctx.url(&urls::Initiatives {}), query.finish())
    };
    let data = ListView {
        plans: plans.iter().map(convert::card).collect(),
        total,
        page,
        pages,
        prev: (page > 1).then(|| link(page - 1)),
        next: (page < pages).then(|| link(page + 1)),
        buurten: buurten.into_iter().map(|b| (b.slug, b.name)).collect(),
        programmes: programmes.into_iter().map(|p| (p.slug, p.name)).collect(),
        typed,
    };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::plans::list::list(ctx, &data)).await)
}

async fn one(
    mut visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::Initiative>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    flash(&mut visit);
    let page = Raw(asked).get("reacties").parse().ok().filter(|p| (1..=10_000).contains(p)).unwrap_or(1);
    plan_page(&app, &visit, path.id, page, Default::default()).await
}

/// A plan's page, with this page of its comments and what was typed for one.
async fn plan_page(app: &App, visit: &Visit, id: i64, page: i64, comment: (Raw, Errors)) -> Answer {
    let mut c = app.world.db.read().await.or_fault(visit)?;
    // One that became part of another is found there, by whoever kept its address.
    if let Some(into) = rows::get(&mut c, id).await.or_fault(visit)?.and_then(|p| p.merged_into) {
        return Ok(see_other(&format!("{}?klaar=opgegaan", visit.ctx.url(&urls::Initiative { id: into }))));
    }
    let p = convert::visible(&mut c, visit, id).await.or_fault(visit)?;
    let status = if comment.1.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let comments = comments::part(&mut c, visit, &p, page, comment).await.or_fault(visit)?;
    let data = convert::view(&mut c, visit, &p).await.or_fault(visit)?;
    let data = pages::plans::show::PlanView { comments, ..data };
    Ok(show(visit, status, move |ctx| pages::plans::show::show(ctx, &data)).await)
}

async fn support(State(app): State<App>, Path(path): Path<urls::InitiativeSupport>, sent: Sent) -> Answer {
    let on = sent.raw.get("steun") != "nee";
    let place = services::initiatives::support(&app.world, &sent.visit.actor, key(&sent), path.id, on)
        .await
        .or_fault(&sent.visit)?;
    Ok(see_other(&place))
}

async fn photo(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativePicture>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let p = convert::visible(&mut c, &visit, path.id).await.or_fault(&visit)?;
    let missing = || Fault::new(&visit, ActError::NotFound);
    let picture =
        rows::picture(&mut c, p.picture_id.ok_or_else(missing)?).await.or_fault(&visit)?.ok_or_else(missing)?;
    Ok((
        [(header::CONTENT_TYPE, picture.mime), (header::CACHE_CONTROL, "private, max-age=600".to_owned())],
        picture.bytes,
    )
        .into_response())
}
