//! Interprets the operators of a page: glyphs with their places, drawn lines and pictures.
//!
//! Only what text and layout need is followed: the transformation, the state of text, paths, forms. Source: PDF 32000-1, 8 and 9.

use crate::import::input::pdf::fonts::Font;
use crate::import::input::pdf::matrix::Matrix;
use crate::import::input::pdf::paths::Path;
use crate::import::input::pdf::streams::{Budget, unpacked};
use crate::import::input::pdf::turn::Turn;
use crate::import::page::printed_page::Rect;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;
use std::collections::HashMap;
use std::rc::Rc;

/// Glyphs and pictures of a page, at most. (A page of a newspaper has ten thousand.)
const MAX_GLYPHS: usize = 300_000;
const MAX_PICTURES: usize = 2_000;
/// Saved states, and forms within forms, at most.
const MAX_STATES: usize = 64;
const MAX_FORMS: usize = 8;

/// A glyph on the page, in points from the top left corner; that of a line which runs to the left or up the page, in those of the page
/// turned so that the line is read ([`Turn`]).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    /// empty where nothing says which character it is
    pub(crate) text: String,
    /// where it begins: on the baseline, or for vertical text in the middle of its top edge
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// how far the next one is, without spacing; along x or, for vertical text, along y
    pub(crate) advance: f32,
    /// the same with the spacing that the text has
    pub(crate) advance_spaced: f32,
    pub(crate) size: f32,
    pub(crate) is_vertical: bool,
    pub(crate) turn: Turn,
    pub(crate) is_bold: bool,
    /// text of an OCR layer, over the picture of a page
    pub(crate) is_invisible: bool,
    /// glyphs of one operator have the same number
    pub(crate) operation: u32,
}

/// What the operators of a page draw.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) rules: Vec<Rect>,
    pub(crate) pictures: Vec<Rect>,
}

/// Fonts of a document by their objects.
pub(crate) type Fonts = HashMap<ObjectIdentifier, Rc<Font>>;

/// Interprets a page's content. `matrix` leads from its coordinates to points from the top left corner.
pub(crate) fn interpret(
    content: &[u8],
    resources: &Resources<'_>,
    matrix: Matrix,
    fonts: &mut Fonts,
    budget: &mut Budget,
) -> Drawing {
    let state = State { matrix, ..State::default() };
    let mut interpreter =
        Interpreter { drawing: Drawing::default(), fonts, budget, path: Path::default(), operation: 0 };
    interpreter.run(content, resources, state, 0);
    interpreter.drawing
}

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    scaling: f64,
    leading: f64,
    rise: f64,
    is_invisible: bool,
    line_width: f64,
    is_fill_white: bool,
    text: Matrix,
    line: Matrix,
}

impl Default for State {
    fn default() -> Self {
        Self {
            matrix: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scaling: 1.0,
            leading: 0.0,
            rise: 0.0,
            is_invisible: false,
            line_width: 1.0,
            is_fill_white: false,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }
}

struct Interpreter<'f> {
    drawing: Drawing,
    fonts: &'f mut Fonts,
    budget: &'f mut Budget,
    path: Path,
    operation: u32,
}

/// The numbers among the operands, zeros after them, and how many there are.
fn numbers<'b, 'a: 'b>(operands: impl Iterator<Item = &'b Object<'a>>) -> ([f64; 6], usize) {
    let (mut values, mut count) = ([0.0; 6], 0);
    for operand in operands {
        if let (Object::Number(number), true) = (operand, count < 6) {
            let value = number.as_f64();
            values[count] = if value.is_finite() { value.clamp(-1e9, 1e9) } else { 0.0 };
            count += 1;
        }
    }
    (values, count)
}

impl Interpreter<'_> {
    fn run(&mut self, content: &[u8], resources: &Resources<'_>, mut state: State, depth: usize) {
        let mut saved: Vec<State> = Vec::new();
        let mut operators = UntypedIter::new(content);
        while let Some(instruction) = operators.next() {
            if self.drawing.glyphs.len() > MAX_GLYPHS {
                return;
            }
            let (n, count) = numbers(instruction.operands());
            let operand = |at: usize| instruction.operands().nth(at);
            let operator: &[u8] = instruction.operator;
            match operator {
                b"q" if saved.len() < MAX_STATES => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" if count == 6 => state.matrix = Matrix(n).then(&state.matrix),
                b"w" => state.line_width = n[0],
                b"Do" => {
                    if let Some(Object::Name(name)) = operand(0) {
                        self.draw_object(name, resources, &state, depth);
                    }
                }
                b"BI" => self.picture(&state.matrix),
                b"Tf" => {
                    if let Some(Object::Name(name)) = operand(0) {
                        state.font = self.font(name, resources);
                        state.size = n[0];
                    }
                }
                b"Tj" | b"'" | b"\"" | b"TJ" => {
                    self.show_operator(operator, instruction.operands().last(), &n, &mut state);
                }
                _ => {
                    if !(text_operator(operator, &n, &mut state) || color_operator(operator, &n, count, &mut state)) {
                        self.path_operator(operator, &n, &state);
                    }
                }
            }
        }
    }

    /// Paths are drawn or left: by operators in Annex A's table 60.
    fn path_operator(&mut self, operator: &[u8], n: &[f64; 6], state: &State) {
        let matrix = &state.matrix;
        match operator {
            b"m" => self.path.move_to(matrix, n[0], n[1]),
            b"l" => self.path.line_to(matrix, n[0], n[1]),
            b"c" => self.path.line_to(matrix, n[4], n[5]),
            b"v" | b"y" => self.path.line_to(matrix, n[2], n[3]),
            b"h" => self.path.close(),
            b"re" => self.path.rectangle(matrix, n[0], n[1], n[2], n[3]),
            b"n" => self.path.clear(),
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" => {
                if matches!(operator[0], b's' | b'b') {
                    self.path.close();
                }
                let is_filled = !matches!(operator[0], b'S' | b's');
                if is_filled && !state.is_fill_white {
                    self.path.fill(&mut self.drawing.rules);
                }
                if !matches!(operator[0], b'f' | b'F') {
                    let width = state.line_width * matrix.scale_y();
                    self.path.stroke(width as f32, &mut self.drawing.rules);
                }
                self.path.clear();
            }
            _ => {}
        }
    }

    fn show_operator(&mut self, operator: &[u8], operand: Option<&Object<'_>>, n: &[f64; 6], state: &mut State) {
        if operator == b"\"" {
            (state.word_spacing, state.character_spacing) = (n[0], n[1]);
        }
        if matches!(operator, b"'" | b"\"") {
            next_line(state, 0.0, -state.leading);
        }
        self.operation = self.operation.wrapping_add(1);
        match operand {
            Some(Object::String(string)) => self.show(string.as_bytes(), state),
            Some(Object::Array(array)) => {
                for part in array.iter::<Object<'_>>() {
                    match part {
                        Object::String(string) => self.show(string.as_bytes(), state),
                        Object::Number(number) => adjust(state, number.as_f64()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Rc<Font>> {
        let dictionary = resources.get_font(name)?;
        let id = dictionary.obj_id();
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::of(&dictionary, self.budget));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    fn draw_object(&mut self, name: &Name<'_>, resources: &Resources<'_>, state: &State, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else { return };
        let dictionary = stream.dict();
        let kind = dictionary.get::<Name<'_>>("Subtype");
        match kind.as_ref().map(Name::as_str) {
            Some("Image") => self.picture(&state.matrix),
            Some("Form") if depth < MAX_FORMS => self.form(&stream, dictionary, resources, state, depth),
            _ => {}
        }
    }

    fn form(
        &mut self,
        stream: &Stream<'_>,
        dictionary: &Dict<'_>,
        resources: &Resources<'_>,
        state: &State,
        depth: usize,
    ) {
        let Some(content) = unpacked(stream, self.budget) else { return };
        let matrix = dictionary.get::<Array<'_>>("Matrix").map(|array| {
            let mut values = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
            array.iter::<Number>().zip(&mut values).for_each(|(number, value)| *value = number.as_f64());
            Matrix(values)
        });
        let matrix = matrix.filter(|matrix| matrix.0.iter().all(|value| value.is_finite())).unwrap_or(Matrix::IDENTITY);
        let state = State { matrix: matrix.then(&state.matrix), ..state.clone() };
        let own = dictionary.get::<Dict<'_>>("Resources").map(|own| Resources::from_parent(own, resources.clone()));
        self.run(&content, own.as_ref().unwrap_or(resources), state, depth + 1);
    }

    fn picture(&mut self, matrix: &Matrix) {
        let rect = matrix.bounds(0.0, 0.0, 1.0, 1.0);
        if rect.width().min(rect.height()) >= 20.0 && self.drawing.pictures.len() < MAX_PICTURES {
            self.drawing.pictures.push(rect);
        }
    }

    fn show(&mut self, bytes: &[u8], state: &mut State) {
        let Some(font) = state.font.clone() else { return };
        for code in font.codes(bytes) {
            if self.drawing.glyphs.len() > MAX_GLYPHS {
                return;
            }
            let spacing = state.character_spacing + if code.is_space { state.word_spacing } else { 0.0 };
            // vertical text goes down by its size, whatever its widths
            let (own, across, down) = if font.is_vertical {
                (state.size, 0.0, -state.size + spacing)
            } else {
                let own = f64::from(code.width) * font.scale * state.size * state.scaling;
                (own, own + spacing * state.scaling, 0.0)
            };
            self.add_glyph(&font, code.text, state, own, across.abs().max(down.abs()));
            state.text = state.text.moved(across, down);
        }
    }

    fn add_glyph(&mut self, font: &Font, text: String, state: &State, own: f64, spaced: f64) {
        let matrix = state.text.then(&state.matrix);
        let (x, y) = matrix.apply(0.0, state.rise);
        // lengths along the line of text
        let along = |length: f64| {
            let unit = if font.is_vertical { (matrix.0[2], matrix.0[3]) } else { (matrix.0[0], matrix.0[1]) };
            (length * unit.0.hypot(unit.1)) as f32
        };
        let size = (state.size * matrix.scale_y() * font.scale * 1000.0).abs() as f32;
        // a line of text that is turned by a quarter runs down or up the page
        let is_turned = matrix.0[1].abs() > matrix.0[0].abs();
        let is_finite = [x, y].iter().all(|value| value.is_finite()) && size.is_finite();
        if !is_finite || size <= 0.0 {
            return;
        }
        let mirrored = (state.size * state.scaling).signum();
        let turn = match (font.is_vertical, is_turned) {
            (false, true) if matrix.0[1] * mirrored < 0.0 => Turn::Upwards,
            (false, false) if matrix.0[0] * mirrored < 0.0 => Turn::UpsideDown,
            _ => Turn::None,
        };
        let (x, y) = turn.read(x, y);
        self.drawing.glyphs.push(Glyph {
            text,
            x: x as f32,
            y: y as f32,
            advance: along(own.abs()),
            advance_spaced: along(spaced),
            size,
            is_vertical: turn == Turn::None && (font.is_vertical || is_turned),
            turn,
            is_bold: font.is_bold,
            is_invisible: state.is_invisible,
            operation: self.operation,
        });
    }
}

/// Operators of the state of text; whether the operator was one.
fn text_operator(operator: &[u8], n: &[f64; 6], state: &mut State) -> bool {
    match operator {
        b"BT" => (state.text, state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
        b"Tc" => state.character_spacing = n[0],
        b"Tw" => state.word_spacing = n[0],
        b"Tz" => state.scaling = n[0] / 100.0,
        b"TL" => state.leading = n[0],
        b"Ts" => state.rise = n[0],
        b"Tr" => state.is_invisible = n[0] == 3.0 || n[0] == 7.0,
        b"Td" => next_line(state, n[0], n[1]),
        b"TD" => {
            state.leading = -n[1];
            next_line(state, n[0], n[1]);
        }
        b"Tm" => (state.text, state.line) = (Matrix(*n), Matrix(*n)),
        b"T*" => next_line(state, 0.0, -state.leading),
        _ => return false,
    }
    true
}

/// Colours matter for boxes that are filled with white: nothing is seen of them.
fn color_operator(operator: &[u8], n: &[f64; 6], count: usize, state: &mut State) -> bool {
    let is_white = match operator {
        b"g" => n[0] >= 0.99,
        b"rg" => n[..3].iter().all(|value| *value >= 0.99),
        b"k" => n[..4].iter().all(|value| *value <= 0.01),
        b"sc" | b"scn" => match count {
            1 | 3 => n[..count].iter().all(|value| *value >= 0.99),
            4 => n[..4].iter().all(|value| *value <= 0.01),
            _ => false,
        },
        _ => return false,
    };
    state.is_fill_white = is_white;
    true
}

fn next_line(state: &mut State, x: f64, y: f64) {
    state.line = state.line.moved(x, y);
    state.text = state.line;
}

/// A number in an array of strings moves the next one back, in thousandths of the size.
fn adjust(state: &mut State, thousandths: f64) {
    let distance = -thousandths / 1000.0 * state.size;
    let is_vertical = state.font.as_ref().is_some_and(|font| font.is_vertical);
    let (x, y) = if is_vertical { (0.0, distance) } else { (distance * state.scaling, 0.0) };
    state.text = state.text.moved(x, y);
}
