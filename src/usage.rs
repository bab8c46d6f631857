//! The texts of the command line (help, errors of usage) in the language of the reader.
//!
//! 1. `localized`: the commands with all their texts from the table of messages
//! 2. `explanation`: what is wrong with a call
//!
//! In English, both are clap's own.

use crate::diagnostics::message::{Message, translated, translation};
use crate::message;
use crate::text::lang::Lang;
use clap::builder::{Resettable, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

/// The command with its texts in a language, and so all commands below it.
pub(crate) fn localized(mut command: Command, lang: Lang) -> Command {
    if lang == Lang::En {
        return command;
    }
    // with what clap adds by itself: --help, --version, the command help
    command.build();
    in_language(command, lang)
}

fn in_language(command: Command, lang: Lang) -> Command {
    let texts = [command.get_about(), command.get_long_about(), command.get_after_help()];
    let [about, long_about, after_help] = texts.map(|text| text.map(|text| in_words(text, lang)));
    let mut command = command
        .help_template(format!(
            "{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}",
            translation("Usage: ", lang)
        ))
        .subcommand_help_heading(translation("Commands", lang))
        .mut_args(|arg| arg_in_language(arg, lang))
        .mut_subcommands(|below| in_language(below, lang));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(long_about) = long_about {
        command = command.long_about(long_about);
    }
    if let Some(after_help) = after_help {
        command = command.after_help(after_help);
    }
    command
}

fn arg_in_language(arg: Arg, lang: Lang) -> Arg {
    let heading = if arg.is_positional() { translation("Arguments", lang) } else { translation("Options", lang) };
    let mut help = arg.get_help().map(|help| in_words(help, lang)).unwrap_or_default();
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() && arg.get_action().takes_values() {
        help.push_str(&message!(" [default: {value}]", value = defaults.join(" ")).text(lang));
    }
    for value in arg.get_possible_values().iter().filter(|_| arg.get_action().takes_values()) {
        let about = value.get_help().map(|about| in_words(about, lang)).unwrap_or_default();
        help.push_str(&format!("\n- {} {about}", value.get_name()));
    }
    arg.help(help)
        .long_help(Resettable::Reset)
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true)
}

fn in_words(text: &StyledStr, lang: Lang) -> String {
    let text = text.to_string();
    text.lines().map(|line| translated(line, lang).unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// What is wrong with a call: the text for standard error, of several lines. None where it is no error, but a text that was asked for.
pub(crate) fn explanation(error: &clap::Error, lang: Lang) -> Option<String> {
    if !error.use_stderr() || lang == Lang::En {
        return None;
    }
    let of = |kind| error.get(kind).map(shown);
    let mut lines = vec![format!("{}: {}", translation("error", lang), reason(error).text(lang))];
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(of);
    if let Some(meant) = meant {
        lines.push(format!("{}: {}", translation("help", lang), message!("did you mean {meant}?", meant).text(lang)));
    }
    if let Some(usage) = of(ContextKind::Usage) {
        let usage = usage.trim_start_matches("Usage:").trim_start().to_owned();
        lines.push(format!("{}{usage}", translation("Usage: ", lang)));
    }
    lines.push(message!("For more, try --help.").text(lang));
    Some(lines.join("\n\n"))
}

fn reason(error: &clap::Error) -> Message {
    let of = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => message!("there is no argument {argument} here", argument),
        ErrorKind::InvalidSubcommand => {
            message!("there is no command {command}", command = of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => message!("{argument} needs a value", argument),
        ErrorKind::InvalidValue => {
            message!("{value} is no value of {argument}: {valid}", value, argument, valid = of(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => message!("{value} cannot be a value of {argument}", value, argument),
        ErrorKind::MissingRequiredArgument => message!("{argument} is missing", argument),
        ErrorKind::ArgumentConflict => {
            message!("{argument} cannot be used with {other}", argument, other = of(ContextKind::PriorArg))
        }
        ErrorKind::InvalidUtf8 => message!("an argument is no UTF-8 text"),
        _ => message!("this call cannot be understood"),
    }
}

/// A list as Chinese writes it: English errors are left to the library.
fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        ContextValue::StyledStrs(all) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}
