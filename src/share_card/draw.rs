//! The share card of a page, and the icon of a site, as PNG files.

use serde::Serialize;

#[cfg(feature = "cards")]
use crate::share_card::canvas::{Canvas, Ink, Rgb};
#[cfg(feature = "cards")]
use crate::share_card::{lines, typeface};

/// Whether this program can draw cards and icons.
pub(crate) const DRAWS: bool = cfg!(feature = "cards");
/// Changes with everything that decides on the pixels of a card or an icon, the typeface included.
pub(crate) const VERSION: u32 = 1;
/// Width and height of a card in pixels: what those who show them ask for.
pub(crate) const CARD_SIZE: (u32, u32) = (1200, 630);

/// What a card shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct CardText {
    /// above all, on the left: the name of the site; empty on the site's own card
    pub(crate) site: String,
    /// above all, on the right: the theme; empty: none
    pub(crate) theme: String,
    /// 1 to 8, as in the style sheet
    pub(crate) hue: usize,
    /// the line above the headline; empty: none
    pub(crate) kicker: String,
    pub(crate) headline: String,
    /// below all: paper, day and page, or a description
    pub(crate) below: String,
}

impl CardText {
    /// Whether all of it can be drawn.
    pub(crate) fn can_be_drawn(&self) -> bool {
        [&self.site, &self.theme, &self.kicker, &self.headline, &self.below].into_iter().all(|text| can_draw(text))
    }
}

/// Without the feature, no text can be drawn.
#[cfg(not(feature = "cards"))]
pub(crate) fn can_draw(_: &str) -> bool {
    false
}

/// Without the feature, nothing is drawn.
#[cfg(not(feature = "cards"))]
pub(crate) fn draw_card(_: &CardText) -> Vec<u8> {
    Vec::new()
}

/// Without the feature, nothing is drawn.
#[cfg(not(feature = "cards"))]
pub(crate) fn draw_icon(_: Option<char>, _: u32) -> Vec<u8> {
    Vec::new()
}

/// Whether the typeface has every character of a text.
#[cfg(feature = "cards")]
pub(crate) fn can_draw(text: &str) -> bool {
    typeface::has_all(text)
}

/// The style sheet's colours in light: paper, ink, soft ink, and the hues in their order.
#[cfg(feature = "cards")]
const PAPER: Rgb = [0xFB, 0xF8, 0xF1];
#[cfg(feature = "cards")]
const TEXT: Rgb = [0x1E, 0x1B, 0x17];
#[cfg(feature = "cards")]
const SOFT: Rgb = [0x62, 0x5A, 0x4E];
#[cfg(feature = "cards")]
const HUES: [Rgb; 8] = [
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
#[cfg(feature = "cards")]
const MARGIN: f32 = 80.0;
#[cfg(feature = "cards")]
const WIDTH: f32 = CARD_SIZE.0 as f32 - 2.0 * MARGIN;
/// Between the rule at the top and that at the bottom.
#[cfg(feature = "cards")]
const TOP: f32 = 130.0;
#[cfg(feature = "cards")]
const BOTTOM: f32 = 530.0;
/// From baseline to baseline, in ems.
#[cfg(feature = "cards")]
const LEADING: f32 = 1.3;
/// Sizes of a headline in pixels, with the most lines that each may have: the first that fits is taken.
#[cfg(feature = "cards")]
const SIZES: [(f32, usize); 7] = [(140.0, 1), (112.0, 2), (96.0, 2), (88.0, 3), (80.0, 3), (72.0, 4), (64.0, 4)];

/// A card as a PNG file.
#[cfg(feature = "cards")]
pub(crate) fn draw_card(card: &CardText) -> Vec<u8> {
    let mut canvas = Canvas::new(CARD_SIZE.0, CARD_SIZE.1);
    draw_frame(&mut canvas, card);
    draw_headline(&mut canvas, card);
    let hue = HUES[card.hue.saturating_sub(1) % HUES.len()];
    canvas.png(PAPER, [TEXT, SOFT, hue])
}

/// The bar of the theme's colour, the names at the top, the rules, and what stands at the bottom.
#[cfg(feature = "cards")]
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
#[cfg(feature = "cards")]
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

/// The size and the lines of a headline that has this height.
#[cfg(feature = "cards")]
fn fitted(headline: &str, height: f32) -> (f32, Vec<String>) {
    let (smallest, _) = SIZES[SIZES.len() - 1];
    for (size, most) in SIZES {
        let most = most.min((height / (size * LEADING)) as usize);
        if most == 0 {
            continue;
        }
        let divided = lines::divide(headline, WIDTH / size, most, &typeface::width);
        if divided.is_whole || size == smallest {
            return (size, divided.lines);
        }
    }
    (smallest, Vec::new())
}

/// The icon of a site, a square of this size, as a PNG file: a character, or where there is none that can be drawn, a newspaper page.
#[cfg(feature = "cards")]
pub(crate) fn draw_icon(c: Option<char>, size: u32) -> Vec<u8> {
    /// The parts of the page, on a grid of 32: left, top, width, height.
    const PAGE: [[f32; 4]; 5] = [
        [6.0, 7.0, 20.0, 3.0],
        [6.0, 14.0, 9.0, 2.0],
        [6.0, 18.0, 9.0, 2.0],
        [6.0, 22.0, 9.0, 2.0],
        [17.0, 14.0, 9.0, 10.0],
    ];
    let mut canvas = Canvas::new(size, size);
    let scale = size as f32 / 32.0;
    match c {
        Some(c) => canvas.centred(c, size as f32 * 0.64, Ink::Text),
        None => PAGE.map(|part| part.map(|length| length * scale)).into_iter().for_each(|[x, y, width, height]| {
            canvas.rectangle((x, y), (width, height), Ink::Text);
        }),
    }
    canvas.png(HUES[0], [PAPER; 3])
}

#[cfg(all(test, feature = "cards"))]
mod dump {
    use super::*;
    #[test]
    fn dump() {
        let Ok(dir) = std::env::var("DUMP") else { return };
        let card = |theme: &str, hue, kicker: &str, headline: &str, below: &str| CardText { site: "劳动文摘".into(), theme: theme.into(), hue, kicker: kicker.into(), headline: headline.into(), below: below.into() };
        let cards = [
            card("产业工人队伍建设", 3, "", "从方向盘到摇杆 网约车司机考下飞手证", "江边晚报　2025年2月25日　第3版"),
            card("职业技能", 4, "示例市总工会推进“技能强工”行动", "老焊工的新课堂", "江边晚报　2025年2月25日　第3版"),
            card("就业", 2, "关于推动平台企业与劳动者共享发展的若干意见解读之三", "“把台阶走实、把路子走宽”：示例省以“产改”十年为契机，推动建立技能人才培养、使用、评价、激励长效机制，让更多一线劳动者得实惠、有奔头、受尊重，带动区域产业转型升级", "示例工人日报　2025年12月31日　第12版"),
            card("", 1, "", "《示例》：ABC-123 号 AI 机床“上岗”记", "江边晚报"),
            CardText { hue: 1, headline: "劳动文摘".into(), below: "把报纸上的产业工人队伍建设改革报道，按主题收进一册".into(), ..CardText::default() },
            card("", 5, "", "产业工人队伍建设改革", "各地推进产业工人队伍建设改革的做法与经验"),
            card("就业", 6, "本报评论员", "守护骑手的“最后一公里”", "江边晚报　2025年2月25日"),
        ];
        for (at, card) in cards.iter().enumerate() {
            let png = draw_card(card);
            eprintln!("{at} {} bytes", png.len());
            std::fs::write(format!("{dir}/card{at}.png"), png).unwrap();
        }
        for size in [180, 192, 512] {
            let png = draw_icon(Some('劳'), size);
            eprintln!("icon {size} {}", png.len());
            std::fs::write(format!("{dir}/icon{size}.png"), png).unwrap();
        }
        std::fs::write(format!("{dir}/icon-none.png"), draw_icon(None, 180)).unwrap();
        let begin = std::time::Instant::now();
        for _ in 0..40 { for card in &cards { draw_card(card); } }
        eprintln!("{:?} a card, one thread", begin.elapsed() / 280);
    }
}
