//! The frame of every page: head, banner, header, footer.

use crate::Ctx;
use domain::urls;
use leptos::prelude::*;
use texts::Lang;

/// What the frame needs to know of its page.
pub struct Frame {
    /// Title in the tab.
    pub title: String,
    /// A narrow reading column (forms, texts) instead of the wide one.
    pub narrow: bool,
    /// The page holds an island, so it loads the browser module.
    pub islands: bool,
    /// The form came back with errors.
    pub failed: bool,
    /// Whole address of a picture that goes along when the page is shared; empty for none.
    pub picture: String,
}

impl Frame {
    /// A wide page.
    pub fn wide(title: impl Into<String>) -> Self {
        Self { title: title.into(), narrow: false, islands: false, failed: false, picture: String::new() }
    }

    /// A reading column.
    pub fn narrow(title: impl Into<String>) -> Self {
        Self { narrow: true, ..Self::wide(title) }
    }

    /// Loads the browser module.
    pub fn with_islands(self) -> Self {
        Self { islands: true, ..self }
    }

    /// Shown with this picture where it is shared.
    pub fn shared(self, picture: String) -> Self {
        Self { picture, ..self }
    }

    /// Marks the title when a form came back with errors.
    pub fn failed(self, failed: bool) -> Self {
        Self { failed, ..self }
    }
}

/// The whole document around `main`.
pub fn frame(ctx: &Ctx, frame: Frame, main: impl IntoView + 'static) -> AnyView {
    let title = if frame.failed {
        format!("{} {} · {}", ctx.t("error-title-prefix"), frame.title, ctx.t("site-name"))
    } else {
        format!("{} · {}", frame.title, ctx.t("site-name"))
    };
    // As a child it would be followed by a comment, and a title shows comments as they are.
    let title = html_escape::encode_text(&title).into_owned();
    // What apps for messages show of a link that is shared (ogp.me); the macro knows no `property`.
    let shared = (!frame.picture.is_empty()).then(|| {
        let (width, height) = crate::result::picture::SIZE;
        let about = [
            ("og:title", frame.title.clone()),
            ("og:type", "article".to_owned()),
            ("og:image", frame.picture.clone()),
            ("og:image:width", width.to_string()),
            ("og:image:height", height.to_string()),
        ];
        about.map(|(key, value)| leptos::html::meta().attr("property", key).content(value)).collect_view()
    });
    let main_class = if frame.narrow { "fb-main fb-main--read" } else { "fb-main" };
    let alternates = Lang::ALL
        .iter()
        .filter(|l| **l != Lang::Pseudo)
        .map(|lang| view! { <link rel="alternate" hreflang=lang.code() href=in_language(ctx, *lang)/> })
        .collect_view();
    let module = frame.islands.then(|| view! { <script type="module" src=assets::url("frontend.js")></script> });
    let flash = ctx.flash.as_ref().map(|key| view! { <p class="fb-flash" role="status">{ctx.t(key)}</p> });
    view! {
        <!DOCTYPE html>
        <html lang=ctx.lang.code() dir=ctx.lang.dir()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="theme-color" content="#0b5d4a"/>
                <title inner_html=title></title>
                <link rel="stylesheet" href=assets::url("style.css")/>
                <link rel="icon" type="image/svg+xml" href=assets::url("pictures/logo.svg")/>
                <link rel="apple-touch-icon" href=assets::url("pictures/icon-180.png")/>
                <link rel="manifest" href=urls::Manifest {}.to_string()/>
                {alternates}
                {shared}
                {module}
            </head>
            <body class="fb-body">
                <a class="ams-skip-link ams-visually-hidden" href="#inhoud">{ctx.t("skip-to-content")}</a>
                {ctx.demo.then(|| view! { <aside class="fb-demo">{ctx.t("demo-banner")}</aside> })}
                {header(ctx)}
                <main class=main_class id="inhoud" tabindex="-1">{flash}{main.into_any()}</main>
                {footer(ctx)}
            </body>
        </html>
    }
    .into_any()
}

fn menu_links(ctx: &Ctx) -> Vec<(String, &'static str)> {
    let reader = ctx.reader.clone().unwrap_or_default();
    let mut links = vec![
        (ctx.url(&urls::Initiatives {}), "nav-plans"),
        (ctx.url(&urls::Rounds {}), "nav-vote"),
        (ctx.url(&urls::Waves {}), "nav-survey"),
        (ctx.url(&urls::Budget {}), "nav-budget"),
        (ctx.url(&urls::Buurten {}), "nav-buurten"),
        (ctx.url(&urls::Recipes {}), "recipes-title"),
        (ctx.url(&urls::Overview {}), "overview-title"),
    ];
    if reader.moderator {
        links.push((ctx.url(&urls::Moderation {}), "nav-moderation"));
    }
    if reader.staff {
        links.push((ctx.url(&urls::District {}), "nav-district"));
    }
    if reader.administrator {
        links.push((ctx.url(&urls::Admin {}), "nav-admin"));
    }
    links.push(if ctx.reader.is_some() {
        (ctx.url(&urls::Mine {}), "nav-mine")
    } else {
        (ctx.url(&urls::SignIn {}), "nav-sign-in")
    });
    links
}

fn header(ctx: &Ctx) -> impl IntoView + use<> {
    let current = |href: &str| (ctx.local(ctx.path.split('?').next().unwrap_or("/")) == href).then_some("page");
    let links = menu_links(ctx)
        .into_iter()
        .map(|(href, key)| {
            let now = current(&href);
            view! { <li><a class="fb-menu__link" href=href aria-current=now>{ctx.t(key)}</a></li> }
        })
        .collect_view();
    let budget = ctx.url(&urls::Budget {});
    let search = ctx.url(&urls::Initiatives {});
    let sign_out = ctx.reader.is_some().then(|| {
        view! { <form class="fb-menu__form" method="post" action=ctx.url(&urls::SignOut {})>{crate::kit::hidden(ctx)}<button class="fb-linkbutton">{ctx.t("nav-sign-out")}</button></form> }
    });
    view! {
        <header class="fb-header">
            <div class="fb-header__inner">
                <a class="fb-brand" href=ctx.local("/")>
                    <img class="fb-brand__mark" src=assets::url("pictures/logo.svg") alt="" width="28" height="28"/>
                    " "{ctx.t("site-name")}
                </a>
                <nav class="fb-nav" aria-label=ctx.t("main-menu")>
                    <a class="fb-nav__link fb-nav__link--wide" href=budget.clone() aria-current=current(&budget)>{ctx.t("nav-budget")}</a>
                    <a class="fb-nav__link" href=search.clone() aria-current=current(&search)>{ctx.t("nav-search")}</a>
                    <details class="fb-menu">
                        <summary class="fb-menu__button">{ctx.t("menu")}</summary>
                        <div class="fb-menu__panel">
                            <ul class="fb-menu__list">{links}</ul>
                            {sign_out}
                        </div>
                    </details>
                </nav>
            </div>
        </header>
    }
}

/// The same page in another language.
fn in_language(ctx: &Ctx, lang: Lang) -> String {
    Ctx { lang, ..ctx.clone() }.local(&ctx.path)
}

fn footer(ctx: &Ctx) -> impl IntoView + use<> {
    let languages = Lang::ALL
        .iter()
        .filter(|l| **l != Lang::Pseudo || ctx.lang == Lang::Pseudo)
        .map(|lang| view! { <li><a class="fb-langs__link" href=in_language(ctx, *lang) lang=lang.code() hreflang=lang.code() aria-current=(*lang == ctx.lang).then_some("true")>{lang.own_name()}</a></li> })
        .collect_view();
    view! {
        <footer class="fb-footer">
            <div class="fb-footer__inner">
                <ul class="fb-footer__list">
                    <li><a class="fb-footer__link" href=ctx.url(&urls::About {})>{ctx.t("nav-about")}</a></li>
                    <li><a class="fb-footer__link" href=ctx.url(&urls::Overview {})>{ctx.t("overview-title")}</a></li>
                    <li><a class="fb-footer__link" href=ctx.url(&urls::Recipes {})>{ctx.t("recipes-title")}</a></li>
                    <li><a class="fb-footer__link" href=ctx.url(&urls::Data {})>{ctx.t("nav-data")}</a></li>
                </ul>
                <ul class="fb-langs" aria-label=ctx.t("language")>{languages}</ul>
                <p class="fb-footer__note">{ctx.t("footer-note")}</p>
            </div>
        </footer>
    }
}
