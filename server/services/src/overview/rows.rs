//! The rows behind a figure as a sheet of their own: plans with their money, movements of shares.

use crate::ActError;
use domain::initiative::State;
use domain::money::Cents;
use domain::overview::{Figure, Head, Line, Sheet, Value};
use domain::urls;
use store::Conn;
use store::figures::{self, ListFilter, MovedFilter};

/// Why shares move, as far as there are words for it.
const REASONS: &[&str] =
    &["share", "correction", "pot", "pot_rest", "pot_stopped", "small_plan", "year_carried", "year_returned"];

/// Money of plans: given, agreed, paid, back.
fn money([given, reserved, committed, paid]: [Cents; 4]) -> [Figure; 4] {
    [given, committed, paid, given - reserved - committed - paid].map(|cents| Figure::plain(Value::Money(cents)))
}

/// Plans behind a figure, with the sums of all of them below; gives how many there are as well.
///
/// # Errors
/// The store's.
pub async fn plans_sheet(c: &mut Conn, filter: &ListFilter) -> Result<(Sheet, i64), ActError> {
    let sums = figures::sums(c, filter).await?;
    let mut lines: Vec<Line> = figures::plans(c, filter)
        .await?
        .into_iter()
        .map(|p| {
            let year = if p.year == 0 { Value::NotShown } else { Value::Words(p.year.to_string()) };
            let about = [Value::Words(p.buurt), Value::Text(format!("state-{}", p.state)), Value::Month(p.month), year];
            Line {
                key: p.id.to_string(),
                head: Head::Name(p.title),
                behind: urls::Initiative { id: p.id }.to_string(),
                figures: about.map(Figure::plain).into_iter().chain(money(p.money)).collect(),
                total: false,
            }
        })
        .collect();
    let nothing = [Value::NotShown, Value::NotShown, Value::NotShown, Value::NotShown].map(Figure::plain);
    lines.push(Line {
        key: "samen".into(),
        head: Head::Text("overview-together".into()),
        behind: String::new(),
        figures: nothing.into_iter().chain(money(sums.money)).collect(),
        total: true,
    });
    let columns = vec!["buurt", "state", "month", "year", "given", "committed", "paid", "returned"];
    Ok((Sheet { key: "plans", columns, lines, plot: 4 }, sums.plans))
}

/// Movements behind a figure, with their sum below; gives how many there are as well.
///
/// # Errors
/// The store's.
pub async fn moved_sheet(c: &mut Conn, filter: &MovedFilter) -> Result<(Sheet, i64), ActError> {
    let (moved, many, together) = figures::moved(c, filter).await?;
    let first = filter.offset;
    let mut lines: Vec<Line> = (first + 1..)
        .zip(moved)
        .map(|(n, m)| {
            // Of a plan that not everyone may see nothing is told but the money.
            let plan = m.plan.filter(|(.., state)| State::from_key(state).is_some_and(State::is_public));
            let (title, behind) = plan.map_or((Value::NotShown, String::new()), |(id, title, _)| {
                (Value::Words(title), urls::Initiative { id }.to_string())
            });
            let figures = vec![
                Figure::plain(Value::Day(m.at)),
                Figure::plain(Value::Words(m.wijk)),
                Figure::plain(m.programme.map_or(Value::NotShown, Value::Words)),
                Figure::at(title, behind),
                Figure::plain(Value::Money(m.amount)),
            ];
            let known = REASONS.contains(&m.reason.as_str());
            let text = if known { format!("reason-{}", m.reason.replace('_', "-")) } else { "overview-moved".into() };
            let head = Head::Text(text);
            Line { key: n.to_string(), head, behind: String::new(), figures, total: false }
        })
        .collect();
    let nothing = [Value::NotShown, Value::NotShown, Value::NotShown, Value::NotShown].map(Figure::plain);
    lines.push(Line {
        key: "samen".into(),
        head: Head::Text("overview-together".into()),
        behind: String::new(),
        figures: nothing.into_iter().chain([Figure::plain(Value::Money(together))]).collect(),
        total: true,
    });
    Ok((Sheet { key: "transfers", columns: vec!["day", "wijk", "programme", "plan", "amount"], lines, plot: 4 }, many))
}
