"""Tests in Rust: `#[test]`, and proptest for properties."""
