//! Balances that replicas keep without asking one another first.

mod balance;

pub use balance::{Balance, Node, Overflow};
