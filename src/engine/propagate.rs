//! One pass over the variables: what is possible, given the answers, the facts and what a search assumes.

use super::derive::Derived;
use super::expr::{Cell, Index, Limit, NOT_APPLICABLE};
use super::frame::{NO_COUNTRY, Said};
use super::law::TransferClass;
use super::model::Source;
use super::situation::Situation;
use crate::domain::condition::Truth;

const YES: u64 = 1;
const NO: u64 = 2;

impl Situation<'_> {
    /// The editions still possible, one bit each; never empty.
    pub fn editions(&self, limits: &[Limit]) -> u64 {
        let edition = self.frame.model.known.edition;
        let assumed = edition.map_or(u64::MAX, |edition| limits[usize::from(edition)].can);
        match self.possible_editions() & assumed {
            0 => self.possible_editions(),
            some => some,
        }
    }

    /// The same with nothing assumed.
    pub fn possible_editions(&self) -> u64 {
        let all = u64::MAX >> (64 - self.rows.len().min(62));
        let edition = self.frame.model.known.edition;
        match edition.map_or(all, |edition| self.rows[0].cells[usize::from(edition)].can & all) {
            0 => all,
            some => some,
        }
    }

    /// What a question, fact or constant is before its condition is looked at.
    pub fn ground(&self, index: Index, editions: u64, limits: &[Limit]) -> Cell {
        let at = usize::from(index);
        if !self.frame.model.vars[at].by_edition {
            return limits[at].apply(self.rows[0].cells[at]);
        }
        let mut rest = editions;
        let mut cell: Option<Cell> = None;
        while rest != 0 {
            let row = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let one = limits[at].apply(self.rows[row].cells[at]);
            cell = Some(cell.map_or(one, |known| known.either(one)));
        }
        cell.unwrap_or(self.rows[0].cells[at])
    }

    /// What a variable can be, given the cells of those before it.
    pub fn cell(&self, index: Index, editions: u64, limits: &[Limit], cells: &[Cell]) -> Cell {
        match &self.frame.model.vars[usize::from(index)].source {
            Source::Question(asked) => {
                let ground = self.ground(index, editions, limits);
                match asked.when.eval(cells) {
                    Truth::Yes => ground,
                    Truth::Unknown => ground.or_off(),
                    Truth::No => Cell::off(ground.several),
                }
            }
            Source::Derived(derived) => self.derive(*derived, index, editions, limits, cells),
            _ => self.ground(index, editions, limits),
        }
    }

    fn derive(&self, derived: Derived, index: Index, editions: u64, limits: &[Limit], cells: &[Cell]) -> Cell {
        let known = &self.frame.model.known;
        let get = |index: Option<Index>| index.map_or(Cell::off(false), |index| cells[usize::from(index)]);
        match derived {
            Derived::Processor => self.processor(get(known.operating_model)),
            Derived::HostingKnown => hosting_known(get(known.hosting)),
            Derived::Transfer => transfer(get(known.hosting), get(known.eu_or_not), get(known.access), known.eea),
            Derived::Safeguard => self.safeguard(get(known.safeguard_answer)),
            Derived::BasisVolatile => self.basis_volatile(get(known.transfer), get(known.certified)),
            Derived::AdequacyLimited => self.adequacy_limited(editions, get(known.hosting), get(known.access)),
            Derived::Parent => {
                let parent = get(known.parent);
                // The seat of a catalogue entry is a fact that nobody is asked for, so its condition does not matter here.
                let seat = || known.seat.map(|seat| self.ground(seat, editions, limits));
                parent_of(if parent.is_off() { seat().unwrap_or(parent) } else { parent })
            }
            Derived::Stale => Cell::yes_no(self.stale),
            Derived::Aged => Cell::yes_no(self.aged),
            Derived::Contradiction => self.contradiction(editions, cells),
            Derived::CertifiedContradicted => self.certified_contradicted(editions, get(known.certified)),
            Derived::Mode
            | Derived::Catalogued
            | Derived::ToolKind
            | Derived::Organisation
            | Derived::Jurisdiction
            | Derived::AuthorityFindings => self.ground(index, editions, limits),
        }
    }

    /// Nobody processes for us only on machines of our own.
    fn processor(&self, model: Cell) -> Cell {
        let own = self.frame.model.known.own_servers;
        let mut can = model.can & NOT_APPLICABLE;
        if model.can & own != 0 {
            can |= NO;
        }
        if model.can & !(own | NOT_APPLICABLE) != 0 {
            can |= YES;
        }
        Cell::one_of(can)
    }

    fn safeguard(&self, answer: Cell) -> Cell {
        let worth = self.frame.worth.iter().enumerate();
        let can = worth.filter(|(n, _)| answer.can & (1 << n) != 0).fold(0, |bits, (_, worth)| bits | worth);
        Cell::one_of(can | (answer.can & NOT_APPLICABLE))
    }

    fn basis_volatile(&self, transfer: Cell, certified: Cell) -> Cell {
        let volatile = self.frame.scheme.is_some_and(|scheme| scheme.is_volatile(self.frame.day));
        let listed = transfer.is(TransferClass::CertifiedOnly.bit());
        let yes = self.frame.model.known.listed;
        truth_cell(if volatile { listed.and(certified.is(yes)) } else { Truth::No })
    }

    fn adequacy_limited(&self, editions: u64, hosting: Cell, access: Cell) -> Cell {
        let possible = |flag: fn(&super::situation::Row) -> bool| {
            let rows = self.rows.iter().enumerate().filter(|(n, _)| editions & (1 << n) != 0);
            let (mut some, mut all) = (false, true);
            for (_, row) in rows {
                some |= flag(row);
                all &= flag(row);
            }
            truth(some, all)
        };
        let applies = |cell: Cell| !cell.is(NOT_APPLICABLE);
        let hosting = possible(|row| row.hosting_limited).and(applies(hosting));
        let access = possible(|row| row.access_limited).and(applies(access));
        truth_cell(hosting.or(access))
    }

    fn contradiction(&self, editions: u64, cells: &[Cell]) -> Cell {
        let mut result = Truth::No;
        for (index, differs) in &self.conflicts {
            let at = usize::from(*index);
            if self.said[at] == Said::Value {
                let applies = if cells[at].several { Truth::Yes } else { !cells[at].is(NOT_APPLICABLE) };
                result = result.or(in_editions(*differs, editions).and(applies));
            }
        }
        truth_cell(result)
    }

    fn certified_contradicted(&self, editions: u64, certified: Cell) -> Cell {
        let differs = in_editions(self.certified_conflict(), editions);
        truth_cell(differs.and(!certified.is(NOT_APPLICABLE)))
    }
}

/// Whether something that holds in `those` editions holds in the ones still possible.
const fn in_editions(those: u64, editions: u64) -> Truth {
    truth(those & editions != 0, editions & !those == 0)
}

const fn truth(some: bool, all: bool) -> Truth {
    match (some, all) {
        (true, true) => Truth::Yes,
        (true, false) => Truth::Unknown,
        _ => Truth::No,
    }
}

const fn truth_cell(truth: Truth) -> Cell {
    Cell::one_of(match truth {
        Truth::Yes => YES,
        Truth::No => NO,
        Truth::Unknown => YES | NO,
    })
}

/// No country named: unknown. Not asked: does not apply.
const fn hosting_known(hosting: Cell) -> Cell {
    let mut can = hosting.can & NOT_APPLICABLE;
    if hosting.can & NO_COUNTRY != 0 {
        can |= NO;
    }
    if hosting.can & !(NO_COUNTRY | NOT_APPLICABLE) != 0 {
        can |= YES;
    }
    Cell::one_of(can)
}

/// The strictest class of hosting and access. Hosting without a country is `eu_or_not` alone.
fn transfer(hosting: Cell, eu_or_not: Cell, access: Cell, eea: u64) -> Cell {
    let classes = 0b1111;
    let mut host = hosting.can & classes;
    if hosting.can & NO_COUNTRY != 0 {
        if eu_or_not.can & eea != 0 {
            host |= TransferClass::None.bit();
        }
        if eu_or_not.can & !(eea | NOT_APPLICABLE) != 0 {
            host |= TransferClass::Safeguards.bit();
        }
    }
    let mut reach = access.can & classes;
    if access.can & NOT_APPLICABLE != 0 {
        reach |= TransferClass::None.bit();
    }
    let mut can = hosting.can & NOT_APPLICABLE;
    for (n, class) in TransferClass::ALL.iter().enumerate() {
        // The maximum of two is this class where one is this class and the other is not stricter.
        let up_to = (2 << n) - 1;
        let here = class.bit();
        if (host & here != 0 && reach & up_to != 0) || (reach & here != 0 && host & up_to != 0) {
            can |= here;
        }
    }
    Cell::one_of(can)
}

const fn parent_of(country: Cell) -> Cell {
    let mut can = country.can & NOT_APPLICABLE;
    if country.can & TransferClass::None.bit() != 0 {
        can |= 1;
    }
    if country.can & !(TransferClass::None.bit() | NOT_APPLICABLE) != 0 {
        can |= 2;
    }
    Cell::one_of(can)
}
