//! How long the parts take that a person waits for: loading, judging, one frame, one key.

use divan::{Bencher, black_box};
use freigabe::domain::answer::{Mode, Value};
use freigabe::domain::id::{ChoiceId, CountryCode, InstrumentId, VariableId, VendorId};
use freigabe::engine::{
    Entrant, Given, Inquiry, Model, Variations, assess, comparison, flow, horizon, judge, stress, timeline,
};
use freigabe::knowledge::Knowledge;

fn main() {
    divan::main();
}

fn knowledge() -> Knowledge {
    Knowledge::embedded()
}

fn model(knowledge: &Knowledge, vendor: &str) -> Model {
    let id = VendorId::try_from(vendor).ok();
    Model::compile(knowledge.bank(), id.and_then(|id| knowledge.vendor(&id)))
}

fn inquiry(answers: &[(&str, &str)]) -> Inquiry {
    let day = jiff::civil::date(2026, 11, 23);
    let mut inquiry = Inquiry::new(Mode::Interview, day);
    for (question, value) in answers {
        let (Ok(id), Ok(choice)) = (VariableId::try_from(*question), ChoiceId::try_from(*value)) else { continue };
        inquiry.answers.insert(id, Given::stated(Value::Choice(choice)));
    }
    if let (Ok(id), Ok(us)) = (VariableId::try_from("hosting_country"), CountryCode::try_from("US")) {
        inquiry.answers.insert(id, Given::stated(Value::Countries(vec![us])));
    }
    inquiry
}

const ANSWERED: [(&str, &str); 22] = [
    ("edition", "paid"),
    ("dpa_signed", "yes"),
    ("dpa_complete", "yes"),
    ("own_purposes", "limited"),
    ("certified", "yes"),
    ("transfer_safeguard", "scc_2021"),
    ("tia_done", "yes"),
    ("external_use", "yes"),
    ("external_informed", "yes"),
    ("recording_used", "yes"),
    ("recording_consent", "everyone_before"),
    ("ai_assistant", "no"),
    ("content", "ordinary"),
    ("works_council", "agreed"),
    ("legal_basis", "contract"),
    ("access_protection", "yes"),
    ("retention", "set"),
    ("staff_informed", "yes"),
    ("processing_record", "yes"),
    ("dpia_check", "not_needed"),
    ("end_to_end", "off"),
    ("trackers", "off"),
];

/// Everything that the shipped data holds, decoded: bank, law, all vendors. Budget 5 ms.
#[divan::bench]
fn load_all_knowledge() -> usize {
    let knowledge = knowledge();
    let bank = knowledge.bank().sections.len();
    bank + knowledge
        .entries()
        .iter()
        .filter_map(|entry| knowledge.vendor(&entry.id))
        .map(|one| one.facts.len())
        .sum::<usize>()
}

/// What the start screen and the tool picker need.
#[divan::bench]
fn load_index() -> usize {
    knowledge().entries().len()
}

#[divan::bench]
fn compile_one_vendor(bencher: Bencher) {
    let knowledge = knowledge();
    bencher.bench(|| model(&knowledge, "zoom"));
}

/// The verdict of an answered interview.
#[divan::bench]
fn judge_answered(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "zoom");
    let inquiry = inquiry(&ANSWERED);
    bencher.bench(|| judge(black_box(&model), black_box(&inquiry)));
}

/// The verdict of an interview in which nothing is answered yet: all questions open.
#[divan::bench]
fn judge_open(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "other");
    let inquiry = Inquiry::new(Mode::Interview, jiff::civil::date(2026, 11, 23));
    bencher.bench(|| judge(black_box(&model), black_box(&inquiry)));
}

/// The verdict of an answered interview with one answer changed to and fro: what a what-if costs per variation.
#[divan::bench]
fn judge_variation(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "zoom");
    let inquiry = inquiry(&ANSWERED);
    let mut varied = Variations::new(&model, &inquiry);
    let given =
        ["yes", "no"].map(|value| ChoiceId::try_from(value).ok().map(|choice| Given::stated(Value::Choice(choice))));
    let slot = VariableId::try_from("dpa_signed").ok().and_then(|id| varied.slot(&id));
    let mut turn = 0;
    bencher.bench_local(|| {
        turn = 1 - turn;
        if let Some(slot) = slot {
            varied.answer(slot, given[turn].as_ref());
        }
        varied.judge()
    });
}

/// The verdict with all proofs. Budget 20 µs.
#[divan::bench]
fn assess_answered(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "zoom");
    let inquiry = inquiry(&ANSWERED);
    bencher.bench(|| assess(black_box(&model), black_box(&inquiry)));
}

/// All proofs and the deciding questions with everything open. Budget 3 ms.
#[divan::bench]
fn assess_open(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "other");
    let inquiry = Inquiry::new(Mode::Interview, jiff::civil::date(2026, 11, 23));
    bencher.bench(|| assess(black_box(&model), black_box(&inquiry)));
}

#[divan::bench]
fn flow_answered(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "zoom");
    let inquiry = inquiry(&ANSWERED);
    bencher.bench(|| flow(black_box(&model), black_box(&inquiry)));
}

/// The verdict of an answered interview over the years, causes included. Budget 5 ms.
#[divan::bench]
fn timeline_answered(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "zoom");
    let inquiry = inquiry(&ANSWERED);
    let from = jiff::civil::date(2015, 1, 1);
    bencher.bench(|| timeline(black_box(&model), black_box(&inquiry), from, horizon(&model)));
}

/// The same for a self-assessment of which the catalogue says the rest.
#[divan::bench]
fn timeline_catalogue(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "teams");
    let inquiry = Inquiry::new(Mode::SelfAssessment, jiff::civil::date(2026, 11, 23));
    let from = jiff::civil::date(2015, 1, 1);
    bencher.bench(|| timeline(black_box(&model), black_box(&inquiry), from, horizon(&model)));
}

/// An interview in which nothing is answered, not even the edition: `whatsapp` is the slowest tool.
#[divan::bench(args = ["zoom", "teams", "whatsapp"])]
fn timeline_open(bencher: Bencher, vendor: &str) {
    let knowledge = knowledge();
    let model = model(&knowledge, vendor);
    let inquiry = Inquiry::new(Mode::Interview, jiff::civil::date(2026, 11, 23));
    let from = jiff::civil::date(2015, 1, 1);
    bencher.bench(|| timeline(black_box(&model), black_box(&inquiry), from, horizon(&model)));
}

fn entrants<'a>(knowledge: &'a Knowledge, models: &'a [Model]) -> impl Iterator<Item = Entrant<'a>> {
    knowledge.entries().iter().zip(models).map(|(entry, model)| Entrant {
        vendor: &entry.id,
        name: &entry.name,
        model,
        own: None,
    })
}

/// All tools and editions with the answers of one team. Budget 5 ms.
#[divan::bench]
fn compare_all(bencher: Bencher) {
    let knowledge = knowledge();
    let models: Vec<Model> = knowledge.vendors().map(|vendor| Model::compile(knowledge.bank(), Some(vendor))).collect();
    let inquiry = inquiry(&ANSWERED);
    bencher.bench(|| comparison(entrants(&knowledge, &models), black_box(&inquiry)));
}

/// The same, with compiling bank and catalogue.
#[divan::bench]
fn compare_all_from_scratch(bencher: Bencher) {
    let knowledge = knowledge();
    let inquiry = inquiry(&ANSWERED);
    bencher.bench(|| {
        let models: Vec<Model> =
            knowledge.vendors().map(|vendor| Model::compile(knowledge.bank(), Some(vendor))).collect();
        comparison(entrants(&knowledge, &models), black_box(&inquiry))
    });
}

/// One session without the framework that carries it.
#[divan::bench]
fn stress_answered(bencher: Bencher) {
    let knowledge = knowledge();
    let model = model(&knowledge, "zoom");
    let inquiry = inquiry(&ANSWERED);
    let without: Vec<InstrumentId> = InstrumentId::try_from("adq_us_dpf").into_iter().collect();
    bencher.bench(|| stress(black_box(&model), black_box(&inquiry), &without));
}
