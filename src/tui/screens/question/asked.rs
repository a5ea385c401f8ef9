//! The question in words, with its answers, and what another answer would put aside.
//!
//! ```text
//!  Vertrag
//!  Hat Ihre Organisation mit dem Anbieter einen AV-Vertrag?
//!
//!    1  ( ) Ja
//!  › 2  (•) Nein
//!    3  ( ) Weiß ich nicht
//! ```

use super::super::super::choose::{Choosing, Offer};
use super::super::super::desk::Desk;
use super::super::super::sitting::Sitting;
use super::super::super::widgets::Page;
use super::background::background;
use crate::domain::answer::{Mode, Value};
use crate::domain::question::Question as Asked;
use crate::report::label::Labels;

/// Words of bank and catalogue for the tool of an assessment.
pub fn labels<'a>(desk: &'a Desk<'_>, sitting: &Sitting<'a>) -> Labels<'a> {
    Labels {
        bank: desk.knowledge.bank(),
        catalogue: desk.knowledge.entries(),
        vendor: sitting.vendor,
        language: desk.words.language(),
    }
}

/// The question with its answers, and why it is asked where there is no pane for it.
pub fn question(desk: &Desk<'_>, page: &mut Page, choosing: &Choosing, with_background: bool) {
    let Some(sitting) = &desk.sitting else { return };
    let Some(question) = sitting.question(&choosing.id) else { return };
    let section = desk.knowledge.bank().questions().find(|(_, one)| one.id == question.id);
    let title = section.map_or_else(
        || desk.words.get("ui-follow-up-section"),
        |(section, _)| section.title.get(desk.words.language()).to_owned(),
    );
    let further = if question.further { format!(" · {}", desk.words.get("ui-further")) } else { String::new() };
    page.text(&format!("{title}{further}"), desk.styles.dim);
    page.text(&wording(desk, sitting, question), desk.styles.heading);
    page.gap();
    desk.last_time(&choosing.id, page);
    if choosing.types() {
        typed(desk, sitting, page, choosing);
    }
    for (n, offer) in choosing.offers(desk.knowledge.bank()).iter().enumerate() {
        let on = choosing.cursor == Some(n);
        page.item(n, on, |page| offered(desk, sitting, page, choosing, n, offer));
    }
    if choosing.several() {
        page.gap();
        page.text(&desk.words.get("ui-several"), desk.styles.dim);
    }
    retired(desk, sitting, page, choosing);
    page.gap();
    if with_background {
        background(desk, page, choosing);
    }
}

/// The question's words with the marks filled in.
pub fn wording(desk: &Desk<'_>, sitting: &Sitting<'_>, question: &Asked) -> String {
    let vendor = sitting.vendor.map_or_else(|| desk.words.get("ui-other-tool"), |vendor| vendor.name.to_string());
    let law = crate::engine::law::Law::from(desk.knowledge.bank());
    let scheme = law.scheme(sitting.judged_day(), &[]).map_or("–", |scheme| scheme.title.get(desk.words.language()));
    let text = question.wording(sitting.session().mode).get(desk.words.language());
    text.replace("{vendor}", &vendor)
        .replace("{scheme}", scheme)
        .replace("{date}", &desk.words.day(sitting.judged_day()))
}

fn typed(desk: &Desk<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    if choosing.asks_countries() {
        if !choosing.countries.is_empty() {
            let value = Value::Countries(choosing.countries.clone());
            let names = labels(desk, sitting).value(&choosing.id, &value);
            page.indented(
                "",
                "   ",
                &format!("{}: {names}", desk.words.get("ui-countries-chosen")),
                desk.styles.selected,
            );
        }
        page.text(&format!("› {}", choosing.input.shown(page.columns() - 2)), desk.styles.text);
        page.text(&desk.words.get("ui-countries-hint"), desk.styles.dim);
        if choosing.names_a_region() {
            page.text(&desk.words.get("ui-countries-region"), desk.styles.yellow);
        } else if !choosing.input.is_blank() && choosing.offers(desk.knowledge.bank()).is_empty() {
            page.text(&desk.words.get("ui-countries-no-match"), desk.styles.yellow);
        }
    } else {
        page.text(&format!("› {}", choosing.input.shown(page.columns() - 2)), desk.styles.text);
        page.text(&desk.words.get("ui-text-hint"), desk.styles.dim);
    }
    page.gap();
}

fn offered(desk: &Desk<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing, n: usize, offer: &Offer) {
    let on = choosing.cursor == Some(n);
    let language = desk.words.language();
    let (text, hint, marked) = match offer {
        Offer::Choice(id, text, hint) => {
            let marked = if choosing.several() { choosing.marked.contains(id) } else { on };
            (text.get(language).to_owned(), hint.as_ref().map(|hint| hint.get(language).to_owned()), marked)
        }
        Offer::Country(code) => {
            let name = labels(desk, sitting).value(&choosing.id, &Value::Country(*code));
            (format!("{name} ({code})"), None, on)
        }
        Offer::NoCountry => (desk.words.get("ui-countries-none"), None, on),
        Offer::DontKnow => {
            let id = if sitting.session().mode == Mode::SelfAssessment { "ui-dont-know-self" } else { "ui-dont-know" };
            (desk.words.get(id), None, if choosing.several() { choosing.dont_know } else { on })
        }
    };
    let boxed = match (choosing.several(), marked) {
        (true, true) => "[x]",
        (true, false) => "[ ]",
        (false, true) => "(•)",
        (false, false) => "( )",
    };
    let first = format!("{} {}  {boxed} ", if on { "›" } else { " " }, n + 1);
    let style = if on { desk.styles.selected } else { desk.styles.text };
    page.indented(&first, "         ", &text, style);
    if let Some(hint) = hint {
        page.indented("         ", "         ", &hint, desk.styles.dim);
    }
}

/// Says which answers a change would put aside, before it does.
fn retired(desk: &Desk<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(value) = choosing.value(desk.knowledge.bank()).filter(|_| choosing.touched) else { return };
    let retired = sitting.retires(&choosing.id, &value);
    if retired.is_empty() {
        return;
    }
    let labels = labels(desk, sitting);
    let names: Vec<String> = retired.iter().map(|id| labels.variable(id)).collect();
    page.gap();
    page.text(&desk.words.with("ui-retires", &[("questions", &names.join(" · "))]), desk.styles.yellow);
}
