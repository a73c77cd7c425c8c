pub fn merge(a: u32, b: u32) -> u32 {
    a.max(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commutes() {
        assert_eq!(merge(1, 2), merge(2, 1));
    }

    #[test]
    fn fails() {
        assert_eq!(merge(1, 2), 1);
    }

    #[test]
    #[ignore = "not yet"]
    fn ignored() {}

    #[test]
    #[should_panic]
    fn panics() {
        panic!("as it should");
    }
}
