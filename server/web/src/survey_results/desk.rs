//! `/moderatie/peilingen`: themes and quotes of closed waves, and answers to what people said.

use crate::address::{Path, Query};
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::survey::card;
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::access::Denied;
use domain::form::{Errors, Raw};
use domain::urls;
use pages::moderation::waves::{DeskView, ProposalView, QuoteView, ReplyForm, WaitingView};
use services::ActError;
use services::surveys::desk::{self, Look, held};
use services::surveys::replies;
use store::results::{self, State as Stands};

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::ModerationWaves>(), get(list))
        .route(at::<urls::ModerationWave>(), get(one))
        .route(at::<urls::ModerationWaveTheme>(), post(theme).get(back))
        .route(at::<urls::ModerationWaveQuote>(), post(quote).get(back))
        .route(at::<urls::ModerationWaveReply>(), get(reply_form).post(reply))
}

async fn back(visit: Visit, Path(path): Path<urls::ModerationWave>) -> Response {
    see_other(&visit.ctx.url(&urls::ModerationWave { wave: path.wave }))
}

async fn list(visit: Visit, State(app): State<App>) -> Answer {
    let mut c = app.world.db.read().await.or_fault(&visit)?;
    let all = desk::waiting(&mut c, &visit.actor).await.or_fault(&visit)?;
    let all: Vec<WaitingView> = all
        .into_iter()
        .map(|w| WaitingView {
            card: card(&w.wave, visit.ctx.now),
            read: w.read,
            proposals: w.proposals,
            quotes: w.quotes,
        })
        .collect();
    Ok(show(&visit, StatusCode::OK, move |ctx| pages::moderation::waves::waves(ctx, &all)).await)
}

async fn one(
    mut visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::ModerationWave>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    flash(&mut visit);
    page(&app, &visit, &path.wave, &Raw(asked), Raw::default(), Errors::default()).await
}

async fn page(app: &App, visit: &Visit, slug: &str, asked: &Raw, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = view(app, visit, slug, asked, typed, errors).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::moderation::waves::desk(ctx, &data)).await)
}

async fn view(
    app: &App,
    visit: &Visit,
    slug: &str,
    asked: &Raw,
    typed: Raw,
    errors: Errors,
) -> Result<DeskView, ActError> {
    let mut c = app.world.db.read().await?;
    let look = Look {
        state: asked.get("stand").to_owned(),
        proposal: asked.id("voorstel").ok(),
        page: asked.get("bladzij").parse().ok().filter(|n| (1..=10_000).contains(n)).unwrap_or(1),
    };
    let found = desk::desk(&mut c, &visit.actor, slug, &look).await?;
    let buurten = found.held.buurten.clone();
    let quote = |q: results::Quote| QuoteView {
        id: q.id,
        buurt: buurten.iter().find(|b| b.id == q.buurt).map(|b| b.name.clone()).unwrap_or_default(),
        question: q.question,
        words: q.words,
    };
    let mut quotes: Vec<QuoteView> = found.quotes.into_iter().map(&quote).collect();
    // What was typed about a quote stands beside that quote, on whichever page it would have been.
    if let Ok(id) = typed.id("quote")
        && !quotes.iter().any(|q| q.id == id)
        && let Some(q) = results::one_quote(&mut c, found.held.wave.id, id).await?
        && found.held.read_by(&visit.actor).iter().any(|b| b.id == q.buurt)
    {
        quotes.insert(0, quote(q));
    }
    let proposals = found
        .proposals
        .into_iter()
        .filter(|(p, _)| p.state != Stands::Merged)
        .map(|(p, quotes)| {
            let theme = found.themes.iter().find(|(id, ..)| Some(*id) == p.theme);
            let titles = match theme {
                Some((_, nl, en)) => (nl.clone(), en.clone()),
                None if p.lang == "en" => (String::new(), p.label.clone()),
                None => (p.label.clone(), String::new()),
            };
            let approved = p.state == Stands::Approved;
            ProposalView {
                id: p.id,
                question: p.question,
                lang: p.lang,
                titles,
                terms: p.terms,
                answers: p.answers,
                known: !approved && theme.is_some(),
                approved,
                dropped: p.state == Stands::Dropped,
                quotes: quotes.into_iter().map(&quote).collect(),
            }
        })
        .collect();
    Ok(DeskView {
        card: card(&found.held.wave, visit.ctx.now),
        read: found.read,
        published: found.published,
        names: found.names,
        proposals,
        counts: found.counts,
        state: if ["released", "refused"].contains(&look.state.as_str()) { look.state } else { "waiting".into() },
        proposal: look.proposal,
        page: look.page,
        more: found.more,
        quotes,
        typed,
        errors,
    })
}

async fn theme(State(app): State<App>, Path(path): Path<urls::ModerationWaveTheme>, sent: Sent) -> Answer {
    let done = desk::name_theme(&app.world, &sent.visit.actor, key(&sent), &path.wave, sent.raw.clone()).await;
    respond(&app, sent, &path.wave, done).await
}

async fn quote(State(app): State<App>, Path(path): Path<urls::ModerationWaveQuote>, sent: Sent) -> Answer {
    let done = desk::decide_quote(&app.world, &sent.visit.actor, key(&sent), &path.wave, sent.raw.clone()).await;
    respond(&app, sent, &path.wave, done).await
}

async fn respond(app: &App, sent: Sent, slug: &str, done: Result<String, ActError>) -> Answer {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => page(app, &sent.visit, slug, &Raw::default(), sent.raw, errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}

async fn reply_form(
    visit: Visit,
    State(app): State<App>,
    Path(path): Path<urls::ModerationWaveReply>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let typed = Raw::from_pairs(&[("thema", Raw(asked).get("thema"))]);
    reply_page(&app, &visit, &path.wave, typed, Errors::default()).await
}

async fn reply_page(app: &App, visit: &Visit, slug: &str, typed: Raw, errors: Errors) -> Answer {
    let status = if errors.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let data = reply_view(app, visit, slug, typed, errors).await.or_fault(visit)?;
    Ok(show(visit, status, move |ctx| pages::moderation::waves::reply(ctx, &data)).await)
}

async fn reply_view(app: &App, visit: &Visit, slug: &str, typed: Raw, errors: Errors) -> Result<ReplyForm, ActError> {
    let mut c = app.world.db.read().await?;
    let held = held(&mut c, slug).await?;
    let (near, whole) = replies::reach(&held, &visit.actor);
    if near.is_empty() && !whole {
        return Err(visit.actor.account.map_or(Denied::SignIn, |_| Denied::NotYours).into());
    }
    let doc = results::latest(&mut c, held.wave.id).await?.ok_or(Denied::State)?;
    let english = visit.ctx.lang == texts::Lang::En;
    Ok(ReplyForm {
        slug: slug.to_owned(),
        wave: doc.title.clone(),
        themes: doc
            .themes
            .iter()
            .map(|t| {
                let title = if english { &t.title_en } else { &t.title_nl };
                let question = visit.ctx.t(&format!("results-{}", t.asked.key()));
                let of = [("theme", title.as_str().into()), ("question", question.into())];
                (t.id.to_string(), visit.ctx.ta("reply-theme-of", &of))
            })
            .collect(),
        buurten: near.iter().map(|b| (b.id.to_string(), b.name.clone())).collect(),
        whole,
        programmes: store::places::programmes(&mut c).await?.into_iter().map(|p| (p.id.to_string(), p.name)).collect(),
        followers: results::followers(&mut c, held.wave.id).await?.len(),
        typed,
        errors,
    })
}

async fn reply(State(app): State<App>, Path(path): Path<urls::ModerationWaveReply>, sent: Sent) -> Answer {
    match replies::reply(&app.world, &sent.visit.actor, key(&sent), &path.wave, sent.raw.clone()).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => reply_page(&app, &sent.visit, &path.wave, sent.raw, errors).await,
        Err(error) => Err(Fault::new(&sent.visit, error)),
    }
}
