//! Parses the items of lists (`一是…`, `（二）…`, `第三，…`, `4. …`, `⑤…`) and recognises the rows of tables.

/// The item of a list that a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListItem<'a> {
    /// what stands before the number: （ or 第 or nothing
    before: &'a str,
    /// what stands behind it; ① for every number in a circle
    mark: char,
    number: usize,
}

impl<'a> ListItem<'a> {
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        const NUMERALS: &str = "一二三四五六七八九十";
        let start = text.trim_start_matches(['（', '(', '第', '其']);
        let first = start.chars().next()?;
        let digits = start.bytes().take_while(u8::is_ascii_digit).count();
        let is_circled = ('①'..='⑳').contains(&first);
        let (number, rest) = match first {
            _ if (1..=2).contains(&digits) => (start[..digits].parse().ok()?, &start[digits..]),
            _ if is_circled => (first as usize - '①' as usize + 1, &start[first.len_utf8()..]),
            numeral => (NUMERALS.chars().position(|c| c == numeral)? + 1, &start[numeral.len_utf8()..]),
        };
        let mark = rest.chars().next().filter(|c| is_circled || "是、．.）)，：:要".contains(*c))?;
        let is_decimal = mark == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        let mark = if is_circled { '①' } else { mark };
        (!is_decimal).then(|| Self { before: &text[..text.len() - start.len()], mark, number })
    }

    pub(crate) fn is_first(self) -> bool {
        self.number == 1
    }

    /// It is the next item of the same list.
    pub(crate) fn follows(self, last: Self) -> bool {
        (self.before, self.mark) == (last.before, last.mark) && self.number == last.number + 1
    }
}

/// `1 示范股份 18.99`: several fields, the last a number.
pub(crate) fn is_table_row(text: &str) -> bool {
    let is_number = |field: &str| field.chars().all(|c| c.is_ascii_digit() || ".,%％-—+".contains(c));
    let fields = text.split_whitespace().count();
    fields >= 2 && !text.contains('。') && text.split_whitespace().next_back().is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_one_list_follow_each_other() {
        let follows = |item: &str, last: &str| ListItem::parse(item).unwrap().follows(ListItem::parse(last).unwrap());
        for (last, item) in [
            ("一是看手艺；", "二是看评语。"),
            ("（三）发给谁；", "（四）怎么算；"),
            ("⑨体检", "⑩培训"),
            ("4. 急停；", "5. 报警；"),
        ] {
            assert!(follows(item, last), "{last}|{item}");
        }
        for (last, item) in
            [("一是看手艺；", "三是看评语。"), ("一是看手艺；", "（二）看评语。"), ("第一，手艺。", "二、评语。")]
        {
            assert!(!follows(item, last), "{last}|{item}");
        }
    }

    #[test]
    fn figures_are_no_items() {
        for text in ["1.5万元。", "一家人坐在桌边", "2025. 这个数字", "十年磨一剑", "老匠人说"] {
            assert_eq!(ListItem::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rows_of_tables_end_with_a_number() {
        assert!(["1 示范股份 18.99", "东湾港  3,200  -4.5%"].into_iter().all(is_table_row));
        assert!(!["3月6日 星期五", "示范股份", "一共 3。"].into_iter().any(is_table_row));
    }
}
