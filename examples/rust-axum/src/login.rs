//! A login from its verified claims to what the user has: locked, read, decided, carried out and noted, in one transaction.

use std::time::Duration;

use anyhow::Result;
use idp_group_sync::{
    AppGroup, Catalog, ClaimOptions, ClaimValue, GroupSync, GroupSyncConfig, GroupSyncError, Guards, Membership,
    NoMatch, PlanOptions, PlanStatus, Policy, SyncPlan,
};
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor, PgPool};

/// The roles, lowest first.
const ROLES: [&str; 3] = ["member", "editor", "owner"];
const MAPPING: &str = "IT Operations -> owner, Engineering -> developers, Sales Team -> sales";
const ATTEMPTS: u32 = 5;

/// The rules, for the groups that there are. To compile a mapping of a few lines takes microseconds; keep a long one compiled for as
/// long as the groups stay the same.
pub fn rules(groups: Vec<AppGroup>) -> Result<GroupSync, GroupSyncError> {
    GroupSync::new(GroupSyncConfig {
        mapping: MAPPING.to_owned(),
        claim: ClaimOptions::named("groups"),
        catalog: Catalog::new(Some(ROLES.map(str::to_owned).to_vec()), groups)?,
        policy: Policy::default().with_no_match(NoMatch::Deny), // whose groups give nothing may not come in
    })
}

/// Decides a login and carries it out. Nothing was changed where this fails, and then nobody may come in; nor may they where the plan
/// is [`PlanStatus::Denied`].
pub async fn login(pool: &PgPool, subject: &str, claims: &ClaimValue) -> Result<SyncPlan> {
    let mut attempt = 1;
    loop {
        match transaction(pool, subject, claims).await {
            Err(error) if attempt < ATTEMPTS && is_retryable(&error) => {
                tokio::time::sleep(Duration::from_millis(20) * attempt).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

/// Whether the database gave up on a transaction for the sake of another: serialization failure, or deadlock.
fn is_retryable(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<sqlx::Error>();
    let code = error.and_then(|error| error.as_database_error()?.code());
    matches!(code.as_deref(), Some("40001" | "40P01"))
}

async fn transaction(pool: &PgPool, subject: &str, claims: &ClaimValue) -> Result<SyncPlan> {
    // Each statement sees what was committed before it began. What is not committed is rolled back, whatever happens.
    let mut transaction = pool.begin_with("begin isolation level read committed").await?;
    let db = &mut *transaction;

    // One login at a time, so that no two owners count each other while both lose the role. Whatever else changes roles takes this lock too.
    sqlx::query("select pg_advisory_xact_lock(hashtext('roles'))")
        .execute(&mut *db)
        .await?;

    let groups = sqlx::query_as("select name, requires from groups order by name");
    let groups: Vec<(String, Option<String>)> = groups.fetch_all(&mut *db).await?;
    let groups = groups.into_iter().map(|(name, requires)| AppGroup { name, requires });
    let sync = rules(groups.collect())?;

    let present = membership(&mut *db, subject).await?.unwrap_or_default();
    let other_owners = sqlx::query_scalar("select exists (select from users where subject <> $1 and role = $2)");
    let other_owners: bool = other_owners.bind(subject).bind(ROLES[2]).fetch_one(&mut *db).await?;
    let options = PlanOptions::default().with_guards(Guards::default().with_last_admin(!other_owners));
    let plan = sync.plan(claims, &present, &options)?;

    if plan.status == PlanStatus::Change {
        carry_out(db, subject, &plan).await?;
    }
    sqlx::query("insert into audit (subject, outcome, plan) values ($1, $2, $3::json)")
        .bind(subject)
        .bind(plan.status.to_string())
        .bind(serde_json::to_string(&plan)?)
        .execute(&mut *db)
        .await?;
    transaction.commit().await?;
    Ok(plan)
}

/// What a user has, if there is such a user.
pub async fn membership(db: impl PgExecutor<'_>, subject: &str) -> Result<Option<Membership>> {
    let found = sqlx::query_scalar(
        "select json_build_object('role', role, 'roleGrantedBy', role_granted_by, 'groups',
           (select coalesce(json_agg(json_build_object('name', name, 'grantedBy', granted_by) order by name), '[]')
            from user_groups g where g.subject = u.subject))
         from users u where subject = $1",
    );
    let found: Option<Json<Membership>> = found.bind(subject).fetch_optional(db).await?;
    Ok(found.map(|Json(membership)| membership))
}

async fn carry_out(db: &mut PgConnection, subject: &str, plan: &SyncPlan) -> Result<()> {
    if plan.role.from.as_ref() != Some(&plan.role.to) {
        sqlx::query(
            "insert into users (subject, role, role_granted_by) values ($1, $2, 'sync')
             on conflict (subject) do update set role = excluded.role, role_granted_by = 'sync'",
        )
        .bind(subject)
        .bind(&plan.role.to)
        .execute(&mut *db)
        .await?;
    }
    sqlx::query("delete from user_groups where subject = $1 and name = any($2)")
        .bind(subject)
        .bind(&plan.leave)
        .execute(&mut *db)
        .await?;
    sqlx::query("insert into user_groups (subject, name, granted_by) select $1, unnest($2::text[]), 'sync'")
        .bind(subject)
        .bind(&plan.join)
        .execute(&mut *db)
        .await?;
    Ok(())
}
