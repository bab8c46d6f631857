//! The codes of diagnostics: one name for each kind of finding, with its severity and what it means.
//!
//! Names are part of the interface: scripts and tests compare them, so one that is in use never changes its meaning.

use std::fmt;

/// How much a finding weighs: an error makes a command exit with 1, the others are for the reader's judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A remark that asks for nothing.
    Info,
    /// Something to judge.
    Warning,
    /// Something to correct.
    Error,
}

impl Severity {
    /// The name in what scripts read.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Declares the codes: variant, name, severity, explanation.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $explanation:literal)*) => {
        /// A kind of finding. Ordered by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $explanation] $variant,)*
        }

        impl Code {
            /// Every code, ordered by name.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name that is printed, such as `unknown-theme`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// How much findings of this kind weigh.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }

            /// What the finding means, in one line.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation),* }
            }
        }
    };
}

codes! {
    Address "address" Error "the preview server cannot listen at the given address"
    AddressTaken "address-taken" Error "two pages claim the same address"
    AddressesNotKept "addresses-not-kept" Warning "the address book cannot be written"
    ArticleWithoutText "article-without-text" Warning "an article has a headline and no text"
    BadAlias "bad-alias" Error "an entry of `aliases` cannot be an address"
    BadBaseUrl "bad-base-url" Error "the base URL is not the address of a site"
    BadCertificates "bad-certificates" Error "the file of certificates for a store cannot be used"
    BadCommand "bad-command" Error "the command that reads scans cannot be used"
    BadDate "bad-date" Error "a date is not written as a TOML date"
    BadFilter "bad-filter" Error "site.toml asks for articles that there cannot be"
    BadHeader "bad-header" Error "a cache rule is no value of Cache-Control"
    BadHost "bad-host" Error "site.toml lists a host that is none"
    BadLang "bad-lang" Error "a language tag is unknown"
    BadLines "bad-lines" Error "a range of lines in a sidecar cannot be read"
    BadOutput "bad-output" Error "the output folder would mix the site with its sources"
    BadPattern "bad-pattern" Error "site.toml names tables by a pattern that is none"
    BadRequest "bad-request" Error "a line of a stream asks for nothing that can be done"
    BadRow "bad-row" Error "a row of a table cannot be read as an article"
    BadRule "bad-rule" Error "site.toml switches off a finding that there is not, or that is an error"
    BadSize "bad-size" Error "a list would have no entries"
    BadSlug "bad-slug" Error "a slug cannot be part of an address"
    BadTarget "bad-target" Error "a publishing target is configured with a value that cannot work"
    BadText "bad-text" Error "a correction of a text in a sidecar cannot be followed"
    BadToken "bad-token" Error "the token of the desk cannot be used"
    BehindLink "behind-link" Error "a file was not written or removed because a link leads to it"
    BookTooLarge "book-too-large" Error "more articles are chosen than a book can hold"
    BreaksOff "breaks-off" Warning "the text of an article stops inside a sentence"
    BrokenInput "broken-input" Error "a source page's file is damaged, or larger than any page"
    BrokenLabel "broken-label" Error "a line of the labelled file is not a labelled article"
    BrokenLink "broken-link" Error "a symbolic link leads to nothing"
    BrokenRecord "broken-record" Warning "the record of earlier imports cannot be read"
    BrokenToml "broken-toml" Error "a text is not valid TOML, or a value has the wrong type"
    BuildErrors "build-errors" Error "the last build found errors, so its result is not published"
    ChangedMeanwhile "changed-meanwhile" Error "a file changed while it was being published"
    ColumnIsPerson "column-is-person" Warning "a column has the name of an author"
    DeadLink "dead-link" Warning "a text links to an address of another site that leads nowhere"
    Disk "disk" Error "the operating system refused a read, write or removal"
    EmptyCorrection "empty-correction" Error "a correction in a sidecar changes nothing"
    EmptyPage "empty-page" Error "a source page holds no text"
    EmptyShard "empty-shard" Warning "a shard that is built has no articles"
    EmptyTitle "empty-title" Error "a title is empty"
    EncryptedPdf "encrypted-pdf" Error "a PDF is encrypted"
    ExampleBaseUrl "example-base-url" Error "a site is to be published whose address is still the example's"
    Exists "exists" Error "a file that may not be overwritten is there already"
    ExtractionLeftover "extraction-leftover" Warning "a text has characters that no newspaper prints"
    FailedLines "failed-lines" Error "lines of a stream could not be read"
    Filing "filing" Error "the thresholds of filing leave every article without a theme"
    Git "git" Error "git failed"
    Hook "hook" Error "a command that runs before or after a publish failed"
    HostLimit "host-limit" Warning "a site is near what a common host takes"
    HtmlLeftOut "html-left-out" Warning "raw HTML or an address is not on the list of what is harmless, and is left out of the page"
    InferredTitle "inferred-title" Info "the headline of an article was made from its text"
    Kept "kept" Info "an edited article was left as it is"
    LineInTwo "line-in-two" Warning "a line of a source page stands in two article files"
    LineUnplaced "line-unplaced" Error "a line of a source page belongs to an article file that a person changed and that does not hold it"
    LinksNowhere "links-nowhere" Warning "an export has no links to the site, or links to the address of the example"
    Locked "locked" Error "another process works in the same folder"
    LongLine "long-line" Error "a line of a source page is longer than any printed one"
    Manifest "manifest" Error "the list of generated files cannot be read"
    ManyRemovals "many-removals" Error "a publish would remove much of what its target holds"
    MovedLink "moved-link" Info "a text links to a page of another site that has moved for good"
    NameNotUtf8 "name-not-utf8" Error "the name of a file is not UTF-8"
    NoArticle "no-article" Warning "no article was found on a page"
    NoArticleThere "no-article-there" Error "a sidecar names a line that belongs to no article"
    NoBrowser "no-browser" Info "the browser could not be started"
    NoContent "no-content" Error "the site has no content folder"
    NoFacsimile "no-facsimile" Warning "a source page has a picture that cannot be shown"
    NoFrontMatter "no-front-matter" Error "a file does not begin with front matter"
    NoIssue "no-issue" Error "the site has no issue of this paper and day"
    NoKeys "no-keys" Error "credentials for a store are missing or incomplete"
    NoOcr "no-ocr" Error "the program that reads scans is not installed"
    NoPage "no-page" Error "a page named on the command line does not exist"
    NoPages "no-pages" Error "the site has no folder of source pages"
    NoPaper "no-paper" Warning "an article names no paper"
    NoPlaces "no-places" Warning "a page cannot be drawn, since its file does not say where its lines stand"
    NoRemote "no-remote" Error "the git remote of a target does not exist"
    NoRsync "no-rsync" Error "releases need rsync, and it is missing"
    NoShards "no-shards" Error "a shard is to be built of a site that has none"
    NoSite "no-site" Error "a folder holds no site.toml"
    NoSuchLine "no-such-line" Error "a sidecar names a line that the page does not have"
    NoTable "no-table" Warning "site.toml names tables of articles, and there are none"
    NoTarget "no-target" Error "no publishing target of this name is configured"
    NoTextLayer "no-text-layer" Error "a PDF does not say which characters it prints"
    NoTextThere "no-text-there" Error "a sidecar names lines of which none is an article's text"
    NotAFolder "not-a-folder" Error "a file stands where a folder has to be"
    NotArrived "not-arrived" Error "a published file is not at the target as it was sent"
    NotAsSent "not-as-sent" Error "a store received other bytes than were sent"
    NotBuilt "not-built" Error "there is no generated site to publish"
    NotEmpty "not-empty" Error "a folder for a new site holds something already"
    NotJoinable "not-joinable" Error "the shards of a site cannot be joined"
    NotOurs "not-ours" Error "the output folder holds files that no build has written"
    NotRemoved "not-removed" Error "a file at the target could not be removed"
    NotStitched "not-stitched" Info "an article was not joined with its other part"
    NotText "not-text" Error "a source page is not text"
    NotUtf8 "not-utf8" Error "a file is not UTF-8 text"
    NothingChosen "nothing-chosen" Error "no article of the site is among those to be exported"
    OcrFailed "ocr-failed" Error "the command that reads scans failed on one"
    OpenFrontMatter "open-front-matter" Error "front matter is never closed"
    OtherSite "other-site" Error "a publishing target holds another site"
    OutputPath "output-path" Error "a path cannot be written into the generated site"
    OutsidePage "outside-page" Warning "a PDF has text outside its page, which is not read"
    OverlappingLines "overlapping-lines" Error "a sidecar names one line twice"
    PageGone "page-gone" Info "the source page of imported articles is gone"
    PageNotImported "page-not-imported" Info "an article jumps to a page that is not among the imported ones"
    PageWithoutText "page-without-text" Info "a page of a file with several holds no text"
    Paper "paper" Error "a paper's name or slug is empty, invalid or used twice"
    PartAbsent "part-absent" Warning "an article was left as it is, since a part of it is on a page that was not imported"
    PrintedTwice "printed-twice" Warning "a text stands in two articles of a page, and is kept in the first alone"
    PrivateLink "private-link" Warning "a text links to this machine or to a private network, which readers cannot reach"
    PublishDefault "publish-default" Error "several publishing targets are the default"
    PublishKey "publish-key" Error "a publishing target has a key too many or too few"
    PublishName "publish-name" Error "the name of a publishing target cannot be used"
    PublishValue "publish-value" Error "a publishing target has a value that cannot be used"
    Raced "raced" Error "somebody else published to the same target meanwhile"
    RecordPath "record-path" Warning "a record names a path that is no file below its folder"
    SameHeadline "same-headline" Warning "two articles of one day have the same headline"
    SameLines "same-lines" Warning "two articles were made of the same lines"
    SecretInSettings "secret-in-settings" Error "site.toml holds what looks like a secret"
    SeveralPages "several-pages" Error "a file holds several source pages, of which one has to be named"
    Ssh "ssh" Error "ssh, sftp or rsync failed"
    StoreBucket "store-bucket" Error "a store has no bucket of this name"
    StoreBusy "store-busy" Error "a store is overloaded or failed in passing"
    StoreClock "store-clock" Error "this machine's clock differs too much from a store's"
    StoreDenied "store-denied" Error "a store denies access with these credentials"
    StoreFull "store-full" Error "a store has no space left"
    StoreKeys "store-keys" Error "a store does not accept the credentials"
    StoreRefused "store-refused" Error "a store refused a request"
    StoreRegion "store-region" Error "a bucket is in another region"
    StoreUnreachable "store-unreachable" Error "a store could not be reached"
    SymlinkLoop "symlink-loop" Error "a symbolic link leads back to a folder that holds it"
    Template "template" Error "a template has a mistake or cannot be rendered"
    TextNotPrinted "text-not-printed" Error "a correction in a sidecar names a text that its line does not print once"
    ThemeId "theme-id" Error "a theme's id is empty or used twice"
    ThemeSlug "theme-slug" Error "a theme's slug is invalid or used twice"
    ThemeTerm "theme-term" Error "a term of a theme has no word or no weight"
    Threads "threads" Error "the operating system gives no threads"
    TooLarge "too-large" Error "a file is larger than a store accepts"
    TwoSpellings "two-spellings" Warning "the name of a person is written in two ways"
    UncheckedLink "unchecked-link" Info "whether an address of another site leads anywhere could not be found out"
    Undated "undated" Warning "an article has no date"
    Unfiled "unfiled" Info "an article is filed under no theme"
    UnknownFormat "unknown-format" Error "a file is named as a source page and is in no format that pages come in"
    UnknownGlyphs "unknown-glyphs" Warning "a PDF does not say which characters some of its glyphs are"
    UnknownKey "unknown-key" Error "a key or a value's name is unknown"
    UnknownPaper "unknown-paper" Error "the site has no issue of a paper of this name"
    UnknownRecord "unknown-record" Error "the record at a publishing target cannot be read"
    UnknownRole "unknown-role" Error "a sidecar gives a line a role that does not exist"
    UnknownTheme "unknown-theme" Error "a theme is not defined in site.toml"
    UnmatchedJump "unmatched-jump" Warning "a jump between two imported pages has only one end"
    Unpublishable "unpublishable" Error "the name of a file cannot be published"
    UnreadPage "unread-page" Warning "a row of a table is a page that could not be read"
    Unreadable "unreadable" Error "a file or folder cannot be read"
    UnreadableBytes "unreadable-bytes" Warning "some bytes of a page belong to no character"
    UnusedFile "unused-file" Warning "a file of the site is used for nothing"
    Watch "watch" Error "the folders of the site cannot be watched"
    WhichArticle "which-article" Error "a correction does not say which article it means"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_ordered_lower_case_words() {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.is_sorted(), "{names:?}");
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(names.iter().all(|name| name.chars().all(is_word)));
    }

    #[test]
    fn no_two_codes_share_a_name_or_a_meaning() {
        let unique =
            |of: fn(Code) -> &'static str| Code::ALL.iter().map(|code| of(*code)).collect::<BTreeSet<_>>().len();
        assert_eq!((unique(Code::name), unique(Code::explanation)), (Code::ALL.len(), Code::ALL.len()));
    }
}
