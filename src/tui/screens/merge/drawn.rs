//! How the screen looks: what comes in, a conflict and its two sides, what was found.

use super::super::super::desk::Desk;
use super::super::super::widgets::Page;
use super::{LONGEST, Merging, ROOMY, Step};
use crate::report::label::Labels;
use crate::report::merged::{fate_id, place, said, strange};
use crate::sanitise::clip;
use crate::session::merge::{Fate, Side};

/// Longest list of what is not understood, in characters.
const LISTED: usize = 200;

impl Merging {
    fn labels<'k>(&self, desk: &Desk<'k>) -> Labels<'k> {
        Labels {
            bank: desk.knowledge.bank(),
            catalogue: desk.knowledge.entries(),
            vendor: desk.knowledge.vendor(&self.gathered.saved.session.vendor),
            language: desk.words.language(),
        }
    }

    pub(super) fn heading(&self, desk: &Desk<'_>, page: &mut Page) {
        let words = &desk.words;
        let Some((name, merge)) = self.gathered.round.present() else {
            let id = if self.step == Step::Done { "ui-merge-done" } else { "ui-merge-all-in" };
            return page.text(&words.get(id), desk.styles.heading);
        };
        page.text(&words.with("ui-merge-title", &[("file", &clip(name, LONGEST))]), desk.styles.heading);
        let all = merge.conflicts().count();
        let (done, waiting) = (all - merge.undecided(), self.gathered.round.waiting());
        let mut progress = words.with("ui-merge-progress", &[("done", &done.to_string()), ("all", &all.to_string())]);
        if waiting > 0 {
            progress = format!("{progress} · {}", words.with("ui-merge-waiting", &[("n", &waiting.to_string())]));
        }
        page.text(&format!("{} · {progress}", self.what(desk)), desk.styles.dim);
        let unknown = strange(merge.points(), &self.labels(desk));
        if !unknown.is_empty() {
            let listed = clip(&unknown.join(", "), LISTED);
            let told = words.with("merge-strange", &[("n", &unknown.len().to_string()), ("list", &listed)]);
            page.text(&told, desk.styles.yellow);
        }
    }

    /// Tool, team and controller: whose assessment this is.
    fn what(&self, desk: &Desk<'_>) -> String {
        let session = &self.gathered.saved.session;
        let tool = match (desk.knowledge.vendor(&session.vendor), session.tool_name()) {
            (Some(vendor), _) => vendor.name.to_string(),
            (None, Some(name)) => clip(name, LONGEST),
            (None, None) => desk.words.get("ui-other-tool"),
        };
        let parts = [&session.subject.team, &session.subject.controller].map(|part| clip(part, LONGEST));
        let filled = parts.into_iter().filter(|part| !part.is_empty());
        std::iter::once(tool).chain(filled).collect::<Vec<_>>().join(" · ")
    }

    /// A conflict and its two sides.
    pub(super) fn conflict(&self, desk: &Desk<'_>, page: &mut Page) {
        let conflicts = self.conflicts();
        let Some(point) = conflicts.get(self.at) else { return };
        let (words, labels) = (&desk.words, self.labels(desk));
        page.gap();
        let what = place(&point.place, &labels, desk.today, words);
        let number = format!("{}/{}  ", self.at + 1, conflicts.len());
        let indent = " ".repeat(number.chars().count());
        page.indented(&number, &indent, &what, desk.styles.key);
        page.gap();
        for (n, (side, id)) in [(Side::Ours, "merge-ours"), (Side::Theirs, "merge-theirs")].into_iter().enumerate() {
            let on = self.selected == Some(n);
            let mark = if point.choice == Some(side) { "(•)" } else { "( )" };
            let begin = format!("{} {} {mark} ", if on { "›" } else { " " }, n + 1);
            let style = if on { desk.styles.selected } else { desk.styles.text };
            let lines = said(point, side, &labels, words);
            if n > 0 && desk.size.1 >= ROOMY {
                page.gap();
            }
            page.item(n, on, |page| {
                for (line, text) in lines.iter().enumerate() {
                    if line == 0 {
                        page.indented(&begin, "        ", &format!("{}: {text}", words.get(id)), style);
                    } else {
                        page.indented("        ", "        ", text, desk.styles.dim);
                    }
                }
            });
        }
        page.gap();
        page.text(&words.get("ui-merge-kept"), desk.styles.dim);
    }

    /// What becomes of the seal, before anything is written.
    pub(super) fn warning(&self, desk: &Desk<'_>, page: &mut Page) {
        let Some(revision) = self.voids.filter(|_| self.step != Step::Done).map(|revision| revision.to_string()) else {
            return;
        };
        let asks = self.step == Step::Sealed;
        let id = if asks { "merge-voids" } else { "ui-merge-sealed" };
        page.text(&desk.words.with(id, &[("revision", &revision)]), desk.styles.red);
        if asks {
            page.gap();
            page.text(&desk.words.get("ui-merge-sealed-ask"), desk.styles.heading);
        }
    }

    /// What was found in all copies so far.
    pub(super) fn summary(&self, desk: &Desk<'_>, page: &mut Page) {
        let words = &desk.words;
        let round = &self.gathered.round;
        for fate in [Fate::Theirs, Fate::United, Fate::Alike, Fate::Conflict] {
            let n = round.count(fate);
            if n > 0 {
                let id = if fate == Fate::Conflict {
                    "ui-merge-decided".to_owned()
                } else {
                    format!("merge-{}", fate_id(fate))
                };
                page.indented("• ", "  ", &words.with(&id, &[("n", &n.to_string())]), desk.styles.text);
            }
        }
    }
}
