use std::fs;
use wenzhai::{
    base::source::Source,
    content::emit,
    import::{
        decode::decode,
        sheet::{Told, named, sheet},
    },
};
#[allow(clippy::all, clippy::disallowed_methods, clippy::unwrap_used)]
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let out = &a[2];
    let _ = fs::remove_dir_all(out);
    fs::create_dir_all(out).unwrap();
    let mut led = String::new();
    for e in fs::read_dir(&a[1]).unwrap() {
        let p = e.unwrap().path();
        if p.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let name = p.file_name().unwrap().to_str().unwrap().to_owned();
        let Ok(d) = decode(&name, &fs::read(&p).unwrap()) else { continue };
        let stem = name.trim_end_matches(".txt").to_owned();
        let s = sheet(&d.source, &Told::default(), |_| vec![]);
        let (arts, entries) = named(&s, &stem, |f| f.to_owned());
        for e in &entries {
            led.push_str(&format!(
                "{}|{}|{}|{}|{}\n",
                e.page,
                e.line,
                e.role,
                e.article.clone().unwrap_or_default(),
                e.why
            ));
        }
        for art in arts {
            fs::write(format!("{out}/{}", art.file.replace('/', "_")), emit::article(&art)).unwrap();
        }
    }
    fs::write(format!("{out}/ledger.txt"), led).unwrap();
}
