//! A question.
//!
//! ```text
//!  Vertrag
//!  Hat Ihre Organisation mit dem Anbieter einen AV-Vertrag?
//!
//!    1  ( ) Ja
//!  › 2  (•) Nein
//!    3  ( ) Weiß ich nicht
//!
//!  Warum wird das gefragt?   Art. 28 Abs. 3 DSGVO
//! ```

use crate::domain::answer::{Mode, Value};
use crate::domain::question::Question;
use crate::domain::vendor::Fact;
use crate::report::label::Labels;
use crate::sanitise::sanitise;

use super::super::app::App;
use super::super::choose::{Choosing, Offer};
use super::super::sitting::Sitting;
use super::super::widgets::Page;

fn labels<'a>(app: &'a App<'_>, sitting: &Sitting<'a>) -> Labels<'a> {
    Labels { bank: app.knowledge.bank(), vendor: sitting.vendor, language: app.words.language() }
}

/// The question with its answers, and why it is asked where there is no pane for it.
pub fn question(app: &App<'_>, page: &mut Page, choosing: &Choosing, with_background: bool) {
    let Some(sitting) = &app.sitting else { return };
    let Some(question) = sitting.question(&choosing.id) else { return };
    let section = app.knowledge.bank().questions().find(|(_, one)| one.id == question.id);
    let title = section.map_or_else(
        || app.words.get("ui-follow-up-section"),
        |(section, _)| section.title.get(app.words.language()).to_owned(),
    );
    page.text(&title, app.styles.dim);
    page.text(&wording(app, sitting, question), app.styles.heading);
    page.gap();
    if choosing.types() {
        typed(app, sitting, page, choosing);
    }
    for (n, offer) in choosing.offers(app.knowledge.bank()).iter().enumerate() {
        let on = choosing.cursor == Some(n);
        page.focused(on, |page| offered(app, sitting, page, choosing, n, offer));
    }
    if choosing.several() {
        page.gap();
        page.text(&app.words.get("ui-several"), app.styles.dim);
    }
    retired(app, sitting, page, choosing);
    page.gap();
    if with_background {
        background(app, page, choosing);
    }
}

/// The question's words with the marks filled in.
fn wording(app: &App<'_>, sitting: &Sitting<'_>, question: &Question) -> String {
    let vendor = sitting.vendor.map_or_else(|| app.words.get("ui-other-tool"), |vendor| vendor.name.to_string());
    let law = crate::engine::law::Law::from(app.knowledge.bank());
    let scheme = law.scheme(sitting.judged_day(), &[]).map_or("–", |scheme| scheme.title.get(app.words.language()));
    let text = question.wording(sitting.session().mode).get(app.words.language());
    text.replace("{vendor}", &vendor)
        .replace("{scheme}", scheme)
        .replace("{date}", &app.words.day(sitting.judged_day()))
}

fn typed(app: &App<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    if choosing.asks_countries() {
        if !choosing.countries.is_empty() {
            let value = Value::Countries(choosing.countries.clone());
            let names = labels(app, sitting).value(&choosing.id, &value);
            page.indented(
                "",
                "   ",
                &format!("{}: {names}", app.words.get("ui-countries-chosen")),
                app.styles.selected,
            );
        }
        page.text(&format!("› {}_", sanitise(&choosing.input)), app.styles.text);
        page.text(&app.words.get("ui-countries-hint"), app.styles.dim);
        if !choosing.input.trim().is_empty() && choosing.offers(app.knowledge.bank()).is_empty() {
            page.text(&app.words.get("ui-countries-no-match"), app.styles.yellow);
        }
    } else {
        page.text(&format!("› {}_", sanitise(&choosing.input)), app.styles.text);
        page.text(&app.words.get("ui-text-hint"), app.styles.dim);
    }
    page.gap();
}

fn offered(app: &App<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing, n: usize, offer: &Offer) {
    let on = choosing.cursor == Some(n);
    let language = app.words.language();
    let (text, hint, marked) = match offer {
        Offer::Choice(id, text, hint) => {
            let marked = if choosing.several() { choosing.marked.contains(id) } else { on };
            (text.get(language).to_owned(), hint.as_ref().map(|hint| hint.get(language).to_owned()), marked)
        }
        Offer::Country(code) => {
            let name = labels(app, sitting).value(&choosing.id, &Value::Country(*code));
            (format!("{name} ({code})"), None, on)
        }
        Offer::NoCountry => (app.words.get("ui-countries-none"), None, on),
        Offer::DontKnow => {
            let id = if sitting.session().mode == Mode::SelfAssessment { "ui-dont-know-self" } else { "ui-dont-know" };
            (app.words.get(id), None, if choosing.several() { choosing.dont_know } else { on })
        }
    };
    let boxed = match (choosing.several(), marked) {
        (true, true) => "[x]",
        (true, false) => "[ ]",
        (false, true) => "(•)",
        (false, false) => "( )",
    };
    let first = format!("{} {}  {boxed} ", if on { "›" } else { " " }, n + 1);
    let style = if on { app.styles.selected } else { app.styles.text };
    page.indented(&first, "         ", &text, style);
    if let Some(hint) = hint {
        page.indented("         ", "         ", &hint, app.styles.dim);
    }
}

/// Says which answers a change would put aside, before it does.
fn retired(app: &App<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(value) = choosing.value(app.knowledge.bank()).filter(|_| choosing.touched) else { return };
    let retired = sitting.retires(&choosing.id, &value);
    if retired.is_empty() {
        return;
    }
    let labels = labels(app, sitting);
    let names: Vec<String> = retired.iter().map(|id| labels.variable(id)).collect();
    page.gap();
    page.text(&app.words.with("ui-retires", &[("questions", &names.join(" · "))]), app.styles.yellow);
}

/// Why it is asked, what helps, and what the catalogue says.
pub fn background(app: &App<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(sitting) = &app.sitting else { return };
    let Some(question) = sitting.question(&choosing.id) else { return };
    let language = app.words.language();
    catalogue(app, sitting, page, choosing);
    if let Some(help) = &question.help {
        page.labelled(&app.words.get("ui-help-label"), help.get(language), app.styles.dim, app.styles.text);
    }
    let labels = labels(app, sitting);
    let country = sitting.session().subject.jurisdiction;
    let cited = question.references.iter().map(|id| labels.citation(id, country, sitting.judged_day()));
    let why = format!("{}   {}", app.words.get("ui-why"), cited.collect::<Vec<_>>().join(" · "));
    page.labelled(&why, question.why.get(language), app.styles.dim, app.styles.text);
    if sitting.session().mode == Mode::Interview {
        for note in &question.notes {
            page.indented("• ", "  ", note.get(language), app.styles.dim);
        }
    }
    if let Some(answer) = sitting.session().answers.get(&choosing.id) {
        let said = [("ui-note", &answer.note), ("ui-by", &answer.by)];
        for (label, text) in said.into_iter().filter(|(_, text)| !text.is_empty()) {
            page.indented("", "  ", &format!("{}: {}", app.words.get(label), sanitise(text)), app.styles.reference);
        }
        for evidence in &answer.evidence {
            let line = format!("{}: {}", app.words.get("ui-evidence"), sanitise(&evidence.title));
            page.indented("", "  ", &line, app.styles.reference);
        }
        if let Some(follow_up) = &answer.follow_up {
            let due = follow_up.due.map(|day| app.words.day(day)).unwrap_or_default();
            let line = format!("{}: {} {due}", app.words.get("ui-follow-up"), sanitise(&follow_up.owner));
            page.indented("", "  ", &line, app.styles.reference);
        }
    }
}

fn catalogue(app: &App<'_>, sitting: &Sitting<'_>, page: &mut Page, choosing: &Choosing) {
    let Some(fact) = sitting.fact(&choosing.id) else { return };
    page.indented("", "  ", &fact_line(app, sitting, fact), app.styles.reference);
    if let Some(note) = &fact.note {
        page.indented("  ", "  ", note.get(app.words.language()), app.styles.dim);
    }
    if choosing.from_catalogue {
        page.text(&app.words.get("ui-catalogue-confirm"), app.styles.dim);
    }
    page.gap();
}

fn fact_line(app: &App<'_>, sitting: &Sitting<'_>, fact: &Fact) -> String {
    let value = labels(app, sitting).value(&fact.variable, &fact.value);
    let source = sitting.vendor.and_then(|vendor| vendor.source(&fact.source)).map_or("", |source| &*source.title);
    match fact.as_of.filter(|_| !fact.suggestion) {
        Some(day) => {
            app.words.with("ui-catalogue", &[("value", &value), ("day", &app.words.day(day)), ("source", source)])
        }
        None => app.words.with("ui-catalogue-undated", &[("value", &value), ("source", source)]),
    }
}
