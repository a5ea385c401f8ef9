//! What is defined where: the ids that the rest of the check looks up.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{Place, Report};
use crate::domain::bank::DskItem;
use crate::domain::country::Country;
use crate::domain::instrument::Instrument;
use crate::domain::question::{Kind, Question, Section, Variable, VariableKind};
use crate::domain::reference::Reference;
use crate::domain::vendor::Vendor;
use crate::knowledge::document::{Content, Document};

/// The kinds of ids, one name space each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    Section,
    Variable,
    Finding,
    Vendor,
    Country,
    Instrument,
    Reference,
    Dsk,
}

impl Space {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Variable => "variable",
            Self::Finding => "finding",
            Self::Vendor => "vendor",
            Self::Country => "country",
            Self::Instrument => "instrument",
            Self::Reference => "reference",
            Self::Dsk => "DSK item",
        }
    }
}

/// The entry that an id stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry<'a> {
    Question(&'a Question),
    Variable(&'a Variable),
    Instrument(&'a Instrument),
    Other,
}

/// An entry and the place of its id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Defined<'a> {
    pub(super) entry: Entry<'a>,
    pub(super) place: Place<'a>,
}

/// What a variable can hold.
#[derive(Debug)]
pub(super) enum Holds<'a> {
    Values { ids: Vec<&'a str>, multiple: bool },
    Countries,
    Text,
}

type Key<'a> = (Space, Option<&'a str>, &'a str);

/// The entries of one id: they belong to different vendors, or to the bank (none).
type Owned<'a> = Vec<(Option<&'a str>, Defined<'a>)>;

/// All ids in force: where a file replaces a built-in entry, only the file's.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    defined: BTreeMap<Space, BTreeMap<&'a str, Owned<'a>>>,
    /// The editions of all vendors.
    editions: BTreeSet<&'a str>,
    unread: &'a BTreeSet<String>,
}

impl<'a> Scope<'a> {
    pub(super) fn build(documents: &'a [Document], unread: &'a BTreeSet<String>, report: &mut Report) -> Self {
        let mut scope = Self { defined: BTreeMap::new(), editions: BTreeSet::new(), unread };
        // The vendors come last: their own ids must not clash with those of the bank.
        for document in documents {
            let root = Place::root(document);
            match &document.content {
                Content::Section(section) => scope.section(section, root, report),
                Content::Countries(list) => {
                    scope.list(
                        Space::Country,
                        list,
                        "code",
                        |one: &Country| (one.code.as_str(), Entry::Other),
                        root,
                        report,
                    );
                }
                Content::Instruments(list) => {
                    scope.list(
                        Space::Instrument,
                        list,
                        "id",
                        |one: &Instrument| (one.id.as_str(), Entry::Instrument(one)),
                        root,
                        report,
                    );
                }
                Content::References(list) => {
                    scope.list(
                        Space::Reference,
                        list,
                        "id",
                        |one: &Reference| (one.id.as_str(), Entry::Other),
                        root,
                        report,
                    );
                }
                Content::Dsk(list) => {
                    scope.list(Space::Dsk, list, "item", |one: &DskItem| (&*one.item, Entry::Other), root, report);
                }
                Content::Vendor(vendor) => {
                    scope.editions.extend(vendor.editions.iter().map(|edition| edition.id.as_str()));
                    scope.define((Space::Vendor, None, vendor.id.as_str()), Entry::Other, root.field("id"), report);
                }
                Content::Memberships(_) => {}
            }
        }
        for document in documents {
            if let Content::Vendor(vendor) = &document.content
                && scope.is_current_vendor(document, vendor)
            {
                scope.follow_ups(vendor, Place::root(document), report);
            }
        }
        scope
    }

    fn list<T>(
        &mut self,
        space: Space,
        list: &'a [T],
        field: &str,
        describe: impl Fn(&'a T) -> (&'a str, Entry<'a>),
        root: Place<'a>,
        report: &mut Report,
    ) {
        for (n, one) in list.iter().enumerate() {
            let (id, entry) = describe(one);
            self.define((space, None, id), entry, root.item(n).field(field), report);
        }
    }

    fn section(&mut self, section: &'a Section, root: Place<'a>, report: &mut Report) {
        self.define((Space::Section, None, section.id.as_str()), Entry::Other, root.field("id"), report);
        self.rules(None, &section.variables, &section.questions, root, report);
        for (n, finding) in section.findings.iter().enumerate() {
            let place = root.entry("findings", n).field("id");
            self.define((Space::Finding, None, finding.id.as_str()), Entry::Other, place, report);
        }
    }

    fn rules(
        &mut self,
        vendor: Option<&'a str>,
        variables: &'a [Variable],
        questions: &'a [Question],
        root: Place<'a>,
        report: &mut Report,
    ) {
        for (n, variable) in variables.iter().enumerate() {
            let place = root.entry("variables", n).field("id");
            self.define((Space::Variable, vendor, variable.id.as_str()), Entry::Variable(variable), place, report);
        }
        for (n, question) in questions.iter().enumerate() {
            let place = root.entry("questions", n).field("id");
            self.define((Space::Variable, vendor, question.id.as_str()), Entry::Question(question), place, report);
        }
    }

    fn follow_ups(&mut self, vendor: &'a Vendor, root: Place<'a>, report: &mut Report) {
        let own = Some(vendor.id.as_str());
        self.rules(own, &vendor.variables, &vendor.questions, root, report);
        for (n, finding) in vendor.findings.iter().enumerate() {
            let place = root.entry("findings", n).field("id");
            self.define((Space::Finding, own, finding.id.as_str()), Entry::Other, place, report);
        }
    }

    fn define(&mut self, key: Key<'a>, entry: Entry<'a>, place: Place<'a>, report: &mut Report) {
        let (space, vendor, id) = key;
        let fresh = Defined { entry, place };
        let all = self.defined.entry(space).or_default().entry(id).or_default();
        // An entry of a vendor never takes the place of one of the bank.
        match all.iter_mut().find(|(owner, _)| *owner == vendor || owner.is_none()) {
            Some((owner, old)) if *owner == vendor && !old.place.document().is_file() && place.document().is_file() => {
                *old = fresh;
            }
            Some((_, old)) => {
                let hint = Some(format!("first in {}", old.place.name()));
                report.hinted(place, &format!("{} `{id}` is defined twice", space.word()), hint);
            }
            None => all.push((vendor, fresh)),
        }
    }

    /// The entry of the vendor, else that of the bank.
    pub(super) fn get(&self, space: Space, vendor: Option<&Vendor>, id: &str) -> Option<&Defined<'a>> {
        self.own(space, vendor.map(|vendor| vendor.id.as_str()), id).or_else(|| self.own(space, None, id))
    }

    /// The entry of exactly that vendor, or of exactly the bank.
    pub(super) fn own(&self, space: Space, vendor: Option<&str>, id: &str) -> Option<&Defined<'a>> {
        let all = self.defined.get(&space)?.get(id)?;
        all.iter().find(|(owner, _)| *owner == vendor).map(|(_, defined)| defined)
    }

    /// Whether the id exists, or may exist in a file that could not be parsed.
    pub(super) fn knows(&self, space: Space, vendor: Option<&Vendor>, id: &str) -> bool {
        self.get(space, vendor, id).is_some() || self.unread.contains(id)
    }

    /// Whether a file that could not be parsed mentions the word.
    pub(super) fn is_unread(&self, word: &str) -> bool {
        self.unread.contains(word)
    }

    /// All entries of a name space: vendor, id, entry.
    pub(super) fn entries(&self, space: Space) -> impl Iterator<Item = (Option<&'a str>, &'a str, Defined<'a>)> {
        let ids = self.defined.get(&space).into_iter().flatten();
        ids.flat_map(|(id, all)| all.iter().map(|(owner, defined)| (*owner, *id, *defined)))
    }

    /// All ids of a name space that one can use there.
    pub(super) fn ids(&self, space: Space, vendor: Option<&Vendor>) -> Vec<&'a str> {
        let own = vendor.map(|vendor| vendor.id.as_str());
        let usable = self.entries(space).filter(|(owner, _, _)| owner.is_none() || *owner == own);
        usable.map(|(_, id, _)| id).collect()
    }

    /// The ids of all questions that one can use there.
    pub(super) fn question_ids(&self, vendor: Option<&Vendor>) -> Vec<&'a str> {
        let own = vendor.map(|vendor| vendor.id.as_str());
        let usable = self.questions().filter(|(owner, _, _)| owner.is_none() || *owner == own);
        usable.map(|(_, question, _)| question.id.as_str()).collect()
    }

    /// All current questions with the vendor they belong to.
    pub(super) fn questions(&self) -> impl Iterator<Item = (Option<&'a str>, &'a Question, Place<'a>)> {
        self.entries(Space::Variable).filter_map(|(owner, _, defined)| match defined.entry {
            Entry::Question(question) => Some((owner, question, defined.place)),
            _ => None,
        })
    }

    /// Whether no later file replaces the entry.
    pub(super) fn is_current(&self, space: Space, vendor: Option<&Vendor>, id: &str, place: Place<'_>) -> bool {
        self.get(space, vendor, id).is_none_or(|defined| std::ptr::eq(defined.place.document(), place.document()))
    }

    pub(super) fn is_current_vendor(&self, document: &Document, vendor: &Vendor) -> bool {
        self.is_current(Space::Vendor, None, vendor.id.as_str(), Place::root(document))
    }

    /// What the variable can hold; none for an unknown one.
    pub(super) fn holds(&self, vendor: Option<&'a Vendor>, id: &str) -> Option<Holds<'a>> {
        match self.get(Space::Variable, vendor, id)?.entry {
            Entry::Question(question) => Some(match &question.kind {
                Kind::Choice(_) if question.id == "edition" => {
                    Holds::Values { ids: self.editions(vendor), multiple: false }
                }
                Kind::Choice(choices) | Kind::Choices(choices) => Holds::Values {
                    ids: choices.iter().map(|choice| choice.id.as_str()).collect(),
                    multiple: matches!(question.kind, Kind::Choices(_)),
                },
                Kind::Countries => Holds::Countries,
                Kind::Text => Holds::Text,
            }),
            Entry::Variable(variable) => Some(match variable.kind {
                VariableKind::Countries => Holds::Countries,
                VariableKind::Values => Holds::Values {
                    ids: variable.values.iter().map(|value| value.id.as_str()).collect(),
                    multiple: variable.multiple,
                },
            }),
            _ => None,
        }
    }

    /// The editions of one vendor; in the bank those of all, replaced entries included: who replaces the last entry
    /// with a paid edition makes no rule wrong that speaks of paid editions.
    fn editions(&self, vendor: Option<&'a Vendor>) -> Vec<&'a str> {
        match vendor {
            Some(vendor) => vendor.editions.iter().map(|edition| edition.id.as_str()).collect(),
            None => self.editions.iter().copied().collect(),
        }
    }
}
