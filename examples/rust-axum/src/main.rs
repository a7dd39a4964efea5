//! An application that people sign in to by OpenID Connect. Their role and groups follow what the identity provider says at each login.

mod login;
mod sign_in;

use std::env;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRef, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use axum_extra::extract::cookie::{Cookie, Key, PrivateCookieJar, SameSite};
use idp_group_sync::{AppGroup, PlanStatus, SyncPlan};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

use sign_in::{Pending, Provider, Returned};

const SIGN_IN: &str = "sign-in";
const SESSION: &str = "session";
const SESSION_SECONDS: u64 = 8 * 3600;

#[derive(Clone)]
struct App {
    pool: PgPool,
    provider: Arc<Provider>,
    /// What cookies are encrypted with.
    key: Key,
    /// Whether browsers come by https.
    is_secure: bool,
}

impl FromRef<App> for Key {
    fn from_ref(app: &App) -> Key {
        app.key.clone()
    }
}

/// What a cookie holds of somebody who is signed in. What they may do is looked up at each request.
#[derive(Serialize, Deserialize)]
struct Session {
    subject: String,
    /// In seconds since 1970.
    until: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let variable = |name: &str| env::var(name).with_context(|| format!("the environment has no {name}"));
    login::rules(vec![AppGroup::new("sales"), AppGroup::new("developers")])?;
    let pool = PgPool::connect(&variable("DATABASE_URL")?).await?;
    sqlx::raw_sql(include_str!("../schema.sql")).execute(&pool).await?;
    let address = variable("APP_URL")?;
    let provider = Provider::new(
        variable("OIDC_ISSUER")?,
        variable("OIDC_CLIENT_ID")?,
        variable("OIDC_CLIENT_SECRET")?,
        format!("{address}/callback"),
    )?;
    let app = App {
        pool,
        provider: Arc::new(provider),
        key: Key::derive_from(variable("SESSION_SECRET")?.as_bytes()),
        is_secure: address.starts_with("https:"),
    };
    let routes = Router::new()
        .route("/", get(home))
        .route("/login", get(log_in))
        .route("/callback", get(callback))
        .with_state(app);
    let port = env::var("PORT").unwrap_or_else(|_| "3000".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("localhost:{port}")).await?;
    axum::serve(listener, routes).await?;
    Ok(())
}

/// What somebody has who is signed in.
async fn home(State(app): State<App>, jar: PrivateCookieJar) -> Result<Response, Failed> {
    let session: Option<Session> = app.kept(&jar, SESSION);
    let Some(Session { subject, .. }) = session.filter(|session| session.until > now()) else {
        return Ok((StatusCode::UNAUTHORIZED, "Sign in at /login.").into_response());
    };
    let user = login::membership(&app.pool, &subject).await?.unwrap_or_default();
    let groups: Vec<_> = user.groups.into_iter().map(|group| group.name).collect();
    Ok(Json(serde_json::json!({ "role": user.role, "groups": groups })).into_response())
}

/// Sends a browser to the identity provider.
async fn log_in(State(app): State<App>, jar: PrivateCookieJar) -> Result<(PrivateCookieJar, Redirect), Failed> {
    let (url, pending) = app.provider.begin().await?;
    Ok((jar.add(app.cookie(SIGN_IN, &pending)?), Redirect::to(&url)))
}

/// A browser comes back from the identity provider.
async fn callback(
    State(app): State<App>,
    jar: PrivateCookieJar,
    returned: Result<Query<Returned>, QueryRejection>,
) -> (PrivateCookieJar, Response) {
    let pending = app.kept(&jar, SIGN_IN);
    // Whatever comes, the session before it is over.
    let jar = jar.remove(app.empty(SIGN_IN)).remove(app.empty(SESSION));
    match app.finish(pending, returned).await {
        Ok((session, plan)) if plan.status != PlanStatus::Denied => {
            (jar.add(session), Redirect::to("/").into_response())
        }
        Ok(_) => {
            let message = "Your groups at the identity provider give you no access here. Ask your administrator.";
            (jar, (StatusCode::FORBIDDEN, message).into_response())
        }
        Err(failed) => (jar, failed.into_response()),
    }
}

impl App {
    /// A login: from what a browser kept and brings back to a session and what was decided.
    async fn finish(
        &self,
        pending: Option<Pending>,
        returned: Result<Query<Returned>, QueryRejection>,
    ) -> Result<(Cookie<'static>, SyncPlan), Failed> {
        let failed = |error| Failed(StatusCode::BAD_REQUEST, error);
        let Query(returned) = returned.map_err(|error| failed(error.into()))?;
        let pending = pending.context("no sign-in was begun here").map_err(failed)?;
        let person = self.provider.finish(pending, returned).await.map_err(failed)?;
        let plan = login::login(&self.pool, &person.subject, &person.claims).await?;
        let session = Session {
            subject: person.subject,
            until: now() + SESSION_SECONDS,
        };
        Ok((self.cookie(SESSION, &session)?, plan))
    }

    /// What a browser's cookie holds.
    fn kept<T: for<'de> Deserialize<'de>>(&self, jar: &PrivateCookieJar, name: &str) -> Option<T> {
        serde_json::from_str(jar.get(name)?.value()).ok()
    }

    fn cookie(&self, name: &'static str, value: &impl Serialize) -> Result<Cookie<'static>> {
        let mut cookie = self.empty(name);
        cookie.set_value(serde_json::to_string(value)?);
        Ok(cookie)
    }

    fn empty(&self, name: &'static str) -> Cookie<'static> {
        let cookie = Cookie::build(name).path("/").http_only(true);
        cookie.same_site(SameSite::Lax).secure(self.is_secure).build()
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}

/// What went wrong: told to whoever runs this, not to the browser.
struct Failed(StatusCode, anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Failed {
    fn from(error: E) -> Failed {
        Failed(StatusCode::INTERNAL_SERVER_ERROR, error.into())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let Failed(status, error) = self;
        eprintln!("{error:#}");
        let message = match status {
            StatusCode::BAD_REQUEST => "Signing in failed. Try again at /login.",
            _ => "Something went wrong.",
        };
        (status, message).into_response()
    }
}
