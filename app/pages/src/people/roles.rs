//! `/beheer/rollen`: who has which role, asking people, taking roles back.

use super::Typed;
use crate::frame::{Frame, frame};
use crate::kit::{self, Field, Kind};
use crate::{Ctx, Sample};
use domain::access::Role;
use domain::urls;
use leptos::prelude::*;

/// A role in words.
pub(crate) fn role(ctx: &Ctx, role: Role) -> String {
    match role {
        Role::Moderator => ctx.t("people-role-moderator"),
        Role::Staff => ctx.t("people-role-staff"),
        Role::Administrator => ctx.t("people-role-administrator"),
    }
}

/// One role of somebody.
#[derive(Clone, Debug)]
pub struct RoleLine {
    /// Id of the grant.
    pub id: i64,
    /// Name; empty before the first invitation was accepted.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Where.
    pub place: String,
    /// For which organisation.
    pub organisation: String,
    /// Not yet accepted.
    pub waiting: bool,
    /// Can be taken back by the reader.
    pub revocable: bool,
}

/// The page.
#[derive(Clone, Debug)]
pub struct RolesView {
    /// Roles that hold or wait.
    pub lines: Vec<RoleLine>,
    /// Places by value and text.
    pub places: Vec<(String, String)>,
    /// The invitation's form.
    pub form: Typed,
}

impl RolesView {
    /// For tests and previews.
    pub fn sample() -> Self {
        let line = RoleLine {
            id: 1,
            name: "Samira".into(),
            email: "samira@voorbeeld.test".into(),
            role: Role::Moderator,
            place: "Vogelbuurt".into(),
            organisation: "Bewonersplatform Noord".into(),
            waiting: false,
            revocable: true,
        };
        Self {
            lines: vec![line.clone(), RoleLine { name: String::new(), waiting: true, role: Role::Staff, ..line }],
            places: vec![("city".into(), "Amsterdam".into())],
            form: Typed::default(),
        }
    }
}

fn row(ctx: &Ctx, line: &RoleLine) -> AnyView {
    let who = if line.name.is_empty() { line.email.clone() } else { format!("{} · {}", line.name, line.email) };
    let waiting = line
        .waiting
        .then(|| view! { " "<span class="ams-badge ams-badge--orange">{ctx.t("people-roles-waiting")}</span> });
    let revoke = line.revocable.then(|| {
        view! {
            <form method="post" action=ctx.url(&urls::AdminRoles {})>
                {kit::hidden(ctx)}
                <input type="hidden" name="revoke" value=line.id.to_string()/>
                <button class="ams-button ams-button--secondary fb-button--small fb-button--danger" aria-label=format!("{}: {who}, {}", ctx.t("people-roles-revoke"), line.place)>{ctx.t("people-roles-revoke")}</button>
            </form>
        }
    });
    view! {
        <tr class="fb-table__row">
            <th class="ams-table__header-cell fb-table__lead" scope="row">{who.clone()}{waiting}</th>
            <td class="ams-table__cell" data-label=ctx.t("people-roles-role")>{role(ctx, line.role)}</td>
            <td class="ams-table__cell" data-label=ctx.t("people-roles-place")>{line.place.clone()}</td>
            <td class="ams-table__cell" data-label=ctx.t("people-roles-organisation")>{line.organisation.clone()}</td>
            <td class="ams-table__cell" data-label="">{revoke}</td>
        </tr>
    }
    .into_any()
}

/// The page.
pub fn roles(ctx: &Ctx, data: &RolesView) -> AnyView {
    let (typed, errors) = (&data.form.raw, &data.form.errors);
    let choices: Vec<(String, String)> = [Role::Moderator, Role::Staff, Role::Administrator]
        .into_iter()
        .map(|r| (r.key().to_owned(), role(ctx, r)))
        .collect();
    let rows = data.lines.iter().map(|l| row(ctx, l)).collect_view();
    let heads = ["people-roles-who", "people-roles-role", "people-roles-place", "people-roles-organisation"]
        .map(|key| view! { <th class="ams-table__header-cell" scope="col">{ctx.t(key)}</th> })
        .collect_view();
    let main = view! {
        {kit::error_summary(ctx, errors, &[("email", "people-email"), ("role", "people-roles-role"), ("place", "people-roles-place"), ("organisation", "people-roles-organisation")])}
        <h1 class="ams-heading ams-heading--1">{ctx.t("people-roles-title")}</h1>
        <div class="ams-table fb-table" role="region" aria-labelledby="rollen" tabindex="0">
            <table class="ams-table__table fb-table__table">
                <caption class="ams-table__caption" id="rollen">{ctx.t("people-roles-now")}</caption>
                <thead class="ams-table__header fb-table__head"><tr>{heads}<th class="ams-table__header-cell" scope="col"><span class="ams-visually-hidden">{ctx.t("people-roles-revoke")}</span></th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <section class="fb-section fb-read">
            <h2 class="ams-heading ams-heading--2">{ctx.t("people-roles-invite")}</h2>
            <p class="ams-paragraph">{ctx.t("people-roles-invite-text")}</p>
            <form class="fb-form" method="post" action=ctx.url(&urls::AdminRoles {}) novalidate>
                {kit::hidden(ctx)}
                {kit::field(ctx, &Field { name: "email", label: ctx.t("people-email"), hint: String::new(), kind: Kind::Email, heading: false, typed, errors })}
                {kit::radios(ctx, "role", &ctx.t("people-roles-role"), &choices, typed, errors)}
                {kit::select(ctx, "place", &ctx.t("people-roles-place"), &ctx.t("people-roles-place-choose"), &data.places, typed, errors)}
                {kit::field(ctx, &Field { name: "organisation", label: format!("{} {}", ctx.t("people-roles-organisation"), ctx.t("optional")), hint: String::new(), kind: Kind::Line, heading: false, typed, errors })}
                {kit::bar(ctx.t("people-roles-invite-do"))}
            </form>
        </section>
    };
    frame(ctx, Frame::wide(ctx.t("people-roles-title")).failed(data.form.failed()), main)
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample { name: "people/roles", draw: |ctx| roles(ctx, &RolesView::sample()) }]
}
