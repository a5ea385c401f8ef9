//! The command line: the one place that reads the clock and the environment.

mod args;
pub mod clock;
mod commands;
mod compare;
mod forget;
mod merge;
mod open;
mod pack;
mod register;
mod report;
mod stress;
mod timeline;
mod vendors;
mod verify;
mod whatif;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Parser;
use jiff::tz::TimeZone;

use crate::domain::Day;
use crate::domain::moment::Moment;
use crate::domain::text::Language;
use crate::engine::Filter;
use crate::error::{Error, Kind, crash};
use crate::i18n::Words;
use crate::knowledge::Knowledge;
use crate::sanitise::{self, sanitise};
use crate::session::store::{Saved, Store};
use crate::settings::Settings;
use args::{Args, Command};

/// Folders of the machine, asked for once.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// Of the person.
    pub home: Option<PathBuf>,
    /// For files that nobody keeps.
    pub temporary: PathBuf,
}

/// The clock of this machine and its time zone. Everybody else is handed this.
#[derive(Clone, Debug)]
pub struct Clock {
    /// What it shows.
    pub now: fn() -> Moment,
    /// Where it hangs.
    pub zone: TimeZone,
}

impl Default for Clock {
    fn default() -> Self {
        Self { now, zone: TimeZone::UTC }
    }
}

/// What every command needs, decided once.
#[derive(Debug)]
pub struct Context {
    /// The language of all output.
    pub language: Language,
    /// Today.
    pub today: Day,
    /// The day asked for with `--as-of`.
    pub day: Option<Day>,
    /// Milliseconds since 1970, for ids of new sessions.
    pub milliseconds: u64,
    /// The clock, for what is told of changes.
    pub clock: Clock,
    /// Where sessions lie.
    pub data_dir: PathBuf,
    /// Where the user's own questions and vendors lie.
    pub config_dir: Option<PathBuf>,
    /// Folders of the machine.
    pub folders: Folders,
    /// Colours are wanted.
    pub colour: bool,
    /// What the person has chosen for good.
    pub settings: Settings,
    /// Something to be told on the first screen.
    pub notice: Option<String>,
}

impl Context {
    /// Questions, law and catalogue, with the user's own data laid over them.
    ///
    /// # Errors
    /// All faults of the user's files.
    pub fn knowledge(&self) -> Result<Knowledge, Error> {
        Knowledge::load(self.config_dir.as_deref()).map_err(Error::from)
    }

    /// A session by path, by id or by the beginning of an id.
    ///
    /// # Errors
    /// When it cannot be found or read.
    pub fn load(&self, what: &str) -> Result<Saved, Error> {
        let (store, words) = (self.store(), Words::new(self.language));
        store.load(what).map_err(|fault| match store.damage(fault) {
            Ok(damage) => Error::of_damage(&damage, &words),
            Err(fault) => Error::of_store(&fault, &words),
        })
    }

    /// The sessions.
    #[must_use]
    pub fn store(&self) -> Store {
        Store::new(&self.data_dir)
    }
}

/// Runs the program.
///
/// # Errors
/// What a person should read, with the kind that decides the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<u8, Error> {
    crash::watch(|| {});
    crash::guarded(|| command(arguments)).and_then(|result| result)
}

fn command(arguments: impl IntoIterator<Item = OsString>) -> Result<u8, Error> {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are answers, not failures.
            if !error.use_stderr() {
                return written(error.print());
            }
            // What was typed comes back in the message, so it is not clap that prints it.
            let text = error.render().to_string();
            return Err(Error::new(Kind::Usage, text.strip_prefix("error: ").unwrap_or(&text).trim_end()));
        }
    };
    let context = context(&args)?;
    let screens = matches!(args.command, None | Some(Command::New { .. } | Command::Open { .. }));
    if let Some(notice) = context.notice.as_ref().filter(|_| !screens) {
        // Nobody need read it; the command goes on.
        let _ = writeln!(std::io::stderr(), "{notice}");
    }
    match args.command {
        None => interactive(&context, crate::tui::Start::Menu),
        Some(Command::New { vendor, mode }) => {
            let vendor = vendor.map(|name| commands::vendor_id(&context, &name)).transpose()?;
            interactive(&context, crate::tui::Start::New { vendor, mode: mode.map(Into::into) })
        }
        Some(Command::Open { session }) => open::open(&context, &session),
        Some(Command::Evaluate { session, format, exit_code }) => {
            commands::evaluate(&context, &session, format, exit_code)
        }
        Some(Command::Timeline { session, format }) => timeline::timeline(&context, &session, format),
        Some(Command::Compare { session, eu_hosted, with_e2ee, with_contract, self_hosted, format }) => {
            let filter = Filter { eu_hosted, end_to_end: with_e2ee, contract: with_contract, self_hosted };
            compare::compare(&context, &session, filter, format)
        }
        Some(Command::Stress { sessions, without, format }) => stress::stress(&context, &sessions, &without, format),
        Some(Command::Whatif { session, format }) => whatif::whatif(&context, &session, format),
        Some(Command::Report { session, format, output, force }) => {
            report::report(&context, &session, &report::Wanted { format, output, force })
        }
        Some(Command::Register { which, sort, format, csv_standard, output, force }) => {
            let filter = which.into();
            let plain = filter == register::everything() && sort.is_none() && format.is_none() && output.is_none();
            if plain && has_terminal() {
                return interactive(&context, crate::tui::Start::Register);
            }
            let format = format.unwrap_or_else(|| args::RegisterFormat::of(output.as_deref()));
            register::register(&context, &register::Wanted { filter, sort, format, csv_standard, output, force })
        }
        Some(Command::Pack { vendor, team, mode, from, answers, format, output, force }) => {
            let mode = mode.map(Into::into);
            pack::pack(&context, &pack::Wanted { vendor, team, mode, from, answers, format, output, force })
        }
        Some(Command::Merge { files, into, take, into_sealed, format, driver }) => {
            merge::merge(&context, &merge::Wanted { files, into, take, into_sealed, format, driver })
        }
        Some(Command::Verify { session, format }) => verify::verify(&context, &session, format),
        Some(Command::Vendors { id }) => vendors::vendors(&context, id.as_deref()),
        Some(Command::Check { dir }) => commands::check(&context, dir.as_deref()),
        Some(Command::Docs { what }) => commands::docs(&context, what),
        Some(Command::Forget { session, yes, cleared }) => forget::forget(&context, &session, (yes, cleared)),
        Some(Command::Paths) => commands::paths(&context),
    }
}

fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

fn interactive(context: &Context, start: crate::tui::Start) -> Result<u8, Error> {
    if !has_terminal() {
        let text = match context.language {
            Language::De => "freigabe braucht hier ein Terminal; ohne eines geht `freigabe evaluate DATEI`",
            Language::En => "freigabe needs a terminal here; without one use `freigabe evaluate FILE`",
        };
        return Err(Error::new(Kind::Usage, text));
    }
    crate::tui::run(context, start).map(|()| 0)
}

/// Writes to standard output, without anything that could steer a terminal. A reader that has gone away ends the program quietly.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn print(text: &str) -> Result<u8, Error> {
    written(std::io::stdout().lock().write_all(sanitise::lines(text).as_bytes()))
}

/// What came of writing to standard output, once the rest is written too.
fn written(result: std::io::Result<()>) -> Result<u8, Error> {
    match result.and_then(|()| std::io::stdout().flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(Kind::Failure, format!("standard output: {error}")))
        }
        _ => Ok(0),
    }
}

fn context(args: &Args) -> Result<Context, Error> {
    let zone = zone();
    let now = jiff::Timestamp::now().to_zoned_datetime(zone.clone());
    let folders = directories::ProjectDirs::from("", "", "freigabe");
    let data_dir = args
        .data_dir
        .clone()
        .or_else(|| environment("FREIGABE_DATA_DIR").map(PathBuf::from))
        .or_else(|| folders.as_ref().map(|folders| folders.data_local_dir().to_owned()))
        .ok_or_else(|| Error::new(Kind::Failure, "no home folder found").hint("name one with `--data-dir`"))?;
    let config_dir = folders.map(|folders| folders.config_dir().to_owned());
    let (settings, fault) = match config_dir.as_deref().map(Settings::load) {
        Some(Ok(settings)) => (settings, None),
        Some(Err(fault)) => (Settings::default(), Some(fault)),
        None => (Settings::default(), None),
    };
    let language = args.lang.map(Into::into).or(settings.language).unwrap_or_else(locale);
    let notice = fault.map(|fault| {
        let (place, why) = (sanitise(&fault.place), sanitise(&fault.message));
        Words::new(language).with("ui-settings-fault", &[("place", &place), ("why", &why)])
    });
    Ok(Context {
        language,
        today: now.date(),
        day: args.as_of,
        milliseconds: u64::try_from(now.timestamp().as_millisecond()).unwrap_or_default(),
        clock: Clock { now: self::now, zone },
        data_dir,
        config_dir,
        folders: Folders {
            home: directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned()),
            temporary: std::env::temp_dir(),
        },
        colour: !args.no_color && environment("NO_COLOR").is_none_or(|value| value.is_empty()),
        settings,
        notice,
    })
}

/// Now, by the clock of this machine.
fn now() -> Moment {
    Moment::of_seconds(jiff::Timestamp::now().as_second()).unwrap_or_default()
}

/// The time zone of this machine.
///
/// Without `TZ` the zone stands in `/etc/localtime`. Asking for it by name would first read the folders of all zones,
/// which takes longer than everything else before the first frame.
fn zone() -> TimeZone {
    let file = environment("TZ").is_none().then(|| std::fs::read("/etc/localtime").ok()).flatten();
    file.and_then(|bytes| TimeZone::tzif("", &bytes).ok()).unwrap_or_else(TimeZone::system)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn locale() -> Language {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_lowercase().starts_with("de") => Language::De,
        _ => Language::En,
    }
}
