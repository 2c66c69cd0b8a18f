//! `/stadsdeel/betalingen`: instalments of all plans, out to the finance system and back.

use super::convert::Eyes;
use crate::address::Path;
use crate::answer::{Answer, OrFault as _, at, see_other, show};
use crate::plans::{flash, key};
use crate::{App, Fault, Routes, Sent, Visit};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use domain::access::{Act, Role, Subject, decide};
use domain::execution::InstalmentState;
use domain::form::Errors;
use domain::urls;
use pages::execution::payments::{BatchRow, PaymentRow, PaymentsView, WrongLine, payments};
use services::ActError;
use services::execution::confirmations::{self, Imported};
use services::execution::{orders, payments as acts};

/// Wrong lines that are shown of a file.
const SHOWN: usize = 50;

pub(super) fn routes() -> Routes {
    Router::new()
        .route(at::<urls::DistrictPayments>(), get(page))
        .route(at::<urls::DistrictOrder>(), post(order))
        .route(at::<urls::DistrictBatch>(), get(batch))
        .route(at::<urls::DistrictConfirmations>(), post(confirm))
}

async fn page(mut visit: Visit, State(app): State<App>) -> Answer {
    flash(&mut visit);
    draw(&app, &visit, Errors::default(), (Vec::new(), 0)).await
}

async fn draw(app: &App, visit: &Visit, errors: Errors, wrong: (Vec<WrongLine>, i64)) -> Answer {
    decide(Act::SeeDistrict, &visit.actor, &Subject::default()).or_fault(visit)?;
    let failed = !errors.0.is_empty() || !wrong.0.is_empty();
    let mut data = view(app, visit).await.or_fault(visit)?;
    (data.errors, data.wrong) = (errors, wrong);
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(show(visit, status, move |ctx| payments(ctx, &data)).await)
}

async fn view(app: &App, visit: &Visit) -> Result<PaymentsView, ActError> {
    let mut c = app.world.db.read().await?;
    let mut data = PaymentsView { may_confirm: visit.actor.has(Role::Staff), ..PaymentsView::default() };
    for open in acts::open(&mut c, &visit.actor).await? {
        let part = match open.instalment.state {
            InstalmentState::Prepared => &mut data.approve,
            InstalmentState::Approved => &mut data.order,
            _ => &mut data.ordered,
        };
        part.push(PaymentRow {
            instalment: Eyes::of(visit, &open.plan).instalment(open.instalment),
            plan: (open.plan.id, open.plan.title),
            may_order: open.may_order,
        });
    }
    let batches = orders::batches(&mut c, &visit.actor).await?;
    data.batches =
        batches.into_iter().map(|b| BatchRow { id: b.id, at: b.at, count: b.count, sum: b.amount }).collect();
    Ok(data)
}

async fn order(State(app): State<App>, sent: Sent) -> Answer {
    let visit = &sent.visit;
    match orders::order(&app.world, &visit.actor, key(&sent)).await {
        Ok(place) => Ok(see_other(&place)),
        Err(ActError::Form(errors)) => draw(&app, visit, errors, (Vec::new(), 0)).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}

/// The same file each time it is asked for.
async fn batch(visit: Visit, State(app): State<App>, Path(path): Path<urls::DistrictBatch>) -> Answer {
    let csv = orders::csv(&app.world, &visit.actor, path.batch).await.or_fault(&visit)?;
    let disposition = format!("attachment; filename=\"betaalopdracht-{}.csv\"", path.batch);
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, csv).into_response())
}

async fn confirm(State(app): State<App>, mut sent: Sent) -> Answer {
    // Other bytes than UTF-8 are told by their line.
    let text = String::from_utf8_lossy(&sent.take_file().unwrap_or_default()).into_owned();
    let visit = &sent.visit;
    match confirmations::import(&app.world, &visit.actor, key(&sent), text).await {
        Ok(Imported::Booked(place) | Imported::Before(place)) => Ok(see_other(&place)),
        Ok(Imported::Wrong(lines)) => {
            let more = i64::try_from(lines.len().saturating_sub(SHOWN)).unwrap_or(i64::MAX);
            let shown = lines.into_iter().take(SHOWN).map(|w| WrongLine {
                line: i64::try_from(w.line).unwrap_or(i64::MAX),
                why: w.why.key().to_owned(),
                text: w.text,
            });
            draw(&app, visit, Errors::default(), (shown.collect(), more)).await
        }
        Err(ActError::Form(errors)) => draw(&app, visit, errors, (Vec::new(), 0)).await,
        Err(error) => Err(Fault::new(visit, error)),
    }
}
