//! argv → command → notes → exit code.

use mimalloc::MiMalloc;
use std::process::ExitCode;
use wenzhai::cli::Cli;
use wenzhai::io::terminal;

#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        // clap's own text, which goes to standard output for --help and to standard error for a wrong call
        Err(wrong) => wrong.exit(),
    };
    match cli.run() {
        Ok(outcome) => {
            terminal::print_diagnostics(&outcome.diagnostics);
            ExitCode::from(outcome.exit_code())
        }
        Err(error) => {
            terminal::print_error(&error);
            ExitCode::from(error.exit_code())
        }
    }
}
