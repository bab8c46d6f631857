//! Parses one source file: its imports, its paths (inside macros too), its items and its inherent impls, tests left out.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeSet, HashMap};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemImpl, ItemMod, ItemUse, Macro, Type, UseTree};

/// A path and the line that it stands on: `["std", "fs", "read"]`.
pub(crate) type Found = (Vec<String>, usize);

/// One source file.
#[derive(Default)]
pub(crate) struct File {
    /// the text, for its module doc
    pub(crate) text: String,
    /// full paths of its `use` declarations; a glob ends with `*`
    pub(crate) imports: Vec<Found>,
    /// all other paths, resolved through the imports
    pub(crate) paths: Vec<Found>,
    pub(crate) methods: Vec<(String, usize)>,
    pub(crate) macros: Vec<(String, usize)>,
    /// names of the macros that it exports from the crate
    pub(crate) exported: BTreeSet<String>,
    /// English texts of `message!`, `template!` and `translation`
    pub(crate) messages: Vec<(String, usize)>,
    /// names of items at the top level
    pub(crate) items: BTreeSet<String>,
    /// types of inherent impls
    pub(crate) impls: Vec<(String, usize)>,
    pub(crate) reexports: Vec<usize>,
    /// items other than `mod name;`
    pub(crate) not_modules: Vec<usize>,
}

impl File {
    pub(crate) fn parse(text: String) -> Self {
        let tree = syn::parse_file(&text).unwrap();
        let mut collector = Collector::default();
        collector.visit_file(&tree);
        let mut file = collector.file;
        for item in tree.items.iter().filter(|item| !is_test(attributes(item))) {
            file.items.extend(name_of(item));
            file.exported.extend(exported_macro(item));
            if !matches!(item, Item::Mod(module) if module.content.is_none()) {
                file.not_modules.push(line_of(item.span()));
            }
        }
        file.paths = collector.paths.into_iter().map(|(path, line)| (resolve(&collector.names, path), line)).collect();
        file.text = text;
        file
    }

    /// Paths of the crate that the file uses, without the leading `crate`.
    pub(crate) fn crate_paths(&self) -> impl Iterator<Item = (&[String], usize)> {
        let all = self.imports.iter().chain(&self.paths);
        all.filter(|(path, _)| path[0] == "crate" && path.len() > 1).map(|(path, line)| (&path[1..], *line))
    }
}

/// Replaces the first segment by what the file imported under that name.
fn resolve(names: &HashMap<String, Vec<String>>, path: Vec<String>) -> Vec<String> {
    match names.get(&path[0]) {
        Some(full) => full.iter().chain(&path[1..]).cloned().collect(),
        None => path,
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_cfg = attribute.path().is_ident("cfg");
        is_cfg && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
            || attribute.path().is_ident("test")
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Mod(item) => item.ident.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Union(item) => item.ident.to_string(),
        // an enum that a macro declares stands in the same file
        Item::Macro(item) => return declared_by(&item.mac.tokens),
        _ => return None,
    })
}

fn exported_macro(item: &Item) -> Option<String> {
    let Item::Macro(item) = item else { return None };
    let is_exported = item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"));
    item.ident.as_ref().filter(|_| is_exported).map(ToString::to_string)
}

/// The text that the tokens begin with.
fn text_of(tokens: &TokenStream) -> Option<String> {
    let Some(TokenTree::Literal(literal)) = tokens.clone().into_iter().next() else { return None };
    match syn::Lit::new(literal) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// The name behind the first `struct` or `enum` in a macro's definition.
fn declared_by(tokens: &TokenStream) -> Option<String> {
    let mut tokens = tokens.clone().into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "struct" || word == "enum" => {
                return tokens.next().map(|name| name.to_string());
            }
            TokenTree::Group(group) => {
                if let Some(name) = declared_by(&group.stream()) {
                    return Some(name);
                }
            }
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct Collector {
    file: File,
    paths: Vec<Found>,
    /// imported name → its full path
    names: HashMap<String, Vec<String>>,
}

fn line_of(span: Span) -> usize {
    span.start().line
}

impl Collector {
    fn import(&mut self, tree: &UseTree, above: &[String], line: usize) {
        let with = |name: &dyn ToString| above.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        let (path, name) = match tree {
            UseTree::Path(path) => return self.import(&path.tree, &with(&path.ident), line),
            UseTree::Group(group) => return group.items.iter().for_each(|tree| self.import(tree, above, line)),
            UseTree::Glob(_) => (with(&"*"), "*".to_owned()),
            UseTree::Name(name) if name.ident == "self" => (above.to_vec(), above.last().unwrap().clone()),
            UseTree::Name(name) => (with(&name.ident), name.ident.to_string()),
            UseTree::Rename(name) if name.ident == "self" => (above.to_vec(), name.rename.to_string()),
            UseTree::Rename(name) => (with(&name.ident), name.rename.to_string()),
        };
        self.names.insert(name, path.clone());
        self.file.imports.push((path, line));
    }

    /// Notes the English text of a message, which these tokens begin with.
    fn message(&mut self, name: &str, tokens: &TokenStream, line: usize) {
        if matches!(name, "message" | "template" | "translation") {
            self.file.messages.extend(text_of(tokens).map(|text| (text, line)));
        }
    }

    /// Paths among the tokens of a macro's arguments, which no parser knows the grammar of.
    fn scan(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.scan(group.stream()),
                TokenTree::Ident(first) => {
                    let mut path = vec![first.to_string()];
                    let is_colon =
                        |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
                    while is_colon(at + 1) && is_colon(at + 2) {
                        let Some(TokenTree::Ident(next)) = tokens.get(at + 3) else { break };
                        path.push(next.to_string());
                        at += 3;
                    }
                    let is_macro = matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                    if let Some(TokenTree::Group(arguments)) = tokens.get(at + 1 + usize::from(is_macro)) {
                        self.message(&path[path.len() - 1], &arguments.stream(), line_of(first.span()));
                    }
                    match path.as_slice() {
                        [name] if is_macro => self.file.macros.push((name.clone(), line_of(first.span()))),
                        [_] => {}
                        _ => self.paths.push((path, line_of(first.span()))),
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let line = line_of(item.use_token.span);
        if !matches!(item.vis, syn::Visibility::Inherited) {
            self.file.reexports.push(line);
        }
        self.import(&item.tree, &[], line);
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if let (None, Type::Path(path)) = (&item.trait_, item.self_ty.as_ref()) {
            let name = path.path.segments.last().unwrap().ident.to_string();
            self.file.impls.push((name, line_of(item.impl_token.span)));
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !is_test(&function.attrs) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.paths.push((segments, line_of(path.segments[0].ident.span())));
        visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = call.func.as_ref()
            && let Some(first) = call.args.first()
        {
            let name = function.path.segments.last().unwrap().ident.to_string();
            self.message(&name, &first.to_token_stream(), line_of(call.paren_token.span.open()));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.file.methods.push((call.method.to_string(), line_of(call.method.span())));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        let name = &called.path.segments.last().unwrap().ident;
        self.file.macros.push((name.to_string(), line_of(name.span())));
        self.message(&name.to_string(), &called.tokens, line_of(name.span()));
        self.scan(called.tokens.clone());
        visit::visit_macro(self, called);
    }
}
