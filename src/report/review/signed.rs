//! What was signed: who was heard, opinion, decision, validity, seal, and the lines to sign on.

use super::{lines, pairs};
use crate::domain::Day;
use crate::domain::answer::Mode;
use crate::report::document::Part;
use crate::report::view::Viewed;
use crate::session::signoff::{Trigger, content};
use crate::session::state::voided;

impl Viewed<'_> {
    fn on(&self, day: Option<Day>) -> Option<String> {
        day.map(|day| self.words.day(day))
    }

    /// Label and lines, where there are any.
    fn filled(&self, label: &str, text: &str) -> Option<(String, Vec<String>)> {
        (!text.trim().is_empty()).then(|| (self.words.get(label), lines(text)))
    }

    fn blanks(&self, ids: &[&str]) -> Part {
        Part::Blanks(ids.iter().map(|id| self.words.get(id)).collect())
    }

    /// Others who were heard.
    pub(super) fn heard(&self) -> Vec<Part> {
        let of = |one: &crate::session::signoff::Heard| {
            let who = [Some(one.who.clone()), self.on(one.on)];
            let who: Vec<String> = who.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            (who.join(", "), lines(&one.note))
        };
        pairs(self.session.heard.iter().map(of))
    }

    /// The opinion; where there is none, what can be filled in by hand.
    pub(super) fn opinion(&self) -> Vec<Part> {
        let Some(opinion) = &self.session.opinion else {
            let lines = self.blanks(&["ui-review-opinion-reason", "ui-review-signed-dpo"]);
            return vec![Part::Paragraph(self.words.get("ui-review-opinion")), lines];
        };
        let kind = opinion.kind.map(|kind| self.words.get(&format!("ui-opinion-{}", kind.id())));
        let who = [Some(opinion.by.clone()).filter(|by| !by.is_empty()), self.on(opinion.on)];
        let who: Vec<String> = who.into_iter().flatten().collect();
        let told = [
            Some((self.words.get("ui-opinion-kind"), vec![kind.unwrap_or_else(|| "–".to_owned())])),
            self.filled("ui-review-by", &who.join(", ")),
            self.filled("ui-opinion-text", &opinion.text),
        ];
        vec![Part::Pairs(told.into_iter().flatten().collect()), Part::Paragraph(self.words.get("ui-opinion-note"))]
    }

    /// The decision; where there is none, what can be filled in by hand.
    pub(super) fn decision(&self) -> Vec<Part> {
        if self.session.mode == Mode::SelfAssessment {
            return vec![Part::Paragraph(self.words.get("ui-review-self-no-decision"))];
        }
        let Some(decision) = &self.session.decision else {
            let lines = self.blanks(&[
                "ui-review-decided-scope",
                "ui-review-decided-reason",
                "ui-review-again",
                "ui-review-signed-controller",
            ]);
            return vec![Part::Paragraph(self.words.get("ui-review-decided")), lines];
        };
        let kind = decision.kind.map(|kind| self.words.get(&format!("ui-decision-{}", kind.id())));
        let who = [Some(decision.by.clone()), Some(decision.authority.clone()), self.on(decision.on)];
        let who: Vec<String> = who.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let until = self.on(decision.valid_until);
        let told = [
            Some((self.words.get("ui-decision-kind"), vec![kind.unwrap_or_else(|| "–".to_owned())])),
            self.filled("ui-review-by", &who.join(", ")),
            self.filled("ui-decision-scope", &decision.scope),
            self.filled("ui-decision-reason", &decision.reason),
            Some((
                self.words.get("ui-review-valid"),
                vec![until.unwrap_or_else(|| self.words.get("ui-review-valid-open"))],
            )),
            self.filled("ui-sign-off-review", &self.again()),
            self.filled("ui-review-revoked", &self.revoked()),
        ];
        vec![Part::Pairs(told.into_iter().flatten().collect())]
    }

    /// When it is looked at again, and what makes that necessary earlier.
    fn again(&self) -> String {
        let Some(review) = &self.session.review else { return String::new() };
        let every = review.every.map(|n| self.words.with("ui-review-months", &[("n", &n.to_string())]));
        let known = Trigger::ALL.iter().filter(|trigger| review.has(**trigger));
        let triggers = known.map(|trigger| self.words.get(&format!("ui-trigger-{}", trigger.id())));
        let parts = [self.on(review.due), every].into_iter().flatten().chain(triggers);
        parts.collect::<Vec<_>>().join("; ")
    }

    fn revoked(&self) -> String {
        let Some(one) = &self.session.revocation else { return String::new() };
        let parts = [self.on(one.on), Some(one.by.clone()), Some(one.reason.clone())];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Whether it is sealed, and whether the seal holds on the day judged.
    pub(super) fn sealed(&self) -> Vec<Part> {
        let Some(seal) = self.session.seal() else {
            return vec![Part::Paragraph(self.words.get("ui-review-unsealed"))];
        };
        let day = self.on(seal.on).unwrap_or_default();
        let (revision, hash) = (seal.revision.to_string(), seal.content.clone());
        let arguments =
            [("revision", revision.as_str()), ("day", day.as_str()), ("by", seal.by.as_str()), ("hash", hash.as_str())];
        let mut parts = vec![Part::Paragraph(self.words.with("ui-review-sealed", &arguments))];
        let void = voided(self.session, &content(self.session), self.inquiry.day);
        parts.extend(void.map(|void| Part::Result(self.words.get(&format!("ui-void-{}", void.id())))));
        let open = self.session.open_before_use(self.inquiry.day);
        if self.session.decided().is_some_and(crate::session::signoff::DecisionKind::grants) && !open.is_empty() {
            parts.push(Part::Result(self.words.get("ui-review-not-effective")));
        }
        parts.push(Part::Paragraph(self.words.get("ui-seal-limits")));
        parts
    }

    /// The lines to sign on, with the names below them; none where they stand at opinion and decision already.
    pub(super) fn signatures(&self) -> Vec<Part> {
        let opinion = self.session.opinion.as_ref().map(|one| ("ui-review-signed-dpo", one.by.clone()));
        let decision = self.session.decision.as_ref().map(|one| ("ui-review-signed-controller", one.by.clone()));
        let all = opinion.into_iter().chain(decision).map(|(label, name)| (self.words.get(label), name));
        let all: Vec<(String, String)> = all.collect();
        if all.is_empty() { Vec::new() } else { vec![Part::Signatures(all)] }
    }
}
