//! Every text that the program says to people is in the table of messages, and the table holds no other.

use crate::{CRATE, none, of_crate};
use clap::{Arg, Command, CommandFactory as _};
use std::collections::BTreeSet;
use std::fs;
use wenzhai::cli::Cli;

/// The English texts of the table: the first line of each block.
fn table() -> BTreeSet<String> {
    let table = fs::read_to_string(of_crate("src/diagnostics/messages.txt")).unwrap();
    let blocks = table.split("\n\n").map(|block| block.lines().find(|line| !line.starts_with('#')));
    blocks.flatten().map(str::to_owned).collect()
}

/// The texts of the command line: of commands, of arguments, and what clap adds by itself.
fn of_command(command: &Command) -> BTreeSet<String> {
    let texts = [command.get_about(), command.get_long_about(), command.get_after_help()];
    let mut found: BTreeSet<String> = texts.into_iter().flatten().map(ToString::to_string).collect();
    found.extend(command.get_arguments().filter_map(Arg::get_help).map(ToString::to_string));
    let values =
        command.get_arguments().filter(|arg| arg.get_action().takes_values()).flat_map(Arg::get_possible_values);
    found.extend(values.filter_map(|value| Some(value.get_help()?.to_string())));
    found.extend(command.get_subcommands().flat_map(of_command));
    found.into_iter().flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn every_message_is_in_the_table_and_every_row_is_said() {
    let parsed = &*CRATE;
    let table = table();
    let of_code =
        parsed.files.iter().flat_map(|(name, file)| file.messages.iter().map(move |(text, line)| (name, text, line)));
    let lacking = of_code.clone().filter(|(_, text, _)| !table.contains(*text));
    none(lacking.map(|(name, text, line)| format!("src/{name}.rs:{line}: not in messages.txt: {text}")).collect());

    let mut command = Cli::command();
    command.build();
    let of_command = of_command(&command);
    let lacking = of_command.difference(&table);
    none(lacking.map(|text| format!("src/cli.rs: not in messages.txt: {text}")).collect());

    let said: BTreeSet<&str> =
        of_code.map(|(_, text, _)| text.as_str()).chain(of_command.iter().map(String::as_str)).collect();
    let unsaid = table.iter().filter(|text| !said.contains(text.as_str()));
    none(unsaid.map(|text| format!("messages.txt: nobody says: {text}")).collect());
}
