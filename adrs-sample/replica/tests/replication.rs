use proptest::collection::vec;
use proptest::prelude::*;
use replica::{Balance, Node};

/// What one replica booked by itself.
#[derive(Clone, Copy, Debug)]
enum Booking {
    Credit(u64),
    Debit(u64),
}

fn bookings() -> impl Strategy<Value = Vec<Booking>> {
    let amounts = prop_oneof![Just(0), Just(1), 0..1_000_000u64];
    let each = (any::<bool>(), amounts).prop_map(|(credit, amount)| match credit {
        true => Booking::Credit(amount),
        false => Booking::Debit(amount),
    });
    vec(each, 0..8)
}

fn booked(node: Node, bookings: &[Booking]) -> Balance {
    let mut balance = Balance::new();
    for booking in bookings {
        match *booking {
            Booking::Credit(amount) => balance.credit(node, amount),
            Booking::Debit(amount) => balance.debit(node, amount),
        }
        .expect("the amounts are small");
    }
    balance
}

/// What a replica may have heard: bookings of a few nodes, each up to some moment.
fn balances() -> impl Strategy<Value = Balance> {
    (bookings(), bookings(), bookings()).prop_map(|(one, two, three)| {
        booked(1, &one).merge(&booked(2, &two)).merge(&booked(3, &three))
    })
}

proptest! {
    // Verifies: ADR-0201/INV-1
    #[test]
    fn merging_either_way_gives_the_same(left in balances(), right in balances()) {
        prop_assert_eq!(left.merge(&right), right.merge(&left));
    }

    // Verifies: ADR-0201/INV-2
    #[test]
    fn merging_in_any_grouping_gives_the_same(a in balances(), b in balances(), c in balances()) {
        prop_assert_eq!(a.merge(&b).merge(&c), a.merge(&b.merge(&c)));
    }

    // Verifies: ADR-0201/INV-3
    #[test]
    fn merging_again_changes_nothing(one in balances(), other in balances()) {
        let once = one.merge(&other);
        prop_assert_eq!(once.merge(&other), once);
    }

    #[test]
    fn replicas_that_heard_all_agree_on_the_sum(
        one in bookings(), two in bookings(), order in any::<bool>()
    ) {
        let (first, second) = (booked(1, &one), booked(2, &two));
        let merged = if order { first.merge(&second) } else { second.merge(&first) };
        let sum: i128 = one.iter().chain(&two).map(|booking| match *booking {
            Booking::Credit(amount) => i128::from(amount),
            Booking::Debit(amount) => -i128::from(amount),
        }).sum();
        prop_assert_eq!(merged.value(), sum);
    }
}
