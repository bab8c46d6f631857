//! wenzhai for Python: pages into articles, texts into themes.
//!
//! 1. [`requests`]: the rows of a table → requests
//! 2. [`tables`]: what became of them → a table, through the Arrow C data interface
//! 3. here: the class that Python calls. Its functions release the lock of the interpreter while they work.

mod requests;
mod schema;
mod tables;

use crate::requests::Requests;
use crate::schema::ID;
use crate::tables::Table;
use arrow_array::RecordBatch;
use arrow_pyarrow::PyArrowType;
use arrow_schema::{DataType, Schema};
use mimalloc::MiMalloc;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use wenzhai::builtin;
use wenzhai::config::settings;
use wenzhai::diagnostics::source::Source;
use wenzhai::pipeline::stream::batch::{BatchOptions, split_batch};
use wenzhai::pipeline::stream::classifier::{TextRequest, classified};
use wenzhai::pipeline::stream::object::OutputObject;
use wenzhai::pipeline::stream::request::PageRequest;
use wenzhai::pipeline::stream::splitter::Splitter;
use wenzhai::text::lang::Lang;
use wenzhai::theme::classify::Classifier;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Splits pages and files texts by the settings of a site.
#[pyclass(frozen, module = "wenzhai._wenzhai")]
struct Engine {
    splitter: Splitter,
    classifier: Classifier,
    lang: Lang,
}

#[pymethods]
impl Engine {
    /// `settings`: name and text of a site.toml; those of the starter site where there is none. `lang`: of findings.
    #[new]
    #[pyo3(signature = (settings, lang))]
    fn new(settings: Option<(String, String)>, lang: &str) -> PyResult<Self> {
        let unknown = || PyValueError::new_err(format!("lang is zh-Hans, zh-Hant or en, not {lang}"));
        let lang = Lang::of_tag(lang).ok_or_else(unknown)?;
        let source = match settings {
            Some((name, text)) => Source::new(&name, text),
            None => Source::new("the built-in site.toml", builtin::SETTINGS),
        };
        let config = settings::parse(&source).map_err(|error| PyValueError::new_err(error.render(lang, false)))?;
        let classifier = Classifier::new(&config.themes, &config.filing);
        Ok(Self { splitter: Splitter::new(config), classifier, lang })
    }

    /// The JSON objects for requests in JSON.
    fn split(&self, py: Python<'_>, requests: Vec<String>, issues: bool) -> PyResult<Vec<String>> {
        let requests: Vec<PageRequest> = requests.iter().map(|request| parse(request)).collect::<PyResult<_>>()?;
        let mut lines = Vec::new();
        py.detach(|| {
            split_batch(&self.splitter, requests, self.options(false, issues), &mut |objects| {
                lines.extend(objects.iter().map(OutputObject::to_json));
                Ok(())
            })
        })
        .map(|()| lines)
    }

    /// The JSON object for a text in JSON.
    fn classify(&self, py: Python<'_>, request: &str) -> PyResult<String> {
        let request: TextRequest = parse(request)?;
        Ok(py.detach(|| classified(&self.classifier, &request)))
    }

    /// A row a page, or an article, for the rows of a table of pages.
    fn split_batch(
        &self,
        py: Python<'_>,
        batch: PyArrowType<RecordBatch>,
        articles: bool,
        issues: bool,
    ) -> PyResult<PyArrowType<RecordBatch>> {
        let batch = batch.0;
        let split = || {
            let requests = Requests::of_batch(&batch)?;
            let mut table = Table::new(articles)?;
            split_batch(&self.splitter, requests, self.options(articles, issues), &mut |objects| table.add(objects))?;
            table.finish(batch.column_by_name(ID))
        };
        py.detach(split).map(PyArrowType).map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

impl Engine {
    fn options(&self, articles: bool, issues: bool) -> BatchOptions {
        BatchOptions { articles, issues, lang: self.lang }
    }
}

/// The schema of what `split_batch` returns, with ids of a type.
#[pyfunction]
fn table_schema(articles: bool, id: Option<PyArrowType<DataType>>) -> PyArrowType<Schema> {
    PyArrowType(schema::with_id(id.map(|id| id.0), articles))
}

fn parse<'a, T: serde::Deserialize<'a>>(request: &'a str) -> PyResult<T> {
    serde_json::from_str(request).map_err(|error| PyValueError::new_err(error.to_string()))
}

#[pymodule]
fn _wenzhai(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Engine>()?;
    module.add_function(wrap_pyfunction!(table_schema, module)?)
}
