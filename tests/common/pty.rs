//! A program in a terminal of its own, and what it leaves behind there.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};

/// Longer than anything takes here; whoever waits for so long has found a fault.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A terminal with a program in it.
pub struct Pty {
    child: Child,
    /// The end of the one who types; none: the terminal is closed.
    master: Option<File>,
    slave: File,
    shown: Arc<Mutex<Vec<u8>>>,
    reader: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
    before: Option<String>,
}

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code; none: a signal killed it.
    pub code: Option<i32>,
    /// From the event to the end.
    pub took: Duration,
    /// Time of the processor from the event to the end.
    pub busy: Duration,
    /// The settings of the terminal are what they were before.
    pub same: bool,
    /// Modes that are still on, or off that should be on.
    pub modes: Vec<&'static str>,
}

impl Pty {
    /// Starts a program in a terminal of so many columns and rows. It gets no environment but a home,
    /// which is also its folder for temporary files.
    pub fn start(program: &OsStr, arguments: &[&OsStr], home: &OsStr, (columns, rows): (u16, u16)) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let slave = File::from(ioctl_tiocgptpeer(&master, flags).unwrap());
        let master = File::from(master);
        tcsetwinsize(&master, Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let before = settings(&slave);
        let end = || Stdio::from(slave.try_clone().unwrap());
        let child = Command::new("setsid")
            .arg("--ctty")
            .arg(program)
            .args(arguments)
            .env_clear()
            .env("HOME", home)
            .env("TMPDIR", home)
            .env("PATH", "/usr/bin:/bin")
            .env("TERM", "xterm-256color")
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn()
            .unwrap();
        let (shown, stop) = (Arc::default(), Arc::default());
        let reader = read(master.try_clone().unwrap(), Arc::clone(&shown), Arc::clone(&stop));
        Self { child, master: Some(master), slave, shown, reader: Some(reader), stop, before }
    }

    /// What the program has written so far.
    pub fn shown(&self) -> Vec<u8> {
        self.shown.lock().unwrap().clone()
    }

    /// Types.
    pub fn send(&mut self, bytes: &[u8]) {
        self.master.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// Types, and waits until the program has shown something for it and then nothing for a while.
    pub fn press(&mut self, bytes: &[u8]) {
        let before = self.shown().len();
        self.send(bytes);
        self.wait("something to be shown", |pty| pty.shown().len() > before);
        self.rest();
    }

    /// Waits until nothing has been shown for a while.
    pub fn rest(&self) {
        let mut before = usize::MAX;
        while std::mem::replace(&mut before, self.shown().len()) != before {
            std::thread::sleep(Duration::from_millis(60));
        }
    }

    /// Waits for something.
    pub fn wait(&self, what: &str, mut is: impl FnMut(&Self) -> bool) {
        let begun = Instant::now();
        while !is(self) {
            let text = String::from_utf8_lossy(&self.shown()).into_owned();
            assert!(begun.elapsed() < PATIENCE, "waiting for {what}; shown: {text:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits for bytes of the program.
    pub fn wait_for(&self, text: &str) {
        self.wait(text, |pty| pty.holds(text));
    }

    /// Whether the program has written these bytes.
    pub fn holds(&self, text: &str) -> bool {
        self.shown().windows(text.len()).any(|window| window == text.as_bytes())
    }

    /// Another size of the window.
    pub fn resize(&self, columns: u16, rows: u16) {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(self.master.as_ref().unwrap(), size).unwrap();
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// The window is closed.
    pub fn close(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.reader.take().unwrap().join().unwrap();
        self.master = None;
    }

    /// Whether the program runs.
    pub fn runs(&self) -> bool {
        !matches!(self.stat().0, 'Z' | 'X')
    }

    /// Lets something happen and waits for the end of the program.
    pub fn ends(mut self, event: impl FnOnce(&mut Self)) -> (Ended, Vec<u8>) {
        let before = self.stat().1;
        let begun = Instant::now();
        event(&mut self);
        self.wait("the end", |pty| !pty.runs());
        let took = begun.elapsed();
        let busy = self.stat().1.saturating_sub(before);
        let code = self.child.wait().unwrap().code();
        // What is on its way has to arrive.
        if self.master.is_some() {
            self.rest();
        }
        let shown = self.shown();
        let ended = Ended { code, took, busy, same: self.before == settings(&self.slave), modes: modes(&shown) };
        (ended, shown)
    }

    /// State and time of the processor, as the system tells them.
    fn stat(&self) -> (char, Duration) {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = text.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        (fields[0].chars().next().unwrap(), Duration::from_millis(10 * ticks))
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}

fn read(mut master: File, shown: Arc<Mutex<Vec<u8>>>, stop: Arc<AtomicBool>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut bytes = [0; 1 << 14];
        let wait = Timespec::try_from(Duration::from_millis(5)).unwrap();
        while !stop.load(Ordering::Relaxed) {
            let mut fds = [PollFd::new(&master, PollFlags::IN)];
            if poll(&mut fds, Some(&wait)).unwrap_or(0) == 0 {
                continue;
            }
            match master.read(&mut bytes) {
                Ok(count) if count > 0 => shown.lock().unwrap().extend_from_slice(&bytes[..count]),
                _ => return,
            }
        }
    })
}

/// All settings of a terminal, as text; none: it is gone.
fn settings(terminal: &File) -> Option<String> {
    let all = tcgetattr(terminal).ok()?;
    Some(format!(
        "{:?} {:?} {:?} {:?} {:?} {} {}",
        all.input_modes,
        all.output_modes,
        all.control_modes,
        all.local_modes,
        all.special_codes,
        all.input_speed(),
        all.output_speed()
    ))
}

/// The modes that a program has switched and not switched back.
pub fn modes(shown: &[u8]) -> Vec<&'static str> {
    const MODES: [(&str, &str, bool); 9] = [
        ("1049", "alternate screen", false),
        ("2004", "bracketed paste", false),
        ("1000", "mouse buttons", false),
        ("1002", "mouse dragging", false),
        ("1003", "mouse movement", false),
        ("1006", "mouse numbers", false),
        ("1015", "mouse numbers of rxvt", false),
        ("1004", "focus", false),
        ("25", "cursor", true),
    ];
    let text = String::from_utf8_lossy(shown);
    let mut on = MODES.map(|(.., usual)| usual);
    for sequence in text.split("\x1b[?").skip(1) {
        let Some(end) = sequence.find(|c: char| !c.is_ascii_digit() && c != ';') else { continue };
        let switched = match &sequence[end..=end] {
            "h" => true,
            "l" => false,
            _ => continue,
        };
        for number in sequence[..end].split(';') {
            if let Some(n) = MODES.iter().position(|(mode, ..)| *mode == number) {
                on[n] = switched;
            }
        }
    }
    MODES.iter().zip(on).filter(|((.., usual), on)| on != usual).map(|((_, name, _), _)| *name).collect()
}
