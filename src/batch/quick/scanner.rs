//! JSON as nearly everybody writes it, from left to right and without a copy.
//!
//! Not all that is JSON is taken: numbers have no sign and no exponent. What is taken is JSON, but
//! for the inside of texts, which is looked into where it is needed.

use std::str::FromStr;

use memchr::memchr;

/// What is left of a line. Whatever is not plainly what is asked for is `None`; nothing more can be
/// taken then.
#[derive(Debug)]
pub(super) struct Scanner<'l> {
    rest: &'l [u8],
}

impl<'l> Scanner<'l> {
    pub(super) const fn new(line: &'l [u8]) -> Self {
        Self { rest: line }
    }

    /// Nothing but white space.
    pub(super) fn end(mut self) -> Option<()> {
        (self.peek().is_none() && self.rest.is_empty()).then_some(())
    }

    /// The byte that stands next behind white space; it is not taken.
    pub(super) fn peek(&mut self) -> Option<u8> {
        if let [byte @ b'!'..=u8::MAX, ..] = self.rest {
            return Some(*byte);
        }
        self.skip_space();
        self.rest.first().copied()
    }

    /// An object, each member taken by `member`, which is told the first two bytes of its key: they
    /// tell which key it can be before its end is found.
    pub(super) fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, [u8; 2]) -> Option<()>,
    ) -> Option<()> {
        self.sequence([b'{', b'}'], |json| {
            json.skip_space_to(b'"');
            let [b'"', first, second, ..] = *json.rest else { return None };
            member(json, [first, second])
        })
    }

    /// Takes `key`, and goes to its value.
    pub(super) fn value_of(&mut self, key: &str) -> Option<&mut Self> {
        let quoted = self.rest.strip_prefix(b"\"")?;
        self.rest = quoted.strip_prefix(key.as_bytes())?.strip_prefix(b"\"")?;
        self.byte(b':')?;
        self.skip_one_space();
        Some(self)
    }

    /// A key, whatever it is.
    pub(super) fn key(&mut self) -> Option<&'l [u8]> {
        let key = self.text()?;
        self.byte(b':').map(|()| key)
    }

    /// A list, each item taken by `item`.
    pub(super) fn list(&mut self, item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.sequence([b'[', b']'], item)
    }

    /// A text as it is written. It is known to be one once it equals a text, or once
    /// [`meant`](super::names::meant) says what it means: what stands in it is not looked at here.
    pub(super) fn text(&mut self) -> Option<&'l [u8]> {
        self.skip_space_to(b'"');
        let quoted = self.rest.strip_prefix(b"\"")?;
        let near = near_quote(quoted).and_then(|at| quoted.split_at_checked(at));
        let Some((text, [_, behind @ ..])) = near else { return self.long_text(quoted) };
        if let [.., b'\\'] = text {
            return self.long_text(quoted);
        }
        self.rest = behind;
        Some(text)
    }

    /// What `read` makes of a text of so many bytes, if that may stand next: its end need not be
    /// looked for. Nothing is taken if it makes nothing of it, as where a shorter text ends in it.
    pub(super) fn text_of<const LENGTH: usize, T>(
        &mut self,
        read: impl FnOnce(&'l [u8; LENGTH]) -> Option<T>,
    ) -> Option<T> {
        self.skip_space_to(b'"');
        let (text, behind) = self.rest.strip_prefix(b"\"")?.split_first_chunk()?;
        let behind = behind.strip_prefix(b"\"")?;
        let read = read(text)?;
        self.rest = behind;
        Some(read)
    }

    /// A text that may be long, or have escapes.
    #[inline(never)]
    fn long_text(&mut self, quoted: &'l [u8]) -> Option<&'l [u8]> {
        let (text, behind) = match quoted.split_at_checked(memchr(b'"', quoted)?)? {
            ([.., b'\\'], _) => quoted.split_at_checked(to_plain_quote(quoted)?)?,
            split => split,
        };
        self.rest = behind.get(1..)?;
        Some(text)
    }

    /// A number of 0 or more.
    pub(super) fn number<T: From<u32> + FromStr>(&mut self) -> Option<T> {
        self.peek()?;
        let whole = digits(self.rest);
        let fraction = match self.rest.get(whole..)? {
            [b'.', behind @ ..] => 1 + digits(behind),
            _ => 0,
        };
        let (number, behind) = self.rest.split_at_checked(whole + fraction)?;
        if matches!(number, [] | [b'.', ..] | [.., b'.'] | [b'0', b'0'..=b'9', ..]) {
            return None;
        }
        self.rest = behind;
        amount(number).map(T::from).or_else(|| str::from_utf8(number).ok()?.parse().ok())
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        let flag = self.peek()? == b't';
        self.word(if flag { b"true" } else { b"false" }).map(|()| flag)
    }

    pub(super) fn null(&mut self) -> Option<()> {
        self.peek()?;
        self.word(b"null")
    }

    /// What stands between brackets, with commas between.
    fn sequence(
        &mut self,
        [open, close]: [u8; 2],
        mut item: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.byte(open)?;
        if self.peek()? == close {
            return self.byte(close);
        }
        loop {
            item(self)?;
            match self.next()? {
                b',' => self.skip_one_space(),
                byte => return (byte == close).then_some(()),
            }
        }
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.rest = self.rest.get(1..)?;
        Some(byte)
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        self.skip_space_to(byte);
        self.word(&[byte])
    }

    /// Behind colons and commas there is no white space, or mostly one space.
    fn skip_one_space(&mut self) {
        if let [b' ', behind @ ..] = self.rest {
            self.rest = behind;
        }
    }

    /// Mostly there is no white space.
    fn skip_space_to(&mut self, byte: u8) {
        if self.rest.first() != Some(&byte) {
            self.skip_space();
        }
    }

    fn skip_space(&mut self) {
        self.rest = behind_space(self.rest);
    }

    pub(super) fn word(&mut self, word: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }
}

#[inline(never)]
fn behind_space(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\n' | b'\r', behind @ ..] = text {
        text = behind;
    }
    text
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// What these digits amount to, if that is not too much; `None` for other numbers.
fn amount(number: &[u8]) -> Option<u32> {
    number.iter().try_fold(0, |amount: u32, byte| match byte {
        b'0'..=b'9' => amount.checked_mul(10)?.checked_add(u32::from(byte - b'0')),
        _ => None,
    })
}

/// How many bytes stand before the next quote that is not escaped.
fn to_plain_quote(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match text.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Where the first quote stands, if it is among the next sixteen bytes and they are not all.
///
/// All are looked at as one number: where the quote is must not be a question of its own.
#[inline]
fn near_quote(text: &[u8]) -> Option<usize> {
    const ONES: u128 = u128::from_ne_bytes([1; 16]);
    const HIGH_BITS: u128 = ONES << 7;
    // A quote is zero now. Less one, of all bytes without a high bit only zero gets one: what it
    // borrows can do the same to a byte behind it, and never to one before.
    let others = u128::from_le_bytes(*text.first_chunk()?) ^ (u128::from(b'"') * ONES);
    let quotes = others.wrapping_sub(ONES) & !others & HIGH_BITS;
    (quotes != 0).then(|| quotes.trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `take` takes from `text`, if that is all of it.
    fn whole<'t, T>(text: &'t str, take: impl FnOnce(&mut Scanner<'t>) -> Option<T>) -> Option<T> {
        let mut json = Scanner::new(text.as_bytes());
        let taken = take(&mut json)?;
        json.end().map(|()| taken)
    }

    fn text(written: &str) -> Option<&str> {
        whole(written, Scanner::text).map(|text| str::from_utf8(text).unwrap())
    }

    fn number(written: &str) -> Option<f64> {
        whole(written, Scanner::number)
    }

    fn numbers(written: &str) -> Option<Vec<u32>> {
        let mut numbers = Vec::new();
        whole(written, |json| json.list(|json| json.number().map(|number| numbers.push(number))))
            .map(|()| numbers)
    }

    fn members(written: &str) -> Option<Vec<(&str, u32)>> {
        let mut members = Vec::new();
        whole(written, |json| {
            json.object(|json, _| {
                members.push((str::from_utf8(json.key()?).unwrap(), json.number()?));
                Some(())
            })
        })
        .map(|()| members)
    }

    #[test]
    fn a_text_ends_at_its_quote_wherever_that_stands() {
        for length in 0..40 {
            let inner = "é".repeat(length / 2) + &"x".repeat(length % 2);
            assert_eq!(text(&format!("\"{inner}\"")), Some(&*inner), "at the end");
            assert_eq!(text(&format!("\"{inner}\"{}", " ".repeat(20))), Some(&*inner));
            assert_eq!(text(&format!("\"{inner}")), None);
        }
    }

    #[test]
    fn a_text_keeps_its_escapes_as_they_are_written() {
        for inner in [r#"\""#, r"\\", r#"seven b\""#, r#"eight by\""#, r#"nine byte\\\"\\"#, r"\x"]
        {
            assert_eq!(text(&format!("\"{inner}\"")), Some(inner));
            assert_eq!(text(&format!("\"{inner}\"                ")), Some(inner));
        }
        assert_eq!(text(r#""\""#), None);
        assert_eq!(text(r#""\"#), None);
    }

    #[test]
    fn a_short_text_ends_at_its_own_quote_whatever_follows() {
        for length in 0..40 {
            let inner = "x".repeat(length);
            for behind in ["", "\"", "\\\"", "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\""] {
                let line = format!("\"{inner}\"{behind}");
                assert_eq!(Scanner::new(line.as_bytes()).text(), Some(inner.as_bytes()), "{line}");
            }
        }
    }

    #[test]
    fn of_all_bytes_only_a_quote_ends_a_text() {
        for byte in 0..=u8::MAX {
            for at in 0..16 {
                let mut inner = [b'!'; 17];
                inner[at] = byte;
                let line = [&b"\""[..], &inner, b"\", behind it"].concat();
                let end = if byte == b'"' { at } else { 17 };
                assert_eq!(Scanner::new(&line).text(), Some(&inner[..end]), "{byte} at {at}");
            }
        }
    }

    #[test]
    fn a_text_of_known_length_is_taken_if_something_is_made_of_it() {
        let pair = |text: &'static str, behind: &str| {
            let mut json = Scanner::new(text.as_bytes());
            let pair = json.text_of(|pair: &[u8; 2]| pair.is_ascii().then_some(*pair));
            assert_eq!(json.rest, behind.as_bytes(), "{text}");
            pair
        };
        assert_eq!(pair(r#""en","#, ","), Some(*b"en"));
        assert_eq!(pair("  \"en\"", ""), Some(*b"en"));
        for text in [r#""e""#, r#""eng""#, r#""é""#, r#""en"#, "en", ""] {
            assert_eq!(pair(text, text), None);
        }
    }

    #[test]
    fn a_value_stands_behind_its_own_key_only() {
        let value = |text: &'static str| {
            whole(text, |json| {
                let mut value = None;
                json.object(|json, key| {
                    assert_eq!(&key, b"ki");
                    value = Some(json.value_of("kind")?.number::<u32>()?);
                    Some(())
                })?;
                value
            })
        };
        assert_eq!(value(r#"{"kind":1}"#), Some(1));
        assert_eq!(value("{ \"kind\"\t: \n1 }"), Some(1));
        for text in [
            r#"{"kin":1}"#,
            r#"{"kinds":1}"#,
            r#"{"kiNd":1}"#,
            r#"{"kin\u0064":1}"#,
            r#"{"kind"}"#,
            r#"{"kind":}"#,
            r#"{"kind 1}"#,
            r#"{"ki"#,
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        for text in ["{\"", "{\"k", "{\"\"", "{k"] {
            assert_eq!(whole(text, |json| json.object(|_, _| Some(()))), None, "{text}");
        }
    }

    #[test]
    fn a_number_has_the_digits_of_json_and_neither_a_sign_nor_an_exponent() {
        for written in ["0", "7", "10", "0.5", "1.0", "90.25", "0.001", "123456789012345678901234"]
        {
            assert_eq!(number(written), written.parse().ok(), "{written}");
        }
        for written in
            ["", "-", "-0", "-1", "+1", "01", "00", ".5", "1.", "1e3", "0x1", "1.5.", "NaN"]
        {
            assert_eq!(number(written), None, "{written}");
        }
    }

    #[test]
    fn a_whole_number_has_no_fraction_and_fits() {
        assert_eq!(whole("4294967295", Scanner::number::<u32>), Some(u32::MAX));
        assert_eq!(whole("4294967296", Scanner::number::<u32>), None);
        assert_eq!(whole("4294967296", Scanner::number::<i64>), Some(1 << 32));
        assert_eq!(whole("1.0", Scanner::number::<u32>), None);
    }

    #[test]
    fn words_are_told_to_their_end() {
        assert_eq!(whole("true", Scanner::flag), Some(true));
        assert_eq!(whole(" false ", Scanner::flag), Some(false));
        assert_eq!(whole("null", Scanner::null), Some(()));
        for written in ["", "t", "True", "tru", "truee", "\"true\"", "0", "null"] {
            assert_eq!(whole(written, Scanner::flag), None, "{written}");
        }
    }

    #[test]
    fn commas_stand_between_items_and_nowhere_else() {
        assert_eq!(numbers("[]"), Some(vec![]));
        assert_eq!(numbers("[1]"), Some(vec![1]));
        assert_eq!(numbers("[1,2,30]"), Some(vec![1, 2, 30]));
        for written in ["", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1}", "[1]]"]
        {
            assert_eq!(numbers(written), None, "{written}");
        }
    }

    #[test]
    fn an_object_has_its_keys_in_quotes_and_colons_behind_them() {
        assert_eq!(members("{}"), Some(vec![]));
        assert_eq!(members(r#"{"a":1,"b":2}"#), Some(vec![("a", 1), ("b", 2)]));
        for written in [
            "{",
            "}",
            "{1}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a" 1}"#,
            r#"{"a"::1}"#,
            r#"{"a":1,}"#,
            r#"{,"a":1}"#,
            r"{a:1}",
            r"{'a':1}",
            r#"{"a":1]"#,
            r#"{"a":1"b":2}"#,
        ] {
            assert_eq!(members(written), None, "{written}");
        }
    }

    #[test]
    fn white_space_may_stand_between_any_two_parts_and_within_none() {
        assert_eq!(numbers(" \t\r\n[ 1 ,\n2\r]\t"), Some(vec![1, 2]));
        assert_eq!(members(" { \"a b\" : 1 , \"c\" : 2 } "), Some(vec![("a b", 1), ("c", 2)]));
        for written in ["[1 0]", "[\u{b}1]", "[\u{a0}1]", "[1]\0", "[\u{feff}1]"] {
            assert_eq!(numbers(written), None, "{written}");
        }
        assert_eq!(whole("tr ue", Scanner::flag), None);
    }
}
