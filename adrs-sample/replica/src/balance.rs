//! A balance as a pair of counters for each node: what came in, and what went out.

use std::collections::BTreeMap;

/// The name of a replica.
pub type Node = u8;

/// An amount that no counter can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

/// Counters only grow, so of two counts of one node the larger is the later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    credits: BTreeMap<Node, u64>,
    debits: BTreeMap<Node, u64>,
}

impl Balance {
    pub fn new() -> Self {
        Self::default()
    }

    /// Books an amount that came in at `node`.
    pub fn credit(&mut self, node: Node, amount: u64) -> Result<(), Overflow> {
        add(&mut self.credits, node, amount)
    }

    /// Books an amount that went out at `node`.
    pub fn debit(&mut self, node: Node, amount: u64) -> Result<(), Overflow> {
        add(&mut self.debits, node, amount)
    }

    /// What is there, as far as this replica has heard.
    pub fn value(&self) -> i128 {
        sum(&self.credits) - sum(&self.debits)
    }

    /// All that either of the two has heard.
    pub fn merge(&self, other: &Self) -> Self {
        Self {
            credits: later(&self.credits, &other.credits),
            debits: later(&self.debits, &other.debits),
        }
    }
}

fn add(counts: &mut BTreeMap<Node, u64>, node: Node, amount: u64) -> Result<(), Overflow> {
    let count = counts.get(&node).copied().unwrap_or(0);
    counts.insert(node, count.checked_add(amount).ok_or(Overflow)?);
    Ok(())
}

fn sum(counts: &BTreeMap<Node, u64>) -> i128 {
    counts.values().map(|&count| i128::from(count)).sum()
}

fn later(one: &BTreeMap<Node, u64>, other: &BTreeMap<Node, u64>) -> BTreeMap<Node, u64> {
    let mut counts = one.clone();
    for (&node, &count) in other {
        let known = counts.entry(node).or_default();
        *known = (*known).max(count);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    // Verifies: ADR-0201/INV-5
    #[test]
    fn an_amount_that_no_counter_holds_changes_nothing() {
        let mut balance = Balance::new();
        balance.credit(1, u64::MAX).unwrap();
        assert_eq!(balance.credit(1, 1), Err(Overflow));
        assert_eq!(balance.value(), i128::from(u64::MAX));
    }
}
