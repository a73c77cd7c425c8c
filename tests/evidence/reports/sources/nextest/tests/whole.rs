#[path = "deep/inner.rs"]
mod inner;

#[test]
fn passes_the_second_time() {
    let seen = std::env::temp_dir().join("seen");
    if !seen.exists() {
        std::fs::write(seen, "").unwrap();
        panic!("first attempt");
    }
}

#[test]
fn always_fails() {
    panic!("every attempt");
}

#[test]
fn aborts() {
    std::process::abort();
}

#[test]
fn hangs() {
    std::thread::sleep(std::time::Duration::from_secs(30));
}
