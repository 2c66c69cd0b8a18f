//! How sure a mean mark, a share or a change is, from 30 answers on. `tests/uncertainty.rs` simulates how often an interval
//! holds the truth.
//!
//! These intervals treat those who answered as drawn by chance. They chose themselves, so a screen must say that the interval
//! leaves that out.
//!
//! A mean mark of one to ten is often skewed: many eights, a few ones. Student's interval then holds the truth too seldom
//! (some 86 % instead of 95 for 5 % ones among eights and nines at n = 30), above all where the few ones are missing from the sample.
//! Ours is the interval of a mean under a Dirichlet posterior over the ten marks (the Bayesian bootstrap of Rubin, *Annals of
//! Statistics* 9, 1981, with a small weight on marks that nobody gave), its quantiles by Cornish and Fisher's expansion to the
//! third moment, with Student's quantile in place of the normal one. It is taken twice, and covers both: with a weight of 0.12
//! on each mark, and with 0.5 on the far end of the scale (1 where people are content) and 0.08 on the others, for the few far
//! marks that a sample of thirty may well miss. Less where marks lie close together; all chosen by the simulation. Johnson's (1978) and Hall's (1992) corrections of Student's t were tried and
//! are worse here, since they too know only the skewness that the sample happens to show.

/// Fewer marks or answers than this give no interval.
pub const LEAST: usize = 30;

/// The normal distribution's quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

/// Where a mean or share may be, at 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
}

impl Range {
    /// Rounded outward to tenths: (77, 84) is 7.7 to 8.4.
    pub fn tenths(self) -> (i64, i64) {
        self.outward(10.0)
    }

    /// Rounded outward to whole percents.
    pub fn percents(self) -> (i64, i64) {
        self.outward(100.0)
    }

    fn outward(self, parts: f64) -> (i64, i64) {
        // What is off by floating point alone does not move a bound by a whole tenth.
        ((self.low * parts + 1e-9).floor() as i64, (self.high * parts - 1e-9).ceil() as i64)
    }
}

/// Student's quantile of 97.5 %, by the expansion of Abramowitz and Stegun 26.7.5; right in four decimals from 29
/// degrees of freedom on.
fn student(degrees: f64) -> f64 {
    let z = Z;
    let terms = [
        (z.powi(3) + z) / 4.0,
        (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0,
        (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0,
    ];
    z + (1..).zip(terms).map(|(power, term)| term / degrees.powi(power)).sum::<f64>()
}

/// Moments of marks with weights: their total, mean, and second and third central moment.
fn moments(weights: &[f64; 10]) -> (f64, f64, f64, f64) {
    let total: f64 = weights.iter().sum();
    let marks = || (1..).map(f64::from).zip(weights);
    let mean = marks().map(|(mark, w)| mark * w).sum::<f64>() / total;
    let central = |power| marks().map(|(mark, w)| w * (mark - mean).powi(power)).sum::<f64>() / total;
    (total, mean, central(2), central(3))
}

fn as_weights(marks: &[usize; 10]) -> [f64; 10] {
    marks.map(|n| n as f64)
}

/// Where the mean mark may be, from how many gave each mark, 1 to 10; `None` below [`LEAST`]. With the number of residents of
/// whom these were drawn the interval is that of the mean of them all, which is nearer when many of them answered.
///
/// Where all marks are equal there is no spread to reckon with, but an interval without width would be wrong: by the rule of
/// three up to 3 in n residents may give another mark, any from 1 to 10. That is wide, and holds the truth in more than 95 %.
/// Where only two marks were given their share is all that matters, and the interval is Wilson's.
pub fn mean_interval(marks: &[usize; 10], residents: Option<usize>) -> Option<Range> {
    let number: usize = marks.iter().sum();
    if number < LEAST {
        return None;
    }
    let n = number as f64;
    let left = residents.map_or(1.0, |all| (1.0 - n / all.max(number) as f64).sqrt());
    let (_, mean, spread, _) = moments(&as_weights(marks));
    let given: Vec<usize> = (0..10).filter(|mark| marks[*mark] > 0).collect();
    let (low, high) = match given[..] {
        [_] => (mean - 3.0 / n * (mean - 1.0), mean + 3.0 / n * (10.0 - mean)),
        [low, high] => {
            let share = wilson(marks[high] as f64, n);
            let at = |share: f64| (low + 1) as f64 + (high - low) as f64 * share;
            (at(share.low), at(share.high))
        }
        _ => {
            let small = ((spread * n / (n - 1.0)).sqrt() / 0.9).powi(3).min(1.0);
            let even = posterior(marks, [0.12 * small; 10]);
            let mut weights = [0.08 * small; 10];
            weights[if mean > 5.5 { 0 } else { 9 }] = 0.5 * small;
            let unseen = posterior(marks, weights);
            (even.0.min(unseen.0), even.1.max(unseen.1))
        }
    };
    Some(Range { low: (mean + (low - mean) * left).max(1.0), high: (mean + (high - mean) * left).min(10.0) })
}

/// The interval of the mean under a Dirichlet posterior with these weights added to the marks.
fn posterior(marks: &[usize; 10], weights: [f64; 10]) -> (f64, f64) {
    let mut added = as_weights(marks);
    added.iter_mut().zip(weights).for_each(|(mark, weight)| *mark += weight);
    let (total, centre, second, third) = moments(&added);
    let variance = second / (total + 1.0);
    let third = 2.0 * third / ((total + 1.0) * (total + 2.0));
    let skew = (third / variance.powf(1.5)).clamp(-1.2, 1.2);
    let t = student(marks.iter().sum::<usize>() as f64 - 1.0);
    let (wide, lean) = (t - (2.0 * t.powi(3) - 5.0 * t) * skew * skew / 36.0, (t * t - 1.0) * skew / 6.0);
    let sd = variance.sqrt();
    (centre + sd * (lean - wide), centre + sd * (lean + wide))
}

/// Wilson's interval of a share (*Journal of the American Statistical Association* 22, 1927).
fn wilson(part: f64, of: f64) -> Range {
    let (share, z2) = (part / of, Z * Z);
    let centre = (share + z2 / (2.0 * of)) / (1.0 + z2 / of);
    let half = Z / (1.0 + z2 / of) * (share * (1.0 - share) / of + z2 / (4.0 * of * of)).sqrt();
    Range { low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
}

/// Where the share of answers that mention a theme may be; `None` below [`LEAST`] answers.
pub fn share_interval(part: usize, of: usize) -> Option<Range> {
    (of >= LEAST).then(|| wilson(part.min(of) as f64, of as f64))
}

/// What became of a mean between two waves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Lower, and more so than by chance.
    Down,
    /// No more than chance explains.
    Chance,
    /// Higher, and more so than by chance.
    Up,
}

/// Whether a mean changed by more than chance between two waves, by Welch's test at 5 % (*Biometrika* 34, 1947); `None` where
/// either has fewer than [`LEAST`] marks. Many answer both waves, which nobody can pair: the test takes them for different
/// people, and so says 'changed' a little too seldom.
pub fn change(before: &[usize; 10], after: &[usize; 10]) -> Option<Change> {
    let (first, second) = (mean_interval(before, None)?, mean_interval(after, None)?);
    let of = |marks: &[usize; 10]| {
        let (n, mean, spread, _) = moments(&as_weights(marks));
        (n - 1.0, mean, spread / (n - 1.0))
    };
    let ((degrees, mean, error), (other_degrees, other_mean, other_error)) = (of(before), of(after));
    let apart = if error > 0.0 && other_error > 0.0 {
        let both = error + other_error;
        let degrees = both * both / (error * error / degrees + other_error * other_error / other_degrees);
        (other_mean - mean).abs() > student(degrees) * both.sqrt()
    } else {
        // Without any spread in one of them there is no test; intervals apart are enough.
        first.high < second.low || second.high < first.low
    };
    Some(match () {
        () if !apart => Change::Chance,
        () if other_mean > mean => Change::Up,
        () => Change::Down,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn students_quantile_is_that_of_the_tables() {
        for (degrees, quantile) in [(29.0, 2.045_23), (59.0, 2.001_00), (99.0, 1.984_22)] {
            assert!((student(degrees) - quantile).abs() < 5e-5, "{degrees}: {}", student(degrees));
        }
    }

    #[test]
    fn from_thirty_on() {
        assert_eq!(mean_interval(&[0, 0, 0, 0, 0, 9, 10, 10, 0, 0], None), None);
        assert_eq!(mean_interval(&[0; 10], None), None);
        let range = mean_interval(&[0, 0, 0, 0, 0, 10, 10, 10, 0, 0], None).unwrap();
        assert_eq!(range.tenths(), (64, 73));
        assert_eq!(share_interval(5, 29), None);
        assert_eq!(share_interval(10, 100).map(Range::percents), Some((5, 18)));
    }

    #[test]
    fn equal_marks_are_no_certainty() {
        let mut marks = [0; 10];
        marks[7] = 30;
        assert_eq!(mean_interval(&marks, None).map(Range::tenths), Some((73, 82)));
        marks[7] = 0;
        marks[9] = 30;
        assert_eq!(mean_interval(&marks, None).map(Range::tenths), Some((91, 100)));
        assert_eq!(mean_interval(&marks, Some(30)).map(Range::tenths), Some((100, 100)), "all residents");
    }

    #[test]
    fn a_change_is_told_when_it_is_more_than_chance() {
        let low = [0, 0, 0, 5, 10, 20, 10, 5, 0, 0];
        let same = [0, 0, 0, 5, 9, 20, 11, 5, 0, 0];
        let high = [0, 0, 0, 0, 5, 10, 20, 10, 5, 0];
        assert_eq!(change(&low, &same), Some(Change::Chance));
        assert_eq!(change(&low, &high), Some(Change::Up));
        assert_eq!(change(&high, &low), Some(Change::Down));
        let mut all = [0; 10];
        all[9] = 40;
        assert_eq!(change(&low, &all), Some(Change::Up));
        assert_eq!(change(&all, &all), Some(Change::Chance));
        assert_eq!(change(&low, &[0; 10]), None);
    }
}
