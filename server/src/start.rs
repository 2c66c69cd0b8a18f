//! Puts the parts together and serves until asked to stop.

use crate::config::Config;
use jobs::Mailer;
use mail::Post;
use metrics_exporter_prometheus::PrometheusBuilder;
use services::{Keys, SystemClock, World};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use store::Db;
use web::App;

/// Opens the database (brought up to date) and the keys.
pub async fn world(config: &Config) -> Result<World, String> {
    Db::migrate(&config.migrate_database_url).await.map_err(|e| e.to_string())?;
    Db::grant(&config.migrate_database_url, &config.database_url).await.map_err(|e| e.to_string())?;
    let db = Db::open(&config.database_url).await.map_err(|e| e.to_string())?;
    let keys = Keys::open(&config.data_dir, rand::random()).map_err(|e| e.to_string())?;
    let clock = Arc::new(SystemClock::default());
    let world = World { undo: config.undo, ..World::new(db, clock, keys, config.data_dir.clone(), None) };
    services::demo::follow_clock(&world).await.map_err(|e| e.to_string())?;
    services::health::know_server_key(&world).await.map_err(|e| e.to_string())?;
    Ok(world)
}

/// A world for those who only look: nothing is made, neither tables nor keys.
pub async fn looking(config: &Config) -> Result<World, String> {
    let db = existing(config).await?;
    // Whoever only looks needs no key; a missing one must be found missing.
    let keys = Keys::read(&config.data_dir).map_err(|e| e.to_string())?.unwrap_or_else(|| Keys::fixed([0; 32]));
    let world = World::new(db, Arc::new(SystemClock::default()), keys, config.data_dir.clone(), None);
    services::demo::follow_clock(&world).await.map_err(|e| e.to_string())?;
    Ok(world)
}

/// Opens the database as it is, for those who only look: nothing is made and nothing is brought up to date.
pub async fn existing(config: &Config) -> Result<Db, String> {
    if let Some(path) = sqlite_file(&config.database_url)
        && !path.is_file()
    {
        return Err(format!(
            "There is no database at {}. Look at DATABASE_URL and DATA_DIR, and run this from the folder of fijnebuurt.toml.",
            path.display()
        ));
    }
    Db::open(&config.database_url).await.map_err(|e| e.to_string())
}

/// The file of an SQLite database.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    url.strip_prefix("sqlite:").map(|path| PathBuf::from(path.trim_start_matches("//")))
}

/// Serves the site and runs the jobs.
pub async fn serve(config: &Config) -> Result<(), String> {
    assets::complete().map_err(|e| e.to_string())?;
    let world = world(config).await?;
    let demo = services::demo::is_demo(&world).await.map_err(|e| e.to_string())?;
    let https = config.base_url.starts_with("https://");
    if !https {
        tracing::warn!(
            "BASE_URL is not https: cookies can be read on the way. Good for trying out, never for a real city."
        );
    }
    let post = Post::from_url(&config.smtp_url).map_err(|e| e.to_string())?;
    let mailer = Mailer { post, from: config.mail_from.clone(), base_url: config.base_url.clone() };
    let app = App {
        world: world.clone(),
        base_url: config.base_url.as_str().into(),
        https,
        demo,
        proxies: Arc::new(config.trusted_proxies.clone()),
        letters: config.letters_program.clone().map(Into::into),
        metrics: Some(recorder()?),
    };
    let listener = tokio::net::TcpListener::bind(config.listen).await.map_err(|e| {
        format!(
            "LISTEN {} cannot be used: {e}. Is another program listening there? Choose another port.",
            config.listen
        )
    })?;
    println!("Fijne Buurt: {}", config.base_url);
    let background = tokio::spawn(jobs::run(world, mailer));
    axum::serve(listener, web::router(app).into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stop_signal())
        .await
        .map_err(|e| format!("The server stopped: {e}"))?;
    background.abort();
    Ok(())
}

/// Records figures for the operator; the answer draws them.
fn recorder() -> Result<Arc<dyn Fn() -> String + Send + Sync>, String> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&[0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0])
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|e| format!("The recorder of figures cannot start: {e}"))?;
    Ok(Arc::new(move || {
        handle.run_upkeep();
        handle.render()
    }))
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
