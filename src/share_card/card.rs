//! The share card: a bar of the theme's colour, the names at the top, the headline, and where it was printed.

use crate::share_card::canvas::{Canvas, Ink, Rgb};
use crate::share_card::card_text::{CARD_SIZE, CardText};
use crate::share_card::{lines, typeface};

/// The style sheet's colours in light: paper, ink, soft ink, and the hues in their order.
pub(super) const PAPER: Rgb = [0xFB, 0xF8, 0xF1];
const TEXT: Rgb = [0x1E, 0x1B, 0x17];
const SOFT: Rgb = [0x62, 0x5A, 0x4E];
pub(super) const HUES: [Rgb; 8] = [
    [0xA3, 0x20, 0x1D],
    [0x8A, 0x4A, 0x0C],
    [0x1F, 0x61, 0x49],
    [0x23, 0x4F, 0x86],
    [0x5D, 0x5A, 0x12],
    [0x86, 0x28, 0x5F],
    [0x0D, 0x61, 0x70],
    [0x59, 0x3A, 0x8C],
];

/// The margin on the left and on the right, and the width between them.
const MARGIN: f32 = 80.0;
const WIDTH: f32 = CARD_SIZE.0 as f32 - 2.0 * MARGIN;
/// Between the rule at the top and that at the bottom.
const TOP: f32 = 130.0;
const BOTTOM: f32 = 530.0;
/// From baseline to baseline, in ems.
const LEADING: f32 = 1.3;
/// Sizes of a headline in pixels, with the most lines that each may have: the first that fits is taken.
const SIZES: [(f32, usize); 7] = [(140.0, 1), (112.0, 2), (96.0, 2), (88.0, 3), (80.0, 3), (72.0, 4), (60.0, 4)];

/// A card as a PNG file.
pub(super) fn draw_card(card: &CardText) -> Vec<u8> {
    let mut canvas = Canvas::new(CARD_SIZE.0, CARD_SIZE.1);
    draw_frame(&mut canvas, card);
    draw_headline(&mut canvas, card);
    let hue = HUES[card.hue.saturating_sub(1) % HUES.len()];
    canvas.png(PAPER, [TEXT, SOFT, hue])
}

/// The bar of the theme's colour, the names at the top, the rules, and what stands at the bottom.
fn draw_frame(canvas: &mut Canvas, card: &CardText) {
    const SMALL: f32 = 34.0;
    const SQUARE: f32 = 18.0;
    canvas.rectangle((0.0, 0.0), (CARD_SIZE.0 as f32, 20.0), Ink::Hue);
    let fitting = |text: &str, widest: f32| lines::cut(text, widest / SMALL, &typeface::width);
    let theme = fitting(&card.theme, WIDTH / 2.0);
    let theme_width = typeface::width(&theme) * SMALL;
    if !theme.is_empty() {
        let left = MARGIN + WIDTH - theme_width;
        canvas.text(&theme, (left, 94.0), SMALL, Ink::Hue);
        canvas.rectangle((left - 1.7 * SQUARE, 73.0), (SQUARE, SQUARE), Ink::Hue);
    }
    canvas.text(&fitting(&card.site, WIDTH - theme_width - 60.0), (MARGIN, 94.0), SMALL, Ink::Text);
    canvas.rectangle((MARGIN, 118.0), (WIDTH, 4.0), Ink::Text);
    canvas.rectangle((MARGIN, 126.0), (WIDTH, 1.0), Ink::Text);
    canvas.rectangle((MARGIN, 538.0), (WIDTH, 1.0), Ink::Text);
    canvas.text(&fitting(&card.below, WIDTH), (MARGIN, 586.0), SMALL, Ink::Soft);
}

/// The kicker and the headline, in the middle between the rules.
fn draw_headline(canvas: &mut Canvas, card: &CardText) {
    const KICKER: f32 = 38.0;
    let above = if card.kicker.is_empty() { 0.0 } else { KICKER * 1.7 };
    let (size, lines) = fitted(&card.headline, BOTTOM - TOP - above);
    let height = above + lines.len() as f32 * size * LEADING;
    let top = TOP + (BOTTOM - TOP - height) / 2.0;
    let kicker = lines::cut(&card.kicker, WIDTH / KICKER, &typeface::width);
    canvas.text(&kicker, (MARGIN, top + KICKER * 1.2), KICKER, Ink::Soft);
    // the middle of a Chinese character is 0.38 em above its baseline
    let first = top + above + size * (LEADING / 2.0 + 0.38);
    for (at, line) in lines.iter().enumerate() {
        canvas.text(line, (MARGIN, first + at as f32 * size * LEADING), size, Ink::Text);
    }
}

/// The size and the lines of a headline that has this height: the largest at which each line ends with a phrase, if that is large; else
/// the largest at which each line ends with a word.
fn fitted(headline: &str, height: f32) -> (f32, Vec<String>) {
    /// The least size of lines that end with phrases, and of a line that stands alone.
    const LARGE: f32 = 80.0;
    const ALONE: f32 = 112.0;
    let headline = lines::Headline::of(headline);
    let mut whole = None;
    let mut smallest = (0.0, Vec::new());
    for (size, most) in SIZES {
        let most = most.min((height / (size * LEADING)) as usize).max(1);
        let divided = headline.divide(WIDTH / size, most, &typeface::width);
        let is_large = size >= if divided.lines.len() > 1 { LARGE } else { ALONE };
        if divided.is_phrased && is_large {
            return (size, divided.lines);
        }
        if divided.is_whole && whole.is_none() {
            whole = Some((size, divided.lines.clone()));
        }
        smallest = (size, divided.lines);
    }
    whole.unwrap_or(smallest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(kicker: &str, headline: &str) -> CardText {
        CardText {
            site: "示例文摘".into(),
            theme: "技能".into(),
            hue: 3,
            kicker: kicker.into(),
            headline: headline.into(),
            below: "示例晚报　2025年2月25日　第3版".into(),
        }
    }

    #[test]
    fn a_card_has_its_size_and_few_bytes_whatever_it_shows() {
        let long = "推动建立技能人才培养、使用、评价、激励长效机制，".repeat(20);
        for (kicker, headline) in
            [("", "新课"), ("示例市总工会推进“技能强工”行动", "老焊工的新课堂"), (&long, &long), ("", "")]
        {
            let file = draw_card(&card(kicker, headline));
            assert!(file.starts_with(b"\x89PNG\r\n"));
            assert_eq!((&file[16..20], &file[20..24]), (&1200u32.to_be_bytes()[..], &630u32.to_be_bytes()[..]));
            assert!(file.len() <= 60_000, "{headline}: {} bytes", file.len());
            assert_eq!(file, draw_card(&card(kicker, headline)));
        }
    }

    #[test]
    fn a_line_ends_with_a_phrase_where_that_leaves_it_large() {
        let (size, lines) = fitted("四个小时，谈拢一条“等餐”规则", 330.0);
        assert_eq!((size, lines), (96.0, vec!["四个小时，".to_owned(), "谈拢一条“等餐”规则".to_owned()]));
        assert_eq!(fitted("产业工人队伍建设改革", 390.0).1, ["产业工人队伍", "建设改革"]);
    }

    #[test]
    fn a_short_headline_is_large_and_a_long_one_is_in_four_lines_at_most() {
        assert_eq!(fitted("新课", 390.0), (140.0, vec!["新课".to_owned()]));
        let (size, lines) = fitted(&"推动建立技能人才培养、使用、评价、激励长效机制，".repeat(5), 330.0);
        assert_eq!((size, lines.len()), (60.0, 4));
        assert!(lines.iter().all(|line| typeface::width(line) * size <= WIDTH), "{lines:?}");
        assert!(lines[3].ends_with('…'));
    }
}
