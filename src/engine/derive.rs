//! Names of the variables that the engine computes itself.

/// A variable that neither a person nor the catalogue fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// `self` or `interview`.
    Mode,
    /// The catalogue has an entry for the tool.
    Catalogued,
    /// What the catalogue says the tool is for.
    ToolKind,
    /// Kind of the responsible body.
    Organisation,
    /// Country whose law is cited.
    Jurisdiction,
    /// Somebody processes for us.
    Processor,
    /// Countries of hosting are known.
    HostingKnown,
    /// Strictest class of hosting and access.
    Transfer,
    /// What the safeguard is worth on the day.
    Safeguard,
    /// The certification scheme that carries the transfer is volatile.
    BasisVolatile,
    /// An adequacy decision that covers only some recipients is involved.
    AdequacyLimited,
    /// Where the group's parent sits.
    Parent,
    /// A datum that decided the result is too old.
    Stale,
    /// A datum in any proof is too old.
    Aged,
    /// An answer differs from the catalogue.
    Contradiction,
    /// The answer on the certification differs from a high-confidence fact without evidence.
    CertifiedContradicted,
    /// An authority has judged the tool.
    AuthorityFindings,
}

impl Derived {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Mode,
        Self::Catalogued,
        Self::ToolKind,
        Self::Organisation,
        Self::Jurisdiction,
        Self::Processor,
        Self::HostingKnown,
        Self::Transfer,
        Self::Safeguard,
        Self::BasisVolatile,
        Self::AdequacyLimited,
        Self::Parent,
        Self::Stale,
        Self::Aged,
        Self::Contradiction,
        Self::CertifiedContradicted,
        Self::AuthorityFindings,
    ];

    /// The id of the variable.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::Catalogued => "catalogued",
            Self::ToolKind => "tool_kind",
            Self::Organisation => "organisation",
            Self::Jurisdiction => "jurisdiction",
            Self::Processor => "processor",
            Self::HostingKnown => "hosting_known",
            Self::Transfer => "transfer",
            Self::Safeguard => "safeguard",
            Self::BasisVolatile => "basis_volatile",
            Self::AdequacyLimited => "adequacy_limited",
            Self::Parent => "parent",
            Self::Stale => "stale",
            Self::Aged => "aged",
            Self::Contradiction => "contradiction",
            Self::CertifiedContradicted => "certified_contradicted",
            Self::AuthorityFindings => "authority_findings",
        }
    }

    /// Its values; bit `n` of a cell is the `n`-th of them.
    pub const fn values(self) -> &'static [&'static str] {
        match self {
            Self::Mode => &["self", "interview"],
            Self::ToolKind => &["meeting", "messenger", "screen_sharing", "both"],
            Self::Organisation => &["company", "public_body", "church", "secrecy_holder", "association"],
            Self::Jurisdiction => &["de", "at", "ch", "other_eea"],
            Self::Transfer => &["none", "adequate", "certified_only", "safeguards"],
            Self::Safeguard => &["valid", "expired", "none"],
            Self::Parent => &["eea", "third_country"],
            _ => &["yes", "no"],
        }
    }

    /// The variables that it is computed from.
    pub const fn inputs(self) -> &'static [&'static str] {
        match self {
            Self::Processor => &["operating_model"],
            Self::HostingKnown => &["hosting_country"],
            Self::Transfer | Self::AdequacyLimited => {
                &["hosting_country", "hosting_known", "eu_or_not", "access_countries"]
            }
            Self::Safeguard => &["transfer_safeguard"],
            Self::BasisVolatile => &["transfer", "certified"],
            Self::Parent => &["parent_country", "operator_country"],
            Self::CertifiedContradicted => &["certified"],
            _ => &[],
        }
    }
}
