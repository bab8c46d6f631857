//! Generated articles: Chinese text for benchmarks, the same in every run.
//!
//! Twenty-four articles a day, six to a page, backwards from the end of 2024: 200,000 articles cover 23 years. Of a larger library there are
//! six times as many a day, so that a million covers 19. Names, places and
//! sentences are invented. Sentences are composed of parts, so that character bigrams are distributed about as in a newspaper:
//! some occur everywhere, most in few articles. Every second article has a new author; the others are by the staff, or by any
//! earlier author.

#![allow(dead_code, reason = "each benchmark uses a part of this")]

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The themes: id, slug.
pub(crate) const THEMES: [(&str, &str); 4] =
    [("工匠", "craft"), ("技能", "skill"), ("就业", "jobs"), ("权益", "rights")];

const PLACES: [&str; 12] = [
    "云泊市",
    "青湾县",
    "东湖区",
    "望川镇",
    "石桥街道",
    "南浦港",
    "梧溪矿区",
    "临港新城",
    "北岭林场",
    "柳河开发区",
    "白鹭洲",
    "长岗村",
];
const OCCUPATIONS: [&str; 16] = [
    "焊工",
    "车间主任",
    "快递员",
    "外卖骑手",
    "养路工",
    "电梯维修工",
    "纺织女工",
    "货车司机",
    "炼钢工",
    "高级技师",
    "实训老师",
    "工会主席",
    "青年学徒",
    "质检员",
    "叉车司机",
    "护理员",
];
const ACTIONS: [&str; 18] = [
    "把多年的经验写成了操作口诀",
    "带着徒弟改好了老旧的夹具",
    "在夜校里学会了编写程序",
    "通过协商拿到了拖欠的加班费",
    "领到了第一张技能等级证书",
    "在驿站里喝上了热水、吃上了热饭",
    "用一把锉刀做出了头发丝粗细的精度",
    "把废料重新排样，一年省下好几吨钢",
    "参加了省里的技能竞赛",
    "报名了企业办的新型学徒班",
    "同平台签下了第一份书面协议",
    "把设备的异响听成了一张曲线图",
    "在班前会上讲了三分钟安全",
    "给新来的工友画了一张流程图",
    "用手机记下每一次停机的原因",
    "向厂里提了十一条合理化建议",
    "守着炉子过了二十个除夕",
    "把图纸上的毛病一处一处圈了出来",
];
const REASONS: [&str; 12] = [
    "因为订单催得紧",
    "按照新的集体合同",
    "在工会的帮助下",
    "为了少出一件废品",
    "趁着检修的空当",
    "听了老师傅的劝",
    "赶在汛期到来之前",
    "经过半年的试验",
    "照着竞赛的标准",
    "和同事商量以后",
    "拿着自己攒下的笔记",
    "借着改造生产线的机会",
];
const RESULTS: [&str; 12] = [
    "产线的节拍因此快了一成",
    "工友们都说这个办法好",
    "车间里再也听不见那种刺耳的声音",
    "培训班的名额当天就报满了",
    "这笔钱第二周就到了账",
    "图纸后来成了厂里的教材",
    "来学艺的人排到了门外",
    "事故一年比一年少",
    "家里人也跟着松了一口气",
    "这件事很快传遍了整个园区",
    "年底的评比里多了一面锦旗",
    "厂里把它写进了作业指导书",
];
const SPEAKERS: [&str; 8] = [
    "他说",
    "她告诉记者",
    "班组长回忆",
    "一位老工友说",
    "车间的黑板上写着",
    "徒弟们笑着讲",
    "工会干部介绍",
    "记者在现场看到",
];
const SURNAMES: [&str; 16] =
    ["何", "麦", "凌", "邹", "苗", "庄", "祝", "滕", "覃", "宁", "柴", "鲍", "戚", "翟", "温", "骆"];
const GIVEN: [&str; 16] =
    ["牧", "野", "霄", "明月", "穗", "知秋", "远山", "渡", "闻笛", "采薇", "长青", "望", "思齐", "砚", "小满", "行简"];
/// Characters of given names.
const GIVEN_CHARACTERS: &str = "安白柏宝冰博采灿昌畅晨澄川春聪丹德笛帆芳菲风福刚歌格谷光海涵浩和荷恒虹华怀欢慧吉佳嘉坚江洁今锦京静君\
    凯康可兰朗乐蕾黎立良林琳岭流露满茂梅美萌敏名木南宁诺佩朋平琪千桥青秋泉然荣若三山尚诗书舒树朔思松素";
/// The number of people who write often.
const STAFF: usize = 60;
const PAPERS: [&str; 2] = ["示范工人报", "沿江晚报"];

/// Pseudo-random numbers, the same in every run (xorshift64*, Marsaglia and Vigna).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// A generated article.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) date: Date,
    pub(crate) paper: &'static str,
    pub(crate) page: u32,
    /// position on the page, from 1
    pub(crate) position: usize,
    /// one or two, by id
    pub(crate) themes: Vec<&'static str>,
    /// paragraphs; one may be a subhead, `## …`
    pub(crate) paragraphs: Vec<String>,
}

impl Sample {
    /// The article with this number.
    pub(crate) fn new(number: usize) -> Self {
        Self::of(number, 24)
    }

    /// The article with this number, of so many a day.
    pub(crate) fn of(number: usize, daily: usize) -> Self {
        let mut random = Random::new(number as u64 + 1);
        let (day, on_day) = (number / daily, number % daily);
        let first = random.below(THEMES.len());
        let mut themes = vec![THEMES[first].0];
        if random.below(3) == 0 {
            themes.push(THEMES[(first + 1 + random.below(THEMES.len() - 1)) % THEMES.len()].0);
        }
        Self {
            title: title(&mut random),
            author: author(number, &mut random),
            date: date(2024, 12, 31) - (day as i64).days(),
            paper: PAPERS[on_day / (daily / 2)],
            page: (on_day % (daily / 2) / 6 + 1) as u32,
            position: on_day % 6 + 1,
            themes,
            paragraphs: paragraphs(&mut random),
        }
    }

    pub(crate) fn name(&self) -> String {
        let paper = if self.paper == PAPERS[0] { "sfgrb" } else { "yjwb" };
        format!("{paper}-p{}-{:02}", self.page, self.position)
    }

    pub(crate) fn body(&self) -> String {
        self.paragraphs.join("\n\n") + "\n"
    }

    /// The article file: its path below `content/articles/`, and its text. A bare one has no paper and no authors, for which
    /// wenzhai makes pages that no other generator makes by itself.
    pub(crate) fn file(&self, bare: bool) -> (String, String) {
        let Self { title, author, date, paper, page, themes, .. } = self;
        let printed = match bare {
            true => String::new(),
            false => format!("authors = [\"{author}\"]\npaper = \"{paper}\"\npage = {page}\n"),
        };
        let themes = quoted(themes);
        let front = format!("+++\ntitle = \"{title}\"\ndate = {date}\n{printed}themes = [{themes}]\n+++\n\n");
        (format!("{}/{}.md", date.strftime("%Y/%m-%d"), self.name()), front + &self.body())
    }
}

impl Sample {
    /// The article as a row of a table.
    pub(crate) fn row(&self) -> String {
        let Self { title, author, date, paper, page, themes, .. } = self;
        let file = format!("{}/{}.md", date.strftime("%Y/%m-%d"), self.name());
        let row = serde_json::json!({
            "file": file, "title": title, "date": date.to_string(), "paper": paper, "page": page, "authors": [author], "themes": themes,
            "body": self.body(),
        });
        format!("{row}\n")
    }
}

pub(crate) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

/// What a bare site switches off, to make only what other generators make by themselves.
const SWITCHED_OFF: [&str; 3] = ["search", "places", "figures"];

/// `site.toml` of a generated site, bare or with everything on.
pub(crate) fn settings(bare: bool) -> String {
    let mut text = "title = \"样刊\"\nbase_url = \"https://example.org/\"\npage_size = 20\nfeed_size = 30\n".to_owned();
    for what in SWITCHED_OFF.iter().filter(|_| bare) {
        text.push_str(&format!("{what} = {{ enabled = false }}\n"));
    }
    if bare {
        text.push_str("twins = { themes = false }\n");
    }
    for (paper, slug) in PAPERS.iter().zip(["sfgrb", "yjwb"]) {
        text.push_str(&format!("[[papers]]\nname = \"{paper}\"\nslug = \"{slug}\"\n"));
    }
    for (id, slug) in THEMES {
        text.push_str(&format!("[[themes]]\nid = \"{id}\"\nslug = \"{slug}\"\nterms = {{ \"{id}\" = 3.0 }}\n"));
    }
    text
}

/// The author of the article with this number.
fn author(number: usize, random: &mut Random) -> String {
    let newest = number / 2;
    let is_new = number.is_multiple_of(2);
    match random.below(2) {
        _ if is_new => name(newest),
        0 => name(random.below(newest.min(STAFF) + 1)),
        _ => name(random.below(newest + 1)),
    }
}

/// The name of the person with this number: over 150,000 different ones.
fn name(number: usize) -> String {
    let characters: Vec<char> = GIVEN_CHARACTERS.chars().collect();
    let (surnames, count) = (SURNAMES.len(), characters.len());
    // coprime to the number of names, so that each name occurs once
    let at = number * 61_001 % (surnames * count * count);
    let given: String = [at / surnames % count, at / surnames / count].iter().map(|&at| characters[at]).collect();
    format!("{}{given}", SURNAMES[at % surnames])
}

fn title(random: &mut Random) -> String {
    let (place, worker) = (random.pick(&PLACES), random.pick(&OCCUPATIONS));
    let action = random.pick(&ACTIONS).replace('，', "");
    match random.below(3) {
        0 => format!("{place}{worker}{action}"),
        1 => format!("一名{worker}和他的{}", random.pick(&RESULTS)),
        _ => format!("{place}：{action}"),
    }
}

/// 400 to 1,400 characters.
fn paragraphs(random: &mut Random) -> Vec<String> {
    let count = 4 + random.below(8);
    let mut paragraphs: Vec<String> = (0..count).map(|_| paragraph(random)).collect();
    if count > 7 {
        let subhead = format!("## {}{}", random.pick(&PLACES), random.pick(&OCCUPATIONS));
        paragraphs.insert(count / 2, subhead);
    }
    paragraphs
}

fn paragraph(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..2 + random.below(3) {
        let number = 2 + random.below(97);
        let (worker, place) = (random.pick(&OCCUPATIONS), random.pick(&PLACES));
        let sentence = match random.below(4) {
            0 => format!(
                "{}，{place}的{worker}{}，{}。",
                random.pick(&REASONS),
                random.pick(&ACTIONS),
                random.pick(&RESULTS)
            ),
            1 => format!("{}：“{}，{}。”", random.pick(&SPEAKERS), random.pick(&ACTIONS), random.pick(&RESULTS)),
            2 => format!("{place}今年有{number}名{worker}{}。", random.pick(&ACTIONS)),
            _ => format!("{worker}{}{}，{}。", random.pick(&SURNAMES), random.pick(&GIVEN), random.pick(&ACTIONS)),
        };
        text.push_str(&sentence);
    }
    text
}
