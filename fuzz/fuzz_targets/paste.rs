#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| freigabe_fuzz::paste::run(data));
