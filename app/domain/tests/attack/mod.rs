//! A reader of the published figures of a wave who wants to know what is hidden, with an integer program of everything
//! that the figures say. It knows nothing of how they were made but the rounding of a mean and the threshold of ten.

use domain::disclosure::{AreaId, Shown};
use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution as _, SolverModel as _, Variable, microlp, variable,
};
use std::collections::BTreeMap;

/// More residents than any buurt has; what no figure bounds ends here.
pub const MOST: usize = 1_000;

/// A quote as it is published: where it is said to come from, and themes that it stands under.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Quote {
    pub label: AreaId,
    pub themes: Vec<i64>,
}

/// A number that the reader wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    Answers(AreaId),
    Mention(AreaId, i64),
    Others(AreaId, i64),
    Posters(AreaId),
    Choice(i64, usize),
}

/// A count of one leaf, or an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unknown {
    Answers(usize),
    /// Marks given, and their sum. Ten counts per mark would say the same: any sum between once and ten times the marks can
    /// be had.
    Marks(usize),
    MarkSum(usize),
    Mention(usize, i64),
    Posters(usize),
    Choice(i64, usize),
}

type Terms = Vec<(Unknown, f64)>;

/// A sum, at least and at most.
struct Row {
    terms: Terms,
    least: f64,
    most: f64,
}

/// What a reader knows.
#[derive(Default)]
pub struct Attacker {
    areas: BTreeMap<AreaId, Vec<usize>>,
    unknowns: BTreeMap<Unknown, usize>,
    rows: Vec<Row>,
}

/// Values of all unknowns that agree with everything published.
pub struct World(BTreeMap<Unknown, usize>);

impl Attacker {
    /// Reads the figures.
    pub fn new(published: &str) -> Self {
        let shown: Shown = serde_json::from_str(published).unwrap();
        let mut reader = Self::default();
        for (leaf, area) in
            shown.areas.iter().filter(|a| shown.areas.iter().all(|b| b.parent != Some(a.id))).enumerate()
        {
            let mut at = Some(area.id);
            while let Some(id) = at {
                reader.areas.entry(id).or_default().push(leaf);
                at = shown.area(id).unwrap().parent;
            }
            let themes = area.themes.iter().map(|t| t.theme);
            reader.unknowns.insert(Unknown::Answers(leaf), MOST);
            reader.unknowns.insert(Unknown::Posters(leaf), MOST);
            reader.unknowns.insert(Unknown::Marks(leaf), MOST);
            reader.unknowns.insert(Unknown::MarkSum(leaf), 10 * MOST);
            let (answers, marks, sum) = (Unknown::Answers(leaf), Unknown::Marks(leaf), Unknown::MarkSum(leaf));
            reader.row(vec![(answers, 1.0), (marks, -1.0)], 0.0, f64::INFINITY);
            reader.row(vec![(sum, 1.0), (marks, -1.0)], 0.0, f64::INFINITY);
            reader.row(vec![(marks, 10.0), (sum, -1.0)], 0.0, f64::INFINITY);
            for theme in themes {
                let mention = Unknown::Mention(leaf, theme);
                reader.unknowns.insert(mention, MOST);
                reader.row(vec![(answers, 1.0), (mention, -1.0)], 0.0, f64::INFINITY);
            }
        }
        for question in &shown.questions {
            let options = (0..question.options.len()).map(|n| Unknown::Choice(question.id, n));
            reader.unknowns.extend(options.clone().map(|o| (o, MOST)));
            let mut terms: Terms = options.map(|o| (o, 1.0)).collect();
            let scope = reader.areas[&shown.areas[0].id].clone();
            terms.extend(scope.iter().map(|leaf| (Unknown::Answers(*leaf), -1.0)));
            reader.row(terms, 0.0, 0.0);
        }
        reader.learn(published);
        reader
    }

    fn row(&mut self, terms: Terms, least: f64, most: f64) {
        self.rows.push(Row { terms, least, most });
    }

    fn exactly(&mut self, terms: Terms, value: usize) {
        self.row(terms, value as f64, value as f64);
    }

    /// Takes over what figures say: of this version, or of another that holds for the same answers.
    pub fn learn(&mut self, published: &str) {
        let shown: Shown = serde_json::from_str(published).unwrap();
        for area in &shown.areas {
            if let Some(n) = area.answers {
                self.exactly(self.terms(Wanted::Answers(area.id)), n);
            }
            if let Some(n) = area.posters {
                self.exactly(self.terms(Wanted::Posters(area.id)), n);
            }
            for theme in &area.themes {
                if let Some(n) = theme.answers {
                    self.exactly(self.terms(Wanted::Mention(area.id, theme.theme)), n);
                }
            }
            if let Some(mean) = area.mean_tenths {
                self.mean(area.id, mean as f64);
            }
        }
        for question in &shown.questions {
            for (n, count) in question.options.iter().enumerate() {
                if let Some(count) = count {
                    self.exactly(vec![(Unknown::Choice(question.id, n), 1.0)], *count);
                }
            }
        }
    }

    /// Ten marks at least, and 20 sums + marks within 2 marks of the mean in tenths.
    fn mean(&mut self, area: AreaId, mean: f64) {
        let leaves = self.areas[&area].clone();
        let each = |sum: f64, marks: f64| -> Terms {
            leaves.iter().flat_map(|leaf| [(Unknown::MarkSum(*leaf), sum), (Unknown::Marks(*leaf), marks)]).collect()
        };
        self.row(each(0.0, 1.0), 10.0, f64::INFINITY);
        self.row(each(20.0, 1.0 - 2.0 * mean), 0.0, f64::INFINITY);
        self.row(each(20.0, -1.0 - 2.0 * mean), f64::NEG_INFINITY, -1.0);
    }

    /// Each quote is an answer of its area that mentions its themes.
    pub fn quotes(&mut self, published: &str) {
        let quotes: Vec<Quote> = serde_json::from_str(published).unwrap();
        let areas = self.areas.clone();
        for (area, leaves) in &areas {
            let inside: Vec<&Quote> =
                quotes.iter().filter(|q| areas[&q.label].iter().all(|leaf| leaves.contains(leaf))).collect();
            if inside.is_empty() {
                continue;
            }
            self.row(self.terms(Wanted::Answers(*area)), inside.len() as f64, f64::INFINITY);
            let mut themes: Vec<i64> = inside.iter().flat_map(|q| q.themes.clone()).collect();
            themes.sort_unstable();
            themes.dedup();
            for theme in themes {
                let number = inside.iter().filter(|q| q.themes.contains(&theme)).count();
                self.row(self.terms(Wanted::Mention(*area, theme)), number as f64, f64::INFINITY);
            }
        }
    }

    fn terms(&self, wanted: Wanted) -> Terms {
        let each = |area: &AreaId, of: &dyn Fn(usize) -> Unknown, w: f64| -> Terms {
            self.areas[area].iter().map(|leaf| (of(*leaf), w)).collect()
        };
        match wanted {
            Wanted::Answers(area) => each(&area, &Unknown::Answers, 1.0),
            Wanted::Posters(area) => each(&area, &Unknown::Posters, 1.0),
            Wanted::Mention(area, theme) => each(&area, &|leaf| Unknown::Mention(leaf, theme), 1.0),
            Wanted::Others(area, theme) => {
                let mut terms = each(&area, &Unknown::Answers, 1.0);
                terms.extend(each(&area, &|leaf| Unknown::Mention(leaf, theme), -1.0));
                terms
            }
            Wanted::Choice(question, option) => vec![(Unknown::Choice(question, option), 1.0)],
        }
    }

    /// The world in which a weighted sum of numbers is largest; `None`: the figures contradict each other.
    pub fn most(&self, wanted: &[(Wanted, f64)], fixed: Option<(Wanted, usize)>) -> Option<World> {
        let mut problem = ProblemVariables::new();
        let unknowns: BTreeMap<Unknown, Variable> = (self.unknowns.iter())
            .map(|(unknown, most)| {
                let kind = variable().min(0).max(*most as f64);
                // Marks need not be whole here: a reader could only know less of them. `with_marks` makes them whole.
                let marks = matches!(unknown, Unknown::Marks(_) | Unknown::MarkSum(_));
                (*unknown, problem.add(if marks { kind } else { kind.integer() }))
            })
            .collect();
        let sum = |terms: &Terms| -> Expression { terms.iter().map(|(u, w)| unknowns[u] * *w).sum() };
        let aim: Expression = wanted.iter().map(|(w, weight)| sum(&self.terms(*w)) * *weight).sum();
        let mut model = problem.maximise(aim).using(microlp);
        for row in &self.rows {
            let terms = sum(&row.terms);
            if row.least == row.most {
                model.add_constraint(terms.eq(row.least));
                continue;
            }
            if row.least.is_finite() {
                model.add_constraint(terms.clone().geq(row.least));
            }
            if row.most.is_finite() {
                model.add_constraint(terms.leq(row.most));
            }
        }
        if let Some((wanted, value)) = fixed {
            model.add_constraint(sum(&self.terms(wanted)).eq(value as f64));
        }
        match model.solve() {
            Ok(solution) => {
                Some(World(unknowns.iter().map(|(u, v)| (*u, solution.value(*v).round() as usize)).collect()))
            }
            Err(ResolutionError::Infeasible) => None,
            Err(error) => panic!("the solver: {error}"),
        }
    }

    /// A number in a world, after looking whether the world really agrees with all figures.
    pub fn value(&self, world: &World, wanted: Wanted) -> usize {
        let sum = |terms: &Terms| terms.iter().map(|(u, w)| world.0[u] as f64 * w).sum::<f64>();
        sum(&self.terms(wanted)).round() as usize
    }

    /// The same world with whole marks: those of `blocks` (leaves, marks, their sum), wherever its answers leave room.
    pub fn with_marks(&self, world: &mut World, blocks: &[(Vec<usize>, usize, usize)]) {
        for (leaves, marks, sum) in blocks {
            let (mut marks, mut more) = (*marks, sum - marks);
            for leaf in leaves {
                let here = marks.min(world.0[&Unknown::Answers(*leaf)]);
                let above_one = more.min(9 * here);
                marks -= here;
                more -= above_one;
                world.0.insert(Unknown::Marks(*leaf), here);
                world.0.insert(Unknown::MarkSum(*leaf), here + above_one);
            }
        }
    }

    /// Whether a world agrees with everything published.
    pub fn agrees(&self, world: &World) -> bool {
        let sum = |terms: &Terms| terms.iter().map(|(u, w)| world.0[u] as f64 * w).sum::<f64>();
        self.rows.iter().all(|row| (row.least - 1e-6..=row.most + 1e-6).contains(&sum(&row.terms)))
    }
}
