//! An S3 store that accepts every upload and stores nothing: `sink PORT`. For `benches/peers/publish`, which compares clients and not
//! stores.

use axum::Router;
use axum::body::Bytes;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

const LIST: &str = "<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>";
const NONE: &str = "<Error><Code>NoSuchKey</Code><Message>nothing is stored here</Message></Error>";

fn main() {
    let port = std::env::args().filter_map(|arg| arg.parse::<u16>().ok()).next();
    // `cargo bench` runs every benchmark, this one without a port
    let Some(port) = port else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
        axum::serve(listener, Router::new().fallback(respond)).await.expect("it serves until it is killed");
    });
}

async fn respond(method: Method, uri: Uri, body: Bytes) -> Response {
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
