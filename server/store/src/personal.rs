//! The register of personal data: every column that can tell who somebody is, with how long it is kept and what ends it.
//! A test fails on a table or column that is neither here nor in the list of columns without personal data.

/// A column with personal data.
pub struct Personal {
    /// `table.column`.
    pub column: &'static str,
    /// How long, and what ends it.
    pub term: &'static str,
}

const fn p(column: &'static str, term: &'static str) -> Personal {
    Personal { column, term }
}

/// The register (AVG article 30).
pub const REGISTER: &[Personal] = &[
    p("account.email", "until the account is closed"),
    p("account.email_key", "until the account is closed"),
    p("account.name", "until the account is closed"),
    p("account.password_hash", "until the account is closed or the password removed"),
    p("account.lang", "until the account is closed"),
    p("account.buurt_id", "until the account is closed"),
    p("account.residence_at", "until the account is closed"),
    p("account.totp_secret", "until the account is closed"),
    p("account.totp_at", "until the account is closed"),
    p("account.totp_last_step", "until the account is closed"),
    p("account.confirmed_at", "until the account is closed"),
    p("account.created_at", "until the account is closed"),
    p("account.closed_at", "stays: the row is emptied"),
    p("recovery_code.code_hash", "until used or the account is closed"),
    p("recovery_code.used_at", "until the account is closed"),
    p("role_grant.organisation", "as long as the role's acts are archived"),
    p("session.token_hash", "14 days"),
    p("session.means", "14 days"),
    p("session.created_at", "14 days"),
    p("session.seen_at", "14 days"),
    p("session.authenticated_at", "14 days"),
    p("session.second_factor_at", "14 days"),
    p("session.expires_at", "14 days"),
    p("residence_code.used_by", "until the account is closed"),
    p("residence_code.used_at", "until the account is closed"),
    p("idempotency.actor", "7 days (an HMAC of the browser's cookie)"),
    p("limiter.key_hash", "1 day (an HMAC of address or network)"),
    p("known_network.network_hash", "90 days after the last sign-in there (an HMAC of account and network)"),
    p("known_network.seen_at", "90 days"),
    p("audit.actor_id", "as long as the city's archive rules say; an id only"),
    p("outbox.address", "until sent, or 7 days after it was given up"),
    p("outbox.payload", "until sent, or 7 days after it was given up"),
    p("picture.bytes", "as long as its plan, or 1 day when no plan shows it"),
    p("picture.alt", "as long as its plan"),
    p("initiative.what", "as long as the plan is public"),
    p("initiative.why", "as long as the plan is public"),
    p("initiative.helpers", "as long as the plan is public"),
    p("initiative.for_name", "as long as the plan is public"),
    p("initiative.supporter_name", "as long as the plan is public"),
    p("initiative_draft.email", "7 days"),
    p("initiative_draft.name", "7 days"),
    p("initiative_draft.payload", "7 days"),
    p("initiative_event.words", "as long as the plan"),
    p("support.account_id", "until withdrawn or the account is closed"),
    p("support.at", "until withdrawn or the account is closed"),
    p("milestone.note", "as long as the plan"),
    p("roll_entry.address", "until the result is out or the round is stopped"),
    p("code_request.name", "until the result is out or the round is stopped"),
    p("code_request.address", "until the result is out or the round is stopped"),
    p("code_request.contact", "until the result is out or the round is stopped"),
    p("roll_draft.csv", "until put on the roll, or 1 day"),
    p("answer_box.good", "until the wave closes"),
    p("answer_box.better", "until the wave closes"),
    p("answer_box.can_do", "until the wave closes"),
    p("answer.good", "two years after the wave"),
    p("answer.better", "two years after the wave"),
    p("answer.can_do", "two years after the wave"),
];

/// Tables of which no further column holds personal data of its own: ids, amounts, states, public texts, keys' digests.
pub const LOOKED_THROUGH: &[&str] = &[
    "account",
    "anomaly",
    "answer",
    "answer_box",
    "answer_retry",
    "audit",
    "audit_chain",
    "audit_digest",
    "ballot_box",
    "ballot_counted",
    "ballot_retry",
    "ballot_token",
    "budget_line",
    "budget_version",
    "buurt",
    "code_gone",
    "code_request",
    "idempotency",
    "initiative",
    "initiative_draft",
    "initiative_event",
    "known_network",
    "lease",
    "ledger_account",
    "limiter",
    "mail_link",
    "milestone",
    "outbox",
    "paper_plan",
    "picture",
    "programme",
    "recovery_code",
    "residence_code",
    "role_grant",
    "roll_entry",
    "roll_draft",
    "round",
    "round_explanation",
    "round_result",
    "session",
    "setting",
    "share_rule",
    "stadsdeel",
    "support",
    "transfer",
    "wave",
    "wijk",
];

/// Columns by kind that never hold personal data, whatever the table: ids and references, and public states.
pub fn is_plain(column: &str) -> bool {
    column == "id"
        || column.ends_with("_id")
        || ["state", "slug", "year", "kind", "phase", "version", "position"].contains(&column)
}
