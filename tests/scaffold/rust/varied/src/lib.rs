use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gauge {
    steps: Vec<u8>,
}

impl Gauge {
    pub fn raise(&mut self, by: u8) -> usize {
        self.steps.push(by);
        self.steps.sort();
        self.steps.len()
    }

    pub fn absorb(&mut self, other: Gauge) {
        self.steps.extend(other.steps);
        self.steps.sort();
    }

    pub fn level(&self) -> u64 {
        self.steps.iter().fold(0, |sum, step| sum + u64::from(*step))
    }

    pub fn naive_level(&self) -> u64 {
        self.steps.iter().copied().map(u64::from).sum()
    }

    pub fn step(&mut self) -> Option<u8> {
        self.steps.pop()
    }
}

pub fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

pub fn lowered(text: &str) -> String {
    text.to_ascii_lowercase()
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reader {
    pub pages: Vec<u8>,
}

impl Reader {
    pub fn may_read(&self, page: u8) -> bool {
        self.pages.contains(&page)
    }
}

pub fn read(reader: &Reader, page: u8) -> Result<String, ()> {
    if reader.may_read(page) { Ok(format!("page {page}")) } else { Err(()) }
}

pub fn code(number: u16, padded: bool) -> String {
    if padded { format!("{number:06}") } else { number.to_string() }
}

pub fn plan(names: &[u8]) -> BTreeMap<u8, Vec<u8>> {
    let after = |name: u8| names.iter().copied().filter(|other| *other > name).collect();
    names.iter().map(|name| (*name, after(*name))).collect()
}

#[derive(Debug)]
pub struct Balanced {
    pub amounts: [i64; 2],
}

impl Balanced {
    pub fn new(amount: i32) -> Self {
        Balanced { amounts: [i64::from(amount), -i64::from(amount)] }
    }
}

pub fn percentages(shares: &[u32]) -> Vec<u64> {
    let whole: u64 = shares.iter().map(|share| u64::from(*share)).sum();
    shares.iter().map(|share| u64::from(*share) * 100 / whole.max(1)).collect()
}

pub fn tidy(values: &mut Vec<i16>) {
    values.sort_by(|one, other| other.cmp(one));
}

pub fn cleaned(text: String) -> Result<String, String> {
    if text.contains('b') { Err(text) } else { Ok(text.trim().to_owned()) }
}

#[derive(Debug, Default)]
pub struct Lock {
    holder: Option<u64>,
}

impl Lock {
    pub fn acquire(&mut self, client_id: u64) -> Result<(), u64> {
        match self.holder {
            Some(other) if other != client_id => Err(other),
            _ => {
                self.holder = Some(client_id);
                Ok(())
            }
        }
    }

    pub fn release(&mut self, client_id: u64) {
        if self.holder == Some(client_id) {
            self.holder = None;
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Packet(pub u16, pub bool);

impl Packet {
    pub fn to_bytes(&self) -> [u8; 3] {
        let [high, low] = self.0.to_be_bytes();
        [high, low, u8::from(self.1)]
    }

    pub fn from_bytes(bytes: &[u8; 3]) -> Option<Packet> {
        Some(Packet(u16::from_be_bytes([bytes[0], bytes[1]]), bytes[2] == 1))
    }
}

pub trait Door: Send {
    fn open(&mut self, token: &str, wide: bool) -> u8;
    fn close(&mut self);
}

pub struct Gate {
    door: Box<dyn Door>,
    seen: Vec<String>,
    most: usize,
}

impl Gate {
    pub fn new(door: Box<dyn Door>, most: usize) -> Gate {
        Gate { door, seen: Vec::new(), most }
    }

    pub fn open(&mut self, token: String) {
        if !self.seen.contains(&token) && self.seen.len() < self.most {
            self.door.open(&token, true);
            self.seen.push(token);
        }
    }

    pub fn shut(&mut self) {
        self.door.close();
    }
}

pub fn added(one: u64, other: u64) -> Option<u64> {
    one.checked_add(other)
}

#[derive(Debug, Default)]
pub struct Diary {
    text: String,
}

impl Diary {
    pub fn say(&mut self, words: &str) {
        self.text.push_str(words);
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}

#[derive(Debug, Default)]
pub struct Names {
    names: Vec<String>,
}

impl Names {
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn insert(&mut self, name: &str) -> bool {
        let fresh = self.names.iter().all(|known| known != name);
        if fresh {
            self.names.push(name.to_owned());
        }
        fresh
    }
}

pub fn listed(options: &[Option<char>], names: Option<&[u8]>, other: Option<&Packet>) -> usize {
    options.len() + names.map_or(0, <[u8]>::len) + usize::from(other.is_some())
}
