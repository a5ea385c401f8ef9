//! Any bytes from a terminal, in pieces of any size at any time.

use std::time::Duration;

use freigabe::sanitise::is_hidden;
use freigabe::tui::keymap::Key;
use freigabe::tui::terminal::Input;
use freigabe::tui::terminal::decode::Decoder;

/// More of a paste is never kept.
const LARGEST: usize = 1 << 16;

/// Decodes the bytes. The first of each piece says how long it is and how soon it comes.
pub fn run(data: &[u8]) {
    let mut decoder = Decoder::default();
    let mut now = Duration::ZERO;
    let mut pasted = Vec::new();
    let mut keep = |input: Option<Input>| {
        if let Some(Input::Paste(text)) = input {
            // A character that is none is shown by a longer one.
            assert!(text.len() <= 3 * LARGEST, "a paste of {} bytes", text.len());
            if pasted.is_empty() {
                pasted.push(text);
            }
        }
    };
    let mut rest = data;
    while let [how, after @ ..] = rest {
        let length = if *how < 128 { usize::from(how % 16) + 1 } else { 4096 }.min(after.len());
        let (piece, after) = after.split_at(length);
        rest = after;
        let later = Duration::from_millis([0, 1, 25, 40, 200, 900, 1500, 5000][usize::from(how / 16 % 8)]);
        if decoder.patience(now).is_some_and(|patience| patience <= later) {
            keep(decoder.settle(now + later).and_then(Input::of));
        }
        now += later;
        decoder.feed(piece, now, |event| keep(Input::of(event)));
    }
    // Whatever has come, the keyboard is back in two seconds.
    let mut waited = Duration::ZERO;
    for _ in 0..4 {
        let Some(patience) = decoder.patience(now + waited) else { break };
        waited += patience;
        keep(decoder.settle(now + waited).and_then(Input::of));
    }
    assert!(waited <= Duration::from_secs(2), "waited for {waited:?}");
    let mut last = Vec::new();
    decoder.feed(b"q", now + Duration::from_secs(2), |event| last.extend(Input::of(event)));
    assert!(matches!(last[..], [Input::Key(Key::Char('q'))]), "the key is {last:?}");
    for text in pasted {
        super::keys::pasted(&text);
    }
}

/// Whether a text could steer a terminal.
pub fn steers(text: &str) -> bool {
    text.chars().any(|c| c != '\n' && is_hidden(c))
}
