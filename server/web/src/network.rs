//! Where a request comes from, and which proxies are believed about it.

use crate::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

/// Proxies whose `X-Forwarded-For` is believed: addresses and networks. By default those on this machine.
#[derive(Clone, Debug)]
pub struct Proxies(Vec<(IpAddr, u32)>);

impl Default for Proxies {
    fn default() -> Self {
        Self(vec![(IpAddr::from([127, 0, 0, 0]), 8), (IpAddr::from(std::net::Ipv6Addr::LOCALHOST), 128)])
    }
}

impl Proxies {
    /// Reads addresses and networks such as `127.0.0.1, 10.0.3.0/24, fd00::/8`.
    ///
    /// # Errors
    /// The part that is neither.
    pub fn parse(text: &str) -> Result<Self, String> {
        let part = |part: &str| {
            let (ip, bits) = part.split_once('/').map_or((part, None), |(ip, bits)| (ip, Some(bits)));
            let ip = ip.parse::<IpAddr>().ok()?;
            let most = if ip.is_ipv4() { 32 } else { 128 };
            let bits = bits.map_or(Some(most), |bits| bits.parse().ok().filter(|bits| *bits <= most))?;
            Some((ip, bits))
        };
        let parts = text.split([',', ' ']).filter(|p| !p.is_empty());
        parts.map(|p| part(p).ok_or_else(|| p.to_owned())).collect::<Result<_, _>>().map(Self)
    }

    fn believed(&self, ip: IpAddr) -> bool {
        self.0.iter().any(|(network, bits)| match (network, ip) {
            (IpAddr::V4(n), IpAddr::V4(ip)) => (n.to_bits() ^ ip.to_bits()).leading_zeros() >= *bits,
            (IpAddr::V6(n), IpAddr::V6(ip)) => (n.to_bits() ^ ip.to_bits()).leading_zeros() >= *bits,
            _ => false,
        })
    }

    /// Whose request it is: the peer, or what believed proxies say, read from the last one back.
    fn origin(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let told = headers.get_all("x-forwarded-for").iter().filter_map(|v: &HeaderValue| v.to_str().ok());
        let told: Vec<&str> = told.flat_map(|v| v.split(',')).map(str::trim).collect();
        let mut ip = peer.to_canonical();
        for next in told.iter().rev() {
            let Ok(next) = next.parse::<IpAddr>() else { break };
            if !self.believed(ip) {
                break;
            }
            ip = next.to_canonical();
        }
        ip
    }
}

/// The network a request comes from, for limits: an IPv4 address, or the /64 of an IPv6 address.
pub(crate) struct Network(pub String);

impl FromRequestParts<App> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let Some(peer) = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip()) else {
            return Ok(Self("unknown".into()));
        };
        warn_once(&app.proxies, peer.to_canonical(), &parts.headers);
        Ok(Self(name(app.proxies.origin(peer, &parts.headers))))
    }
}

fn name(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => v6.segments()[..4].iter().map(|s| format!("{s:x}:")).collect(),
    }
}

/// A proxy that is not believed makes everybody one network: the operator should know.
fn warn_once(proxies: &Proxies, peer: IpAddr, headers: &HeaderMap) {
    static TOLD: Once = Once::new();
    let near = match peer {
        IpAddr::V4(v4) => v4.is_private(),
        IpAddr::V6(v6) => v6.is_unique_local(),
    };
    if near && headers.contains_key("x-forwarded-for") && !proxies.believed(peer) {
        TOLD.call_once(|| {
            tracing::warn!(%peer, "X-Forwarded-For comes from an address that is not in TRUSTED_PROXIES and is ignored: if it is your proxy, add it");
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(proxies: &str, peer: &str, told: &[&'static str]) -> String {
        let proxies = if proxies.is_empty() { Proxies::default() } else { Proxies::parse(proxies).unwrap() };
        let headers = told.iter().map(|v| ("x-forwarded-for".parse().unwrap(), HeaderValue::from_static(v))).collect();
        name(proxies.origin(peer.parse().unwrap(), &headers))
    }

    #[test]
    fn only_believed_proxies_tell_where_a_request_comes_from() {
        assert_eq!(origin("", "127.0.0.1", &["192.0.2.7"]), "192.0.2.7");
        assert_eq!(origin("", "::1", &["192.0.2.7"]), "192.0.2.7");
        assert_eq!(origin("", "::ffff:127.0.0.1", &["192.0.2.7"]), "192.0.2.7");
        // Behind a NAT or in a container everybody comes from a private address, and can say anything.
        assert_eq!(origin("", "172.17.0.1", &["192.0.2.7"]), "172.17.0.1");
        assert_eq!(origin("", "10.0.0.2", &["192.0.2.7"]), "10.0.0.2");
        assert_eq!(origin("10.0.0.0/30", "10.0.0.2", &["192.0.2.7"]), "192.0.2.7");
        assert_eq!(origin("10.0.0.0/30", "10.0.0.5", &["192.0.2.7"]), "10.0.0.5");
        // What stands before the first that is not believed was written by the client.
        assert_eq!(origin("", "127.0.0.1", &["203.0.113.1, 192.0.2.7"]), "192.0.2.7");
        assert_eq!(origin("127.0.0.1 10.0.0.2", "127.0.0.1", &["203.0.113.1, 192.0.2.7", "10.0.0.2"]), "192.0.2.7");
        assert_eq!(origin("", "127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(origin("", "2001:db8:1:2:3::4", &[]), "2001:db8:1:2:");
    }

    #[test]
    fn wrong_proxies_are_named() {
        for wrong in ["proxy", "10.0.0.0/33", "10.0.0.0/x", "/8"] {
            assert_eq!(Proxies::parse(&format!("::1, {wrong}")).unwrap_err(), wrong);
        }
        assert!(Proxies::parse("fd00::/8").unwrap().believed("fd12::1".parse().unwrap()));
        assert!(Proxies::parse("0.0.0.0/0").unwrap().believed("192.0.2.1".parse().unwrap()));
    }
}
