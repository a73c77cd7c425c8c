pub mod ledger;

#[cfg(test)]
mod tests {
    #[test]
    fn at_the_root() {}
}
