"""A payments ledger: money, transfers, journal, fees, captures, settlement and payouts."""
