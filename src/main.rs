//! The program: arguments → command → diagnostics → exit code.

use mimalloc::MiMalloc;
use std::ffi::OsString;
use std::process::ExitCode;
use wenzhai::cli::Cli;
use wenzhai::io::terminal;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::parse_from_args(&args) {
        Ok(cli) => cli,
        Err(usage) => {
            terminal::print_usage(&usage.text, usage.is_error);
            let code = if usage.is_error { 2 } else { 0 };
            return ExitCode::from(code.max(terminal::report_lost_output()));
        }
    };
    match cli.run() {
        Ok(outcome) => {
            if !outcome.is_printed {
                terminal::print_diagnostics(&outcome.diagnostics);
            }
            ExitCode::from(outcome.exit_code().max(terminal::report_lost_output()))
        }
        Err(error) => {
            terminal::print_error(&error);
            ExitCode::from(error.exit_code())
        }
    }
}
