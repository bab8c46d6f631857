//! The program: arguments → command → diagnostics → exit code.

use mimalloc::MiMalloc;
use std::process::ExitCode;
use wenzhai::cli::Cli;
use wenzhai::io::terminal;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::parse_from_args(std::env::args_os()) {
        Ok(cli) => cli,
        // clap prints its text to standard output for --help and to standard error for a wrong call
        Err(usage) => {
            terminal::note_output(usage.print());
            let code = u8::try_from(usage.exit_code()).unwrap_or(2);
            return ExitCode::from(code.max(terminal::report_lost_output()));
        }
    };
    match cli.run() {
        Ok(outcome) => {
            terminal::print_diagnostics(&outcome.diagnostics);
            ExitCode::from(outcome.exit_code().max(terminal::report_lost_output()))
        }
        Err(error) => {
            terminal::print_error(&error);
            ExitCode::from(error.exit_code())
        }
    }
}
