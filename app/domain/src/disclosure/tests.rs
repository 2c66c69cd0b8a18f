use super::*;

fn buurt(id: i64, answers: usize, themes: &[(i64, usize)]) -> Area {
    let themes = themes.iter().copied().collect();
    Area::buurt(id, Counts { answers, marks: answers, mark_sum: answers * 7, themes, posters: answers })
}

fn city(wijken: Vec<Vec<Area>>) -> Wave {
    let parts = (1..).zip(wijken).map(|(id, parts)| Area::of(AreaId::Wijk(id), parts)).collect();
    Wave { scope: Area::of(AreaId::City, parts), themes: vec![1, 2], questions: vec![] }
}

fn shown(wave: &Wave) -> Shown {
    let (shown, report) = publish(wave, None, Method::default());
    assert!(report.hidden.iter().all(|h| h.met), "{report:?}");
    shown
}

fn answers(shown: &Shown) -> Vec<Option<usize>> {
    shown.areas.iter().map(|a| a.answers).collect()
}

#[test]
fn nothing_is_hidden_where_every_cell_is_large() {
    let mut wave = city(vec![vec![buurt(1, 40, &[(1, 20), (2, 20)]), buurt(2, 60, &[(1, 40), (2, 20)])]]);
    wave.questions = vec![Question { id: 1, options: vec![50, 30, 20] }];
    let (shown, report) = publish(&wave, None, Method::default());
    assert_eq!(report, Report::default());
    assert_eq!(answers(&shown), [Some(100), Some(100), Some(40), Some(60)]);
    assert_eq!(shown.area(AreaId::City).and_then(|a| a.mean_tenths), Some(70));
    assert_eq!(shown.theme(AreaId::Wijk(1), 1), Some(60));
    assert_eq!(shown.questions[0].options, [Some(50), Some(30), Some(20)]);
}

#[test]
fn the_smallest_sibling_goes_with_a_small_buurt() {
    let s = shown(&city(vec![vec![buurt(1, 30, &[]), buurt(2, 4, &[]), buurt(3, 12, &[])], vec![buurt(4, 50, &[])]]));
    assert_eq!(answers(&s), [Some(96), Some(46), Some(30), None, None, Some(50), Some(50)]);
    assert_eq!(s.area(AreaId::Buurt(3)).and_then(|a| a.mean_tenths), None);
    assert_eq!(s.area(AreaId::Buurt(3)).and_then(|a| a.posters), None);
}

#[test]
fn small_buurten_that_are_ten_together_need_no_other() {
    let s = shown(&city(vec![vec![buurt(1, 30, &[]), buurt(2, 4, &[]), buurt(3, 6, &[])]]));
    assert_eq!(answers(&s), [Some(40), Some(40), Some(30), None, None]);
    // A buurt where nobody answered is hidden like any other.
    let s = shown(&city(vec![vec![buurt(1, 30, &[]), buurt(2, 0, &[]), buurt(3, 0, &[]), buurt(4, 20, &[])]]));
    assert_eq!(answers(&s), [Some(50), Some(50), Some(30), None, None, None]);
}

#[test]
fn a_small_wijk_takes_a_wijk_with_it_before_the_city() {
    let s =
        shown(&city(vec![vec![buurt(1, 3, &[])], vec![buurt(2, 30, &[]), buurt(3, 40, &[])], vec![buurt(4, 90, &[])]]));
    assert_eq!(answers(&s), [Some(163), None, None, None, None, Some(40), Some(90), Some(90)]);
}

#[test]
fn who_does_not_mention_a_theme_is_counted_too() {
    let s = shown(&city(vec![vec![
        buurt(1, 40, &[(1, 36), (2, 15)]),
        buurt(2, 40, &[(1, 20), (2, 15)]),
        buurt(3, 40, &[(1, 15), (2, 15)]),
    ]]));
    assert_eq!(s.theme(AreaId::Buurt(1), 1), None, "four do not");
    assert_eq!(s.theme(AreaId::Buurt(3), 1), None, "71 - 36 - 20 would tell");
    assert_eq!(s.theme(AreaId::Buurt(2), 1), Some(20));
    assert_eq!(s.theme(AreaId::Wijk(1), 1), Some(71));
    assert_eq!(s.theme(AreaId::Buurt(1), 2), Some(15));
}

#[test]
fn options_are_hidden_two_at_least() {
    let mut wave = city(vec![vec![buurt(1, 100, &[])]]);
    wave.questions = vec![
        Question { id: 1, options: vec![60, 33, 7] },
        Question { id: 2, options: vec![97, 3] },
        Question { id: 3, options: vec![80, 6, 8, 6] },
    ];
    let s = shown(&wave);
    assert_eq!(s.questions[0].options, [Some(60), None, None]);
    assert_eq!(s.questions[1].options, [None, None]);
    assert_eq!(s.questions[2].options, [Some(80), None, None, None]);
}

#[test]
fn a_quote_climbs_to_where_its_cells_are_shown() {
    let wave = city(vec![vec![
        buurt(1, 40, &[(1, 36), (2, 15)]),
        buurt(2, 40, &[(1, 20), (2, 15)]),
        buurt(3, 40, &[(1, 15), (2, 4)]),
    ]]);
    let s = shown(&wave);
    assert_eq!(label(&wave, &s, AreaId::Buurt(2), &[1]), Some(AreaId::Buurt(2)));
    assert_eq!(label(&wave, &s, AreaId::Buurt(3), &[1]), Some(AreaId::Wijk(1)));
    assert_eq!(label(&wave, &s, AreaId::Buurt(3), &[]), Some(AreaId::Buurt(3)));
    assert_eq!(label(&wave, &s, AreaId::Buurt(1), &[2]), Some(AreaId::Wijk(1)), "one of the four without theme 1");
    assert_eq!(label(&wave, &s, AreaId::Buurt(9), &[]), None);
    assert_eq!(label(&wave, &Shown::default(), AreaId::Buurt(1), &[]), None);
}

#[test]
fn a_later_version_shows_nothing_that_an_earlier_one_hid() {
    let before = city(vec![vec![buurt(1, 30, &[(1, 15)]), buurt(2, 30, &[(1, 4)]), buurt(3, 30, &[(1, 11)])]]);
    let (first, _) = publish(&before, None, Method::default());
    assert_eq!(first.theme(AreaId::Buurt(2), 1), None);
    // Someone gave more answers the theme.
    let after = city(vec![vec![buurt(1, 30, &[(1, 15)]), buurt(2, 30, &[(1, 14)]), buurt(3, 30, &[(1, 11)])]]);
    let (second, report) = publish(&after, Some(&first), Method::default());
    assert_eq!(second.theme(AreaId::Buurt(2), 1), None);
    assert_eq!(second.theme(AreaId::Wijk(1), 1), Some(40));
    assert!(report.hidden.iter().any(|h| h.cell == Cell::Theme(AreaId::Buurt(2), 1) && h.why == Why::Earlier && h.met));
    // What the first showed and still holds stays known: hiding it would protect nothing.
    let after = city(vec![vec![buurt(1, 30, &[(1, 15)]), buurt(2, 30, &[(1, 4)]), buurt(3, 30, &[(1, 2)])]]);
    let (third, report) = publish(&after, Some(&first), Method::default());
    assert_eq!(third.theme(AreaId::Wijk(1), 1), None, "21 - 15 would tell that two buurten have six");
    assert!(report.hidden.iter().all(|h| h.met), "{report:?}");
}

#[test]
fn it_is_kept_as_json() {
    let s = shown(&city(vec![vec![buurt(1, 40, &[(1, 20)]), buurt(2, 60, &[(1, 40)])]]));
    let text = serde_json::to_string(&s).unwrap();
    assert_eq!(serde_json::from_str::<Shown>(&text).unwrap(), s);
}

#[test]
fn a_whole_city_takes_no_time() {
    // 110 wijken, 480 buurten, 20 themes; most numbers around the threshold.
    let mut seed = 1_u64;
    let mut next = |limit: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) % limit) as usize
    };
    let mut id = 0;
    let wijken = (0..110).map(|wijk| {
        let buurten = (0..if wijk < 40 { 5 } else { 4 }).map(|_| {
            id += 1;
            let answers = next(60);
            let themes: Vec<(i64, usize)> = (1..=20).map(|theme| (theme, next(answers as u64 + 1))).collect();
            buurt(id, answers, &themes)
        });
        buurten.collect()
    });
    let mut wave = city(wijken.collect());
    wave.themes = (1..=20).collect();
    let start = std::time::Instant::now();
    let s = shown(&wave);
    println!("{:?}, {} of {} areas shown", start.elapsed(), answers(&s).iter().flatten().count(), s.areas.len());
    assert!(start.elapsed().as_secs() < 20);
}
