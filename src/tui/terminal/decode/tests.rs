//! Bytes as terminals send them.

use super::paste::LARGEST;
use super::*;

const START: Duration = Duration::from_secs(7);

fn events(pieces: &[&[u8]]) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    for piece in pieces {
        decoder.feed(piece, START, |event| found.push(event));
    }
    found.extend(decoder.settle(START));
    assert_eq!(decoder.patience(START), None, "settled");
    found
}

/// What comes of pieces that arrive so many milliseconds after the start, and when. Between them the decoder is asked as
/// the loop does.
fn timed(pieces: &[(u64, &[u8])]) -> Vec<(u64, Event)> {
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    let mut now = START;
    for (at, piece) in pieces {
        let next = START + Duration::from_millis(*at);
        while let Some(patience) = decoder.patience(now).filter(|patience| now + *patience < next) {
            now += patience;
            let at = u64::try_from(now.saturating_sub(START).as_millis()).unwrap();
            found.extend(decoder.settle(now).map(|event| (at, event)));
        }
        now = next;
        decoder.feed(piece, now, |event| found.push((*at, event)));
    }
    found
}

fn plain(code: KeyCode) -> Event {
    key(code, KeyModifiers::NONE)
}

const fn click(kind: MouseEventKind, column: u16, row: u16) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}

#[test]
fn keys_as_terminals_send_them() {
    let ctrl = KeyModifiers::CONTROL;
    let table: [(&[u8], Event); 33] = [
        (b"a", plain(KeyCode::Char('a'))),
        (b"?", plain(KeyCode::Char('?'))),
        (b" ", plain(KeyCode::Char(' '))),
        ("ü".as_bytes(), plain(KeyCode::Char('ü'))),
        ("€".as_bytes(), plain(KeyCode::Char('€'))),
        ("😀".as_bytes(), plain(KeyCode::Char('😀'))),
        (b"\r", plain(KeyCode::Enter)),
        (b"\x1bOM", plain(KeyCode::Enter)),
        (b"\t", plain(KeyCode::Tab)),
        (b"\x1b[Z", key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        (b"\x7f", plain(KeyCode::Backspace)),
        (b"\x03", key(KeyCode::Char('c'), ctrl)),
        (b"\x1b", plain(KeyCode::Esc)),
        (b"\x1b[A", plain(KeyCode::Up)),
        (b"\x1bOB", plain(KeyCode::Down)),
        (b"\x1b[C", plain(KeyCode::Right)),
        (b"\x1bOD", plain(KeyCode::Left)),
        (b"\x1b[1;5D", key(KeyCode::Left, ctrl)),
        (b"\x1b[1;2A", key(KeyCode::Up, KeyModifiers::SHIFT)),
        (b"\x1b[H", plain(KeyCode::Home)),
        (b"\x1b[4~", plain(KeyCode::End)),
        (b"\x1b[5~", plain(KeyCode::PageUp)),
        (b"\x1b[6~", plain(KeyCode::PageDown)),
        (b"\x1b[3~", plain(KeyCode::Delete)),
        (b"\x1bOP", plain(KeyCode::F(1))),
        (b"\x1b[[B", plain(KeyCode::F(2))),
        (b"\x1b[13~", plain(KeyCode::F(3))),
        (b"\x1b[17~", plain(KeyCode::F(6))),
        (b"\x1b[24;5~", key(KeyCode::F(12), ctrl)),
        (b"\x1bx", key(KeyCode::Char('x'), KeyModifiers::ALT)),
        (b"\x1b\r", key(KeyCode::Enter, KeyModifiers::ALT)),
        (b"\x1b[<0;3;14M", click(MouseEventKind::Down(MouseButton::Left), 2, 13)),
        (b"\x1b[<65;200;1M", click(MouseEventKind::ScrollDown, 199, 0)),
    ];
    for (bytes, event) in table {
        assert_eq!(events(&[bytes]), std::slice::from_ref(&event), "{bytes:?}");
        // Every way to cut the bytes in two gives the same.
        for cut in 1..bytes.len() {
            let (left, right) = bytes.split_at(cut);
            assert_eq!(events(&[left, right]), std::slice::from_ref(&event), "{left:?} {right:?}");
        }
    }
}

#[test]
fn many_keys_in_one_piece() {
    let burst = b"\x1b[A".repeat(2000);
    assert_eq!(events(&[&burst]).len(), 2000);
    assert_eq!(events(&[b"\x1b\x1b[Aq\x1b"]).len(), 4);
}

#[test]
fn a_paste_presses_no_keys() {
    let found = events(&[b"x\x1b[200~eins\rzw", "ei \x1b[A ü\x1b[20".as_bytes(), b"1~y"]);
    let paste = Event::Paste("eins\rzwei \x1b[A ü".to_owned());
    assert_eq!(found, [plain(KeyCode::Char('x')), paste, plain(KeyCode::Char('y'))]);
}

#[test]
fn noise_is_passed_over() {
    for noise in [
        &b"\x1b[?64;1;2c"[..],
        b"\x1b[12;40R",
        b"\xff\xfe",
        b"\x00",
        b"\x1b[<0;3;4m",
        b"\x1b[M !!",
        b"\x1b[<35;3;4M",
        b"\x1b[99~",
        b"\x1bOz",
    ] {
        let found = events(&[noise, b"k"]);
        assert_eq!(found, [plain(KeyCode::Char('k'))], "{noise:?}");
    }
}

#[test]
fn a_paste_without_an_end_gives_the_keyboard_back() {
    let ctrl_c = key(KeyCode::Char('c'), KeyModifiers::CONTROL);
    let paste = |text: &str| Event::Paste(text.to_owned());
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    decoder.feed(b"\x1b[200~abc\x1b[20", START, |event| found.push(event));
    assert_eq!((found.len(), decoder.patience(START)), (0, Some(Duration::from_secs(1))));
    assert_eq!(decoder.settle(START), Some(paste("abc\x1b[20")));
    assert_eq!(decoder.patience(START), None);
    // A finger that asks to leave is heard at once, and also in the midst of what came.
    assert_eq!(events(&[b"\x1b[200~abc", b"\x03"]), [paste("abc"), ctrl_c.clone()]);
    assert_eq!(events(&[b"\x1b[200~abc\x03\r"]), [ctrl_c]);
    // In a paste with its end it is text.
    assert_eq!(events(&[b"\x1b[200~a\x03\r\x1b[201~"]), [paste("a\x03\r")]);
}

#[test]
fn a_paste_without_an_end_takes_no_longer_however_much_comes() {
    // A byte every so many milliseconds, and in the end a key.
    for step in [1, 10, 50, 100, 500, 900] {
        let mut pieces: Vec<(u64, &[u8])> = vec![(0, b"\x1b[200~")];
        pieces.extend((1..5000 / step).map(|n| (n * step, &b"\r"[..])));
        pieces.push((5100, b"q"));
        let found = timed(&pieces);
        let (at, first) = &found[0];
        assert!(*at < 2000 && matches!(first, Event::Paste(_)), "{step}: {first:?} at {at}");
        assert_eq!(found.last(), Some(&(5100, plain(KeyCode::Char('q')))), "{step}");
        // What comes as fast as a paste never confirms anything; what comes as a finger types is keys again.
        let enters = found.iter().filter(|(_, event)| *event == plain(KeyCode::Enter)).count();
        assert_eq!(enters > 0, step >= 50, "{step}");
    }
}

#[test]
fn the_rest_of_a_paste_that_was_given_up_presses_no_keys() {
    let paste = |text: &str| Event::Paste(text.to_owned());
    let found = timed(&[
        (0, b"\x1b[200~one"),
        (1800, b"two"),
        (1900, b"1\r\x1b[A2"),
        (1960, b"\x1b"),
        (1961, b"[A"),
        (2000, b"x\x03"),
        (2100, b"end\r\x1b[201~"),
        (2200, b"1\r"),
    ]);
    let expected = [
        (1000, paste("one")),
        (1800, paste("two")),
        (1900, paste("1\n2")),
        (1961, plain(KeyCode::Up)),
        (2000, paste("x")),
        (2000, key(KeyCode::Char('c'), KeyModifiers::CONTROL)),
        (2100, paste("end\n")),
        (2200, plain(KeyCode::Char('1'))),
        (2200, plain(KeyCode::Enter)),
    ];
    assert_eq!(found, expected);
    // Without an end and after a while of silence two keys at once are two keys.
    let found = timed(&[(0, b"\x1b[200~one"), (4000, b"1\r")]);
    assert_eq!(found.iter().map(|(_, event)| event).skip(1).count(), 2, "{found:?}");
}

#[test]
fn a_large_paste_is_cut_and_its_end_is_found() {
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    decoder.feed(b"\x1b[200~", START, |event| found.push(event));
    for _ in 0..2500 {
        decoder.feed(&[b'x'; 4093], START, |event| found.push(event));
        // What was looked at once is not looked at again.
        assert!(decoder.bytes.len() < 6);
    }
    decoder.feed(b"\x1b[2", START, |event| found.push(event));
    decoder.feed(b"01~k", START, |event| found.push(event));
    assert_eq!(found, [Event::Paste("x".repeat(LARGEST)), plain(KeyCode::Char('k'))]);
}

#[test]
fn a_burst_of_letters_is_a_paste() {
    let ctrl_c = key(KeyCode::Char('c'), KeyModifiers::CONTROL);
    let burst = "a\r".repeat(BURST);
    let found = events(&[format!("\x1b[A{burst}\x03b").as_bytes()]);
    let paste = Event::Paste(burst.replace('\r', "\n"));
    assert_eq!(found, [plain(KeyCode::Up), paste, ctrl_c, plain(KeyCode::Char('b'))]);
    assert_eq!(events(&["ab".repeat(BURST / 4).as_bytes()]).len(), BURST / 2);
}

#[test]
fn a_sequence_without_an_end_means_nothing_and_is_not_kept() {
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b[", START, |event| panic!("{event:?}"));
    for _ in 0..1000 {
        decoder.feed(&b"1;".repeat(2000), START, |event| panic!("{event:?}"));
        assert!(decoder.bytes.len() <= LONGEST);
    }
    let mut found = Vec::new();
    decoder.feed(b"Ax\x03", START, |event| found.push(event));
    assert_eq!(found, [plain(KeyCode::Char('x')), key(KeyCode::Char('c'), KeyModifiers::CONTROL)]);
}
