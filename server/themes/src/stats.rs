//! Measures of how words and themes go together.

fn part(k: f64, expected: f64) -> f64 {
    if k > 0.0 && expected > 0.0 { k * (k / expected).ln() } else { 0.0 }
}

/// The log-likelihood ratio G2 of a word in a theme: Dunning, "Accurate Methods for the Statistics of Surprise and
/// Coincidence", Computational Linguistics 19(1), 1993. `both` of the theme's `size` answers have the word, `spread` of all
/// `total` answers have it. Zero when the word is rarer in the theme than elsewhere.
pub(crate) fn log_likelihood(both: u32, size: u32, spread: u32, total: u32) -> f64 {
    let (a, row, column, n) = (both as f64, size as f64, spread as f64, total as f64);
    if n == 0.0 || a * n <= row * column {
        return 0.0;
    }
    let (b, c) = (row - a, column - a);
    let d = n - row - column + a;
    2.0 * (part(a, row * column / n)
        + part(b, row * (n - column) / n)
        + part(c, (n - row) * column / n)
        + part(d, (n - row) * (n - column) / n))
}

/// Normalised pointwise mutual information, -1 to 1: Bouma, "Normalized (Pointwise) Mutual Information in Collocation
/// Extraction", GSCL 2009.
pub(crate) fn npmi(both: u32, first: u32, second: u32, total: u32) -> f64 {
    if both == 0 || total == 0 {
        return -1.0;
    }
    if both >= total {
        return 1.0;
    }
    let (both, first, second, n) = (both as f64, first as f64, second as f64, total as f64);
    (both * n / (first * second)).ln() / -(both / n).ln()
}

/// Inverse document frequency, smoothed: Sparck Jones, "A statistical interpretation of term specificity", 1972.
pub(crate) fn idf(spread: u32, total: u32) -> f64 {
    ((1.0 + total as f64) / (1.0 + spread as f64)).ln() + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_agree_with_figures_by_hand() {
        // 2 * (10 ln(10/2.5) + 0 + 15 ln(15/22.5) + 75 ln(75/67.5)), the table [[10, 0], [15, 75]].
        assert!((log_likelihood(10, 10, 25, 100) - 31.366).abs() < 0.01);
        assert_eq!(log_likelihood(1, 50, 10, 100), 0.0);
        assert_eq!(npmi(5, 5, 5, 100), 1.0);
        assert!(npmi(1, 10, 10, 100).abs() < 1e-9);
        assert!((idf(9, 99) - (10f64.ln() + 1.0)).abs() < 1e-9);
    }
}
