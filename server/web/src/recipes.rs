//! `/recepten`: what makers of finished plans tell the next buurt, and where they tell it.

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::{Act, decide};
use domain::evaluation::COST_STEPS;
use domain::form::{Errors, Raw};
use domain::money::Cents;
use domain::urls;
use pages::recipes::{self as pages_of, EvaluationView, RecipeCard, RecipeView, RecipesView};
use services::{ActError, evaluations};
use store::initiatives::{self as rows, Recipe, RecipeFilter};

/// Recipes on one page of the list.
const PAGE: i64 = 12;

/// Routes of this area.
pub fn routes() -> Routes {
    Router::new()
        .route(at::<urls::Recipes>(), get(list))
        .route(at::<urls::Recipe>(), get(one))
        .route(at::<urls::RecipeHide>(), post(hide).get(back_to_recipe))
        .route(at::<urls::InitiativeEvaluation>(), get(form).post(tell))
        .route(at::<urls::InitiativeEvaluationDrop>(), post(take_back))
}

fn card(r: &Recipe) -> Option<RecipeCard> {
    let told = r.told.as_ref()?;
    Some(RecipeCard {
        id: r.plan.id,
        title: r.plan.title.clone(),
        line: crate::plans::convert::line(&told.advice),
        buurt: r.plan.buurt.clone(),
        spent: r.spent,
        again: told.again,
    })
}

async fn list(visit: Visit, State(app): State<App>, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let typed = Raw(asked);
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let buurten = store::places::buurten(&mut c).await.or_fault(&visit)?;
    let programmes = store::places::programmes(&mut c).await.or_fault(&visit)?;
    let words: String = typed.get("q").trim().chars().filter(|ch| !ch.is_control()).take(80).collect();
    let page: i64 = typed.get("page").parse().ok().filter(|p| (1..=10_000).contains(p)).unwrap_or(1);
    let most = typed.get("kosten").parse().ok().filter(|euros| COST_STEPS.contains(euros));
    let mut filter = RecipeFilter {
        words: (!words.is_empty()).then_some(words),
        buurt: buurten.iter().find(|b| b.slug == typed.get("buurt")).map(|b| b.id),
        programme: programmes.iter().find(|p| p.slug == typed.get("programma")).map(|p| p.id),
        most: most.map(Cents::euros),
        limit: PAGE,
        offset: 0,
    };
    let total = rows::count_recipes(&mut c, &filter).await.or_fault(&visit)?;
    let pages = ((total + PAGE - 1) / PAGE).max(1);
    // Beyond the end stands the last page.
    let page = page.min(pages);
    filter.offset = (page - 1) * PAGE;
    let found = rows::recipes(&mut c, &filter).await.or_fault(&visit)?;
    let link = |page: i64| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["q", "buurt", "programma", "kosten"] {
            if !typed.get(name).is_empty() {
                query.append_pair(name, typed.get(name));
            }
        }
        query.append_pair("page", &page.to_string());
        format!("{}?{}", visit.ctx.url(&urls::Recipes {}), query.finish())
    };
    let data = RecipesView {
        recipes: found.iter().filter_map(card).collect(),
        total,
        page,
        pages,
        prev: (page > 1).then(|| link(page - 1)),
        next: (page < pages).then(|| link(page + 1)),
        buurten: buurten.into_iter().map(|b| (b.slug, b.name)).collect(),
        programmes: programmes.into_iter().map(|p| (p.slug, p.name)).collect(),
        typed,
    };
    Ok(show(&visit, StatusCode::OK, move |ctx| pages_of::list(ctx, &data)).await)
}

async fn one(mut visit: Visit, State(app): State<App>, Path(path): Path<urls::Recipe>) -> Answer {
    flash(&mut visit);
    page(&app, &visit, path.id, Raw::default(), Errors::default()).await
}

async fn back_to_recipe(visit: Visit, Path(path): Path<urls::RecipeHide>) -> Response {
    see_other(&visit.ctx.url(&urls::Recipe { id: path.id }))
}

/// One recipe's page, with what was typed to hide it.
async fn page(app: &App, visit: &Visit, id: i64, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = async {
        let mut c = app.world.db.read().await?;
        let r = evaluations::visible(&mut c, &visit.actor, id).await?;
        let programmes = store::places::programmes(&mut c).await?;
        let marks = store::execution::steps(&mut c, id).await?;
        let (public, subject) = (r.is_public(), r.plan.subject());
        let may = |act| decide(act, &visit.actor, &subject).is_ok();
        Ok::<_, ActError>(RecipeView {
            programme: programmes
                .into_iter()
                .find(|p| Some(p.id) == r.plan.programme_id)
                .map(|p| p.name)
                .unwrap_or_default(),
            took: r.completed_at.zip(r.plan.published_at).map(|(done, begun)| (done - begun).max(0)),
            steps: marks.into_iter().filter(|m| m.done_at.is_some()).map(|m| m.title).collect(),
            own: may(Act::Evaluate),
            may_hide: may(Act::HideRecipe),
            id,
            title: r.plan.title,
            what: r.plan.what,
            why: r.plan.why,
            buurt: r.plan.buurt,
            buurt_slug: r.plan.buurt_slug,
            for_kind: r.plan.for_kind,
            helpers: r.plan.helpers,
            supports: r.plan.supports,
            spent: r.spent,
            told: r.told.ok_or(ActError::NotFound)?,
            hidden: r.hidden,
            public,
            typed,
            errors,
        })
    };
    let data = found.await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages_of::one(ctx, &data)).await)
}

async fn hide(State(app): State<App>, Path(path): Path<urls::RecipeHide>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match evaluations::hide(&app.world, &visit.actor, key(&sent), path.id, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(&app, visit, path.id, sent.raw.clone(), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn form(visit: Visit, State(app): State<App>, Path(path): Path<urls::InitiativeEvaluation>) -> Answer {
    form_page(&app, &visit, path.id, None, Errors::default()).await
}

/// The four questions: with what was typed, or what stands there.
async fn form_page(app: &App, visit: &Visit, id: i64, typed: Option<Raw>, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut c = app.world.db.read().await.or_fault(visit)?;
    let r = evaluations::own(&mut c, &visit.actor, id).await.or_fault(visit)?;
    let version = r.version.to_string();
    let stands = || match &r.told {
        Some(e) => Raw::from_pairs(&[
            ("worked", &e.worked),
            ("failed", &e.failed),
            ("advice", &e.advice),
            ("again", e.again.key()),
            ("version", &version),
        ]),
        None => Raw::from_pairs(&[("version", &version)]),
    };
    let mut typed = typed.unwrap_or_else(stands);
    // What is sent again stands upon what is there now.
    typed.set("version", version.clone());
    let data = EvaluationView { id, title: r.plan.title.clone(), told: r.told.is_some(), typed, errors };
    Ok(show(visit, status, move |ctx| pages_of::evaluation(ctx, &data)).await)
}

async fn tell(State(app): State<App>, Path(path): Path<urls::InitiativeEvaluation>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match evaluations::answer(&app.world, &visit.actor, key(&sent), path.id, &sent.raw).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => form_page(&app, visit, path.id, Some(sent.raw.clone()), errors).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

async fn take_back(State(app): State<App>, Path(path): Path<urls::InitiativeEvaluationDrop>, sent: Sent) -> Answer {
    let place =
        evaluations::take_back(&app.world, &sent.visit.actor, key(&sent), path.id).await.or_fault(&sent.visit)?;
    Ok(see_other(&place))
}
