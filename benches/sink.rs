//! A store that takes whatever comes and forgets it: `sink PORT`. For `benches/peers/publish`, where the clients are to be
//! compared and not the store.

use axum::Router;
use axum::body::Bytes;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

const LIST: &str = "<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>";
const NONE: &str = "<Error><Code>NoSuchKey</Code><Message>nothing is kept here</Message></Error>";

fn main() {
    let port = std::env::args().filter_map(|arg| arg.parse::<u16>().ok()).next();
    // `cargo bench` runs every benchmark, this one without a port
    let Some(port) = port else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
        axum::serve(listener, Router::new().fallback(answer)).await.expect("it serves until it is ended");
    });
}

async fn answer(method: Method, uri: Uri, body: Bytes) -> Response {
    let is_bucket = uri.path().trim_matches('/').split('/').count() < 2;
    match method {
        Method::PUT => {
            let etag = format!("\"{:x}\"", md5::compute(&body));
            [(header::ETAG, etag)].into_response()
        }
        Method::GET | Method::HEAD if is_bucket => LIST.into_response(),
        Method::POST => "<DeleteResult/>".into_response(),
        _ => (StatusCode::NOT_FOUND, NONE).into_response(),
    }
}
