//! The settings of the command that recognises the text of scans: `[ocr]`.

use crate::config::findings::Findings;
use crate::diagnostics::code::Code;
use crate::message;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// In an argument of the command: the path of the image.
pub(crate) const IMAGE: &str = "{image}";
/// … the path of the result without its extension, which the command adds. Without it, the result is what the command prints.
pub(crate) const OUTPUT: &str = "{output}";
/// … the image's resolution in dots per inch.
pub(crate) const DPI: &str = "{dpi}";

/// How scans are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OcrRules {
    /// program and arguments, which no shell reads; `{image}`, `{output}` and `{dpi}` in them are replaced
    pub command: Vec<String>,
    /// seconds that a page may take
    pub timeout: u64,
    /// scans that are read at a time; 0: one for each processor, and not more than four
    pub parallel: usize,
}

impl Default for OcrRules {
    fn default() -> Self {
        let command = ["tesseract", IMAGE, OUTPUT, "-l", "chi_sim", "--psm", "3", "--dpi", DPI, "alto"];
        Self { command: command.map(str::to_owned).to_vec(), timeout: 300, parallel: 0 }
    }
}

/// `[ocr]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawOcrRules {
    command: Option<Spanned<Vec<String>>>,
    timeout: Option<Spanned<u64>>,
    parallel: Option<usize>,
}

impl RawOcrRules {
    /// Adds a command that names no program or reads no image, and a timeout that none can keep.
    pub(crate) fn validate(&self, findings: &mut Findings<'_>) {
        let hint =
            message!("such as command = [\"tesseract\", \"{image}\", \"{output}\", \"-l\", \"chi_sim\", \"alto\"]");
        if let Some(command) = &self.command {
            let words = command.get_ref();
            if words.first().is_none_or(|program| program.trim().is_empty()) {
                findings.add(Code::BadCommand, message!("the OCR command names no program"), command.span(), hint);
            } else if !words[1..].iter().any(|word| word.contains(IMAGE)) {
                findings.add(Code::BadCommand, message!("the OCR command has no {image}"), command.span(), hint);
            }
        }
        for timeout in self.timeout.iter().filter(|timeout| *timeout.get_ref() == 0) {
            findings.add(
                Code::BadCommand,
                message!("no page is read in 0 seconds"),
                timeout.span(),
                message!("such as timeout = 300"),
            );
        }
    }

    /// The settings, with defaults for what is left out.
    pub(crate) fn resolve(self) -> OcrRules {
        let default = OcrRules::default();
        OcrRules {
            command: self.command.map_or(default.command, Spanned::into_inner),
            timeout: self.timeout.map_or(default.timeout, Spanned::into_inner),
            parallel: self.parallel.unwrap_or(default.parallel),
        }
    }
}
