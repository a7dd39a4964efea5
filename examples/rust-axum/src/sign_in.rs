//! Signing in by OpenID Connect: the way to the identity provider, and back with claims that are verified.

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use idp_group_sync::ClaimValue;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, TokenResponse, reqwest,
};
use serde::{Deserialize, Serialize};

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The identity provider, and what this application is to it.
pub struct Provider {
    http: reqwest::Client,
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    redirect: RedirectUrl,
}

/// What a browser keeps while it is at the identity provider.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

/// What a browser comes back with.
#[derive(Deserialize)]
pub struct Returned {
    state: String,
    code: AuthorizationCode,
}

/// Somebody who has signed in.
pub struct Person {
    /// Who, forever: a `sub` is unique for its issuer only.
    pub subject: String,
    /// All that the verified ID token says.
    pub claims: ClaimValue,
}

impl Provider {
    pub fn new(issuer: String, client_id: String, client_secret: String, redirect: String) -> Result<Provider> {
        // A provider is no reason to go anywhere else.
        let http = reqwest::ClientBuilder::new().redirect(reqwest::redirect::Policy::none());
        Ok(Provider {
            http: http.timeout(std::time::Duration::from_secs(10)).build()?,
            issuer: IssuerUrl::new(issuer)?,
            client_id: ClientId::new(client_id),
            client_secret: ClientSecret::new(client_secret),
            redirect: RedirectUrl::new(redirect)?,
        })
    }

    /// Asks the provider for its addresses and keys: each time, so that keys may change. Keep the answer where there are many logins.
    async fn client(&self) -> Result<Client> {
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await?;
        let client =
            CoreClient::from_provider_metadata(metadata, self.client_id.clone(), Some(self.client_secret.clone()));
        Ok(client.set_redirect_uri(self.redirect.clone()))
    }

    /// Where to send a browser, and what it has to bring back.
    pub async fn begin(&self) -> Result<(String, Pending)> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client().await?;
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let (url, state, nonce) = request.set_pkce_challenge(challenge).url();
        Ok((url.into(), Pending { state, nonce, verifier }))
    }

    /// Who has come back; an error where anything is not in order.
    pub async fn finish(&self, pending: Pending, returned: Returned) -> Result<Person> {
        ensure!(
            &returned.state == pending.state.secret(),
            "this sign-in was begun elsewhere"
        );
        let client = self.client().await?;
        let exchange = client.exchange_code(returned.code)?.set_pkce_verifier(pending.verifier);
        let tokens = exchange.request_async(&self.http).await?;
        let token = tokens.id_token().context("the identity provider gave no ID token")?;
        // The signature, the issuer, the audience, the times and the nonce.
        let verified = token.claims(&client.id_token_verifier(), &pending.nonce)?;
        let subject = format!("{} {}", verified.issuer().as_str(), verified.subject().as_str());
        // The claims as they stand in the token, `groups` and whatever else the rules may look at.
        let token = token.to_string();
        let payload = token.split('.').nth(1).context("an ID token has three parts")?;
        let claims = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(payload)?)?.parse()?;
        Ok(Person { subject, claims })
    }
}
