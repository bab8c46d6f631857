//! The address at which a server listens, which can pass from one server to the next.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result, io_reason};
use crate::message;
use std::io::{Error as IoError, ErrorKind};
use std::net::{SocketAddr, TcpListener};

/// An address at which this process listens.
#[derive(Debug)]
pub(crate) struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Listens at an address, with a port that the system chooses for port 0.
    ///
    /// # Errors
    /// `address` where that is not possible.
    pub(crate) fn bind(address: SocketAddr) -> Result<Self> {
        let bound = TcpListener::bind(address).and_then(|listener| {
            listener.set_nonblocking(true)?;
            Ok(Self { address: listener.local_addr()?, listener })
        });
        bound.map_err(|error| no_address(address, error))
    }

    /// The same once more: who connects while one server has ended and the next one has not begun is answered by the next.
    ///
    /// # Errors
    /// As [`Self::bind`].
    pub(crate) fn again(&self) -> Result<Self> {
        let again = self.listener.try_clone().map(|listener| Self { listener, address: self.address });
        again.map_err(|error| no_address(self.address, error))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn into_parts(self) -> (TcpListener, SocketAddr) {
        (self.listener, self.address)
    }
}

/// The error of a server that cannot listen, with advice.
pub(crate) fn no_address(address: SocketAddr, error: IoError) -> Error {
    let hint = match error.kind() {
        ErrorKind::AddrInUse => message!("another program has this port: choose another one with -p"),
        ErrorKind::PermissionDenied => message!("choose a port above 1023 with -p"),
        ErrorKind::AddrNotAvailable => message!("choose an address of this machine with --bind"),
        _ => message!("choose another port with -p, or another address with --bind"),
    };
    let message = message!("cannot serve at {address}: {reason}", address, reason = io_reason(&error));
    Error::failure(Diagnostic::new(Code::Address, message).hint(hint)).with_source(error)
}
