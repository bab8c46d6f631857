//! Features: what can be observed of a line, its length, its ends, its marks and its neighbours.
//!
//! A feature is present or absent; what it means for a role is in the [weights](crate::import::label::weights). The
//! [extraction](crate::import::label::extraction) says which are.

/// Declares the features: the type, and the list of them all.
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// An observation about a line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Feature {
            $($(#[$doc])* $name,)*
        }

        impl Feature {
            /// Every feature, in order.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

features! {
    /// every line has it: how common a role is at all
    Bias,
    /// up to 4 characters
    Tiny,
    /// 5 to 10
    Short,
    /// 11 to 22
    Middle,
    /// 23 to 34
    Longish,
    /// 35 to 50
    Long,
    /// more than 50
    VeryLong,
    /// 。！？ or …, with the marks that may close behind it
    EndsSentence,
    /// 。
    EndsFullStop,
    /// ，、；：
    EndsClause,
    /// the last character ends nothing
    EndsOpen,
    /// ——
    EndsDash,
    /// ——
    StartsDash,
    /// a sentence ends inside the line
    HasInnerEnd,
    HasComma,
    /// a quotation or bracket stays open, or is closed that was never opened
    Unbalanced,
    /// begins with what only occurs inside a sentence
    StartsInsideSentence,
    /// begins as sentences do: 近日, 作为, 2024年
    OpensSentence,
    /// 2018年以来，
    OpensWithYear,
    Dateline,
    /// a byline with an office: 本报记者 X
    Byline,
    /// a name alone
    BareName,
    /// several names and nothing else
    BareNames,
    /// （林见青）: names in brackets, and nothing else
    Signature,
    /// a credit and nothing else
    Credit,
    /// a text with a credit at its end
    CreditAtEnd,
    /// 图为…, （2月20日摄）
    Caption,
    /// 漫画：加码
    PictureTitle,
    /// reads as a caption, if it stands apart
    CouldBeCaption,
    Jump,
    /// （作者单位：…）, （作者为…）
    Affiliation,
    /// 记者手记, 相关链接: opens a box inside a report
    BoxLabel,
    /// 案情回顾, 法官说法: opens a part of its text
    InnerLabel,
    /// a dash with a space beside it: kicker, headline and subtitle on one line
    DashInside,
    /// 详见6版
    PointsToPage,
    Furniture,
    /// a column's name: 一线调研, 深化“产改”进行时
    ColumnName,
    /// `#`
    Mark1,
    /// `##`
    Mark2,
    /// `###` and more
    Mark3,
    /// no mark on a page that has marks
    Unmarked,
    /// empty lines before it and behind it, more than between paragraphs
    Apart,
    /// far apart from the line before it
    FarFromPrevious,
    /// right under the line before it, no empty line
    CloseToPrevious,
    /// the text line before it stops in mid-sentence
    AfterMidSentence,
    /// the text before it stops in mid-sentence and the text behind it continues that better than this line does
    InsideSentence,
    /// apart from a text right before it that stops in mid-sentence
    ApartInSentence,
    /// describes a picture in one sentence, where another sentence is cut that the text behind may continue
    PictureInSentence,
    /// continues well the line before it
    ContinuesPrevious,
    /// the line behind it continues it well
    ContinuedByNext,
    /// the next line is a byline, or begins with a dateline
    BeforeByline,
    /// the line after the next is one
    NearByline,
    /// a credit follows soon, or a caption follows
    BeforeCredit,
    /// a row of a table: several fields, the last a number
    TableRow,
    /// up to four 汉字 between a line of a head and a text
    TinyUnderHead,
    /// one 汉字, or a few other letters and marks: specks that OCR takes for characters
    Scrap,
    /// the next line is a text of its own: long, or with an end
    BeforeText,
    /// the next line is short and has no end: another line of a head
    BeforeHead,
    /// a note that the text goes on elsewhere ends it: nothing of it follows here
    EndsWithJump,
    /// the author's name in brackets ends it
    EndsWithName,
    /// （乌兰察夫）: brackets around all of it
    InBrackets,
    /// 【热议】, or begins so
    InLenticularBrackets,
    /// 强调, 指出: what somebody said follows
    EndsSaying,
    /// ？
    EndsQuestion,
    /// 一、 （二） 第三， 4.
    StartsOrdinal,
    /// “
    StartsQuotation,
    /// a space between two parts of it
    HasSpace,
    /// opens a paragraph well, by what paragraphs open with
    OpensWell,
    /// hardly opens one
    OpensBadly,
    /// another short line of the page begins as it does: 关键词 教育, 关键词 科技
    SharesBeginning,
    /// another short line of the page is the same
    PrintedAgain,
    First,
    Last,
    /// the page knows the places of its lines
    LaidOut,
    /// in the largest type of the page
    LargestType,
    /// in the next smaller type
    LargeType,
    /// in type larger than that of the text, but no large one
    LargerType,
    /// in the type of the text
    TextType,
    /// in smaller type
    SmallType,
    /// in larger type than the line before it in its part of the page
    LargerThanPrevious,
    /// in smaller type than that
    SmallerThanPrevious,
    /// in larger type than the line behind it in its part of the page
    LargerThanNext,
    /// in smaller type than that
    SmallerThanNext,
    /// text stands under its width
    OverText,
    BoldType,
    Vertical,
    /// over more than one column
    SpansColumns,
    BelowPicture,
    InBox,
    /// its first printed line is indented
    Indented,
    /// its last printed line reaches the edge of the column
    FullLine,
    /// begins another part of the page than the line before it
    NewRegion,
    /// more blank above it than between two lines of text
    BlankAbove,
    /// at the head or the foot of the page
    PageEdge,
    /// an engine takes it for a headline
    EngineTitle,
    /// … for text
    EngineText,
    /// … for a caption
    EngineCaption,
    /// … for a running head or a page number
    EngineFurniture,
    /// … for a table
    EngineTable,
}

/// Where a feature is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// on the line itself
    Here,
    /// on the line before it
    Before,
    /// on the line behind it
    Behind,
}

impl Place {
    /// Every place, in order.
    pub(crate) const ALL: [Self; 3] = [Self::Here, Self::Before, Self::Behind];

    /// Its name in the table of learnt weights.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Before => "before",
            Self::Behind => "behind",
        }
    }
}

/// A feature and where it is seen, as one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Observation(u16);

impl Observation {
    /// Number of observations.
    pub(crate) const COUNT: usize = Place::ALL.len() * Feature::ALL.len();

    pub(crate) fn of(feature: Feature, place: Place) -> Self {
        Self((place as usize * Feature::ALL.len() + feature as usize) as u16)
    }

    /// Every one with its feature and place, in order.
    pub(crate) fn all() -> impl Iterator<Item = (Self, Feature, Place)> {
        let at = |place: Place| Feature::ALL.iter().map(move |&feature| (Self::of(feature, place), feature, place));
        Place::ALL.into_iter().flat_map(at)
    }

    pub(crate) fn index(self) -> usize {
        self.0.into()
    }
}
