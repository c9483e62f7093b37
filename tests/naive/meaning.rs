//! Yes or no for one complete person in one way to read the pages.

use chrono::{Datelike, NaiveDate};
use jpo_check::dataset::Dataset;
use jpo_check::profile::Answer;
use jpo_check::rules::{
    Age, BirthDay, Branch, Condition, Counting, Degree, FactTest, Group, LanguageLevelWord,
    LanguageRule, Leaving, Nationality, Qualification, ReferenceDay, Requirement, Rule, Since,
    Sponsorship, Weight,
};
use jpo_check::vocabulary::{CountryCode, DegreeLevel, ExperienceKind, LanguageLevel, Text};

use super::{Days3, Held, Person, Point, Way};

/// Every way to read `requirement`: an option for each point that any of its readings leaves open.
pub(super) fn ways(
    requirement: &Requirement,
    data: &Dataset,
    days: &Days3,
    countries: &[CountryCode],
    kinds: &[ExperienceKind],
) -> Vec<Way> {
    let mut points: Vec<(Point, usize)> = Vec::new();
    if requirement.readings.len() > 1 {
        points.push((Point::Reading, requirement.readings.len()));
    }
    if requirement.by_vacancy {
        points.push((Point::Vacancy, 2));
    }
    if requirement.incomplete {
        points.push((Point::Rest, 2));
    }
    for reading in &requirement.readings {
        points.extend(Ground { data, days, countries, kinds }.points(&reading.rule));
    }
    let mut distinct: Vec<(Point, usize)> = Vec::new();
    for point in points {
        if point.1 > 1 && !distinct.contains(&point) {
            distinct.push(point);
        }
    }
    let mut ways: Vec<Way> = vec![Vec::new()];
    for (point, options) in distinct {
        ways = ways
            .iter()
            .flat_map(|way| {
                (0..options).map(|option| [way.as_slice(), &[(point.clone(), option)]].concat())
            })
            .collect();
    }
    ways
}

/// What the points of a rule depend on.
struct Ground<'a> {
    data: &'a Dataset,
    days: &'a Days3,
    countries: &'a [CountryCode],
    kinds: &'a [ExperienceKind],
}

impl Ground<'_> {
    fn points(&self, rule: &Rule) -> Vec<(Point, usize)> {
        match rule {
            Rule::NotOnRecord | Rule::Sponsorship(Sponsorship::Unknown) => {
                vec![(Point::NotOnRecord, 2)]
            }
            Rule::Sponsorship(Sponsorship::Disputed) => vec![(Point::Disputed, 2)],
            Rule::NoRequirement | Rule::Unstated | Rule::Text(_) | Rule::Sponsorship(_) => {
                Vec::new()
            }
            Rule::Nationality(rule) => self.nationality(rule),
            Rule::Age(rule) => vec![self.day(rule.on)],
            Rule::Degree(rule) => {
                let mut points = self.groups(&rule.studied_in_group, rule.by);
                points.push(self.day(rule.by));
                points
            }
            Rule::Experience(rule) => self.counting(&rule.counting),
            Rule::Qualification(rule) => {
                let mut points = self.counting(&rule.counting);
                points.push(self.day(rule.by));
                let paths = rule.paths.iter().enumerate().filter(|(_, path)| path.by_vacancy);
                points.extend(paths.map(|(at, _)| (Point::Path(at), 2)));
                points
            }
            Rule::Language(LanguageRule::Skills { levels, .. }) => {
                levels.iter().map(word).collect()
            }
            Rule::Language(LanguageRule::Tests { tests, .. }) => {
                let unknown = tests.iter().any(|test| test.min_unknown);
                if unknown { vec![(Point::LowestScore, 2)] } else { Vec::new() }
            }
            Rule::Condition(Condition::Fact(_)) => Vec::new(),
            Rule::Condition(Condition::Employed(rule)) => vec![self.day(rule.on)],
        }
    }

    fn nationality(&self, rule: &Nationality) -> Vec<(Point, usize)> {
        let on = rule.on.unwrap_or(ReferenceDay::NotStated);
        let conditions = rule.if_also.iter().map(|(_, branch)| &**branch);
        let mut points = Vec::new();
        for branch in rule.branches.iter().chain(conditions) {
            points.extend(self.groups(&branch.in_group, on));
            points.extend(self.groups(&branch.studied_in_group, on));
            points.extend(branch.speaks.iter().map(|skill| word(&skill.level)));
        }
        points
    }

    fn day(&self, reference: ReferenceDay) -> (Point, usize) {
        (Point::Day(reference), self.days.mean(reference).len())
    }

    fn counting(&self, counting: &Counting) -> Vec<(Point, usize)> {
        let judged = self.kinds.iter().filter(|kind| counting.weight(**kind) == Weight::MayCount);
        let mut points: Vec<_> = judged.map(|kind| (Point::Kind(*kind), 2)).collect();
        points.push(self.day(counting.until));
        points
    }

    fn groups(&self, ids: &[Text], reference: ReferenceDay) -> Vec<(Point, usize)> {
        let mut points = Vec::new();
        for group in ids.iter().filter_map(|id| self.data.groups.get(id)) {
            points.push(self.day(reference));
            for country in self.countries {
                for on in self.days.mean(reference) {
                    let (_, contested, uncertain) = standing(group, *country, on);
                    if contested {
                        points.push((Point::Contested(*country), 2));
                    }
                    if uncertain {
                        points.push((Point::Uncertain(*country), 2));
                    }
                }
            }
        }
        points
    }
}

fn word(word: &LanguageLevelWord) -> (Point, usize) {
    (Point::Word(word.word.clone()), word.levels.len())
}

/// Whether `requirement` is met by `person` when read in this `way`.
pub(super) fn is_met(
    requirement: &Requirement,
    person: &Person,
    way: &Way,
    data: &Dataset,
    days: &Days3,
) -> bool {
    let asked = Asked { person, way, data, days };
    let rule = &requirement.readings[asked.option(&Point::Reading)].rule;
    let met = match rule {
        Rule::Unstated => !requirement.by_vacancy,
        rule => asked.is_met(rule),
    };
    // The value on record is the strictest seen: a kinder vacancy may take who misses it.
    let met = met || (requirement.by_vacancy && asked.is_kind(&Point::Vacancy));
    // The page asks for more than is on record: who meets this part may miss the rest.
    met && (!requirement.incomplete || asked.is_kind(&Point::Rest))
}

struct Asked<'a> {
    person: &'a Person,
    way: &'a Way,
    data: &'a Dataset,
    days: &'a Days3,
}

impl Asked<'_> {
    fn option(&self, point: &Point) -> usize {
        self.way.iter().find(|(open, _)| open == point).map_or(0, |(_, option)| *option)
    }

    fn is_kind(&self, point: &Point) -> bool {
        self.option(point) == 0
    }

    fn day(&self, reference: ReferenceDay) -> NaiveDate {
        self.days.mean(reference)[self.option(&Point::Day(reference))]
    }

    fn level(&self, word: &LanguageLevelWord) -> LanguageLevel {
        word.levels[self.option(&Point::Word(word.word.clone()))]
    }

    fn is_met(&self, rule: &Rule) -> bool {
        match rule {
            Rule::NoRequirement | Rule::Unstated | Rule::Text(_) => true,
            Rule::NotOnRecord => self.is_kind(&Point::NotOnRecord),
            Rule::Sponsorship(state) => match state {
                Sponsorship::Active | Sponsorship::Listed => true,
                Sponsorship::Disputed => self.is_kind(&Point::Disputed),
                Sponsorship::Unknown => self.is_kind(&Point::NotOnRecord),
                Sponsorship::Inactive => false,
            },
            Rule::Nationality(rule) => self.nationality(rule),
            Rule::Age(rule) => self.age(rule),
            Rule::Degree(rule) => self.degree(rule),
            Rule::Experience(rule) => {
                let counted = self.half_thousandths(&rule.counting);
                rule.min.is_none_or(|months| at_least(counted, months))
                    && rule.max.is_none_or(|months| !more_than(counted, months))
            }
            Rule::Qualification(rule) => self.qualification(rule),
            Rule::Language(rule) => self.language(rule),
            Rule::Condition(Condition::Fact(test)) => self.fact(test),
            Rule::Condition(Condition::Employed(rule)) => {
                let on = self.day(rule.on);
                self.person.jobs.iter().any(|job| {
                    job.employer.as_deref() == Some(rule.employer.as_str())
                        && job.country == rule.country
                        && job.from <= on
                        && job.to.is_none_or(|to| to >= on)
                })
            }
        }
    }

    fn nationality(&self, rule: &Nationality) -> bool {
        let on = rule.on.unwrap_or(ReferenceDay::NotStated);
        let holds_one =
            |list: &[CountryCode]| self.person.nationalities.iter().any(|own| list.contains(own));
        if holds_one(&rule.not_also) {
            return false;
        }
        let added = rule.if_also.as_ref().filter(|(nationals, _)| holds_one(nationals));
        if added.is_some_and(|(_, branch)| !self.branch(branch, on)) {
            return false;
        }
        rule.branches.iter().any(|branch| self.branch(branch, on))
    }

    fn branch(&self, branch: &Branch, on: ReferenceDay) -> bool {
        let person = self.person;
        let national = (branch.national_of.is_empty() && branch.in_group.is_empty())
            || person.nationalities.iter().any(|own| {
                branch.national_of.contains(own) || self.in_groups(*own, &branch.in_group, on)
            });
        let lives = branch.resident_in.is_empty()
            || person.residences.iter().any(|(country, permanent)| {
                branch.resident_in.contains(country) && (*permanent || !branch.permanent)
            });
        let fact = branch
            .fact
            .as_ref()
            .is_none_or(|fact| person.facts.get(fact) == Some(&Answer::Flag(true)));
        let studied = (branch.studied_in.is_empty() && branch.studied_in_group.is_empty())
            || person.degrees.iter().any(|degree| {
                branch.studied_in.contains(&degree.country)
                    || self.in_groups(degree.country, &branch.studied_in_group, on)
            });
        let speaks = branch.speaks.iter().all(|skill| {
            person
                .languages
                .iter()
                .any(|(code, level)| *code == skill.language && *level >= self.level(&skill.level))
        });
        national && lives && fact && studied && speaks
    }

    fn in_groups(&self, country: CountryCode, ids: &[Text], on: ReferenceDay) -> bool {
        ids.iter().any(|id| {
            let (inside, contested, uncertain) =
                standing(&self.data.groups[id], country, self.day(on));
            inside
                || (contested && self.is_kind(&Point::Contested(country)))
                || (uncertain && self.is_kind(&Point::Uncertain(country)))
        })
    }

    fn age(&self, rule: &Age) -> bool {
        let mut raise = 0;
        for one in &rule.raises {
            let by_fact = one.fact.as_ref().is_none_or(|test| self.fact(test));
            let by_degree = one.degree.as_ref().is_none_or(|asked| {
                self.person.degrees.iter().any(|degree| {
                    degree.level >= asked.level
                        && degree.awarded <= self.day(rule.on)
                        && degree.field.as_ref().is_some_and(|field| asked.fields.contains(field))
                })
            });
            let holds = by_fact && by_degree;
            if holds {
                raise = raise.max(one.years);
            }
        }
        let birth = self.person.birth;
        let born_late_enough = rule.born_from.is_none_or(|limit| {
            let earliest = match limit {
                BirthDay::On(day) => date(day.year() - raise, day.month(), day.day()),
                BirthDay::YearsBefore { month, day, years } => {
                    date(self.days.application.year() - years - raise, month, day)
                }
            };
            birth >= earliest
        });
        let age = birthdays(birth, self.day(rule.on));
        born_late_enough
            && rule.max.is_none_or(|max| age <= max + raise)
            && rule.min.is_none_or(|min| age >= min)
    }

    fn degree(&self, rule: &Degree) -> bool {
        let by = self.day(rule.by);
        let held: Vec<&Held> =
            self.person.degrees.iter().filter(|degree| degree.awarded <= by).collect();
        if rule.max.is_some_and(|max| held.iter().any(|degree| degree.level > max)) {
            return false;
        }
        let in_field = |degree: &Held| {
            rule.fields.is_empty()
                || degree.field.as_ref().is_some_and(|field| rule.fields.contains(field))
        };
        let in_place = |degree: &Held| {
            (rule.studied_in.is_empty() && rule.studied_in_group.is_empty())
                || rule.studied_in.contains(&degree.country)
                || self.in_groups(degree.country, &rule.studied_in_group, rule.by)
        };
        let alone = held.iter().any(|degree| {
            rule.min.is_none_or(|min| degree.level >= min) && in_field(degree) && in_place(degree)
        });
        let together = !rule.or_all.is_empty()
            && rule
                .or_all
                .iter()
                .all(|level| held.iter().any(|d| d.level == *level && in_field(d) && in_place(d)));
        alone || together
    }

    fn qualification(&self, rule: &Qualification) -> bool {
        let counted = self.half_thousandths(&rule.counting);
        let by = self.day(rule.by);
        let too_much = rule.max.is_some_and(|months| more_than(counted, months));
        let open = |(at, path): (usize, &jpo_check::rules::Path)| {
            (!path.by_vacancy || self.is_kind(&Point::Path(at)))
                && at_least(counted, path.min)
                && self.person.degrees.iter().any(|degree| {
                    degree.awarded <= by
                        && degree.level >= path.degree
                        && (path.fields.is_empty()
                            || degree.field.as_ref().is_some_and(|f| path.fields.contains(f)))
                })
        };
        !too_much && rule.paths.iter().enumerate().any(open)
    }

    /// Day by day: what every job counts for, a day never more than a whole one. In halves of a
    /// thousandth of a full-time day, so that half of any share is a whole number.
    fn half_thousandths(&self, counting: &Counting) -> i64 {
        let first_counted = match counting.after {
            Since::AnyTime => Some(i32::MIN),
            Since::FirstDegree => self.first_award(DegreeLevel::Bachelor),
            Since::Master => self.first_award(DegreeLevel::Master),
        };
        let Some(first_counted) = first_counted else { return 0 };
        let until = self.day(counting.until).num_days_from_ce();
        let mut jobs: Vec<(i32, i32, i64)> = Vec::new();
        for job in &self.person.jobs {
            let weight = match counting.weight(job.kind) {
                _ if !job.relevant || (counting.paid_only && !job.paid) => 0,
                Weight::Full => 2,
                Weight::Half => 1,
                Weight::MayCount if self.is_kind(&Point::Kind(job.kind)) => 2,
                Weight::MayCount | Weight::Not => 0,
            };
            let to = job.to.map_or(until, |to| to.num_days_from_ce());
            jobs.push((job.from.num_days_from_ce(), to, weight * job.share));
        }
        let Some(first) = jobs.iter().map(|(from, _, _)| *from).min() else { return 0 };
        let mut sum = 0;
        for day in first.max(first_counted)..=until {
            let mut worked = 0;
            for (from, to, share) in &jobs {
                if *from <= day && day <= *to {
                    worked += share;
                }
            }
            sum += worked.min(2000);
        }
        sum
    }

    fn first_award(&self, level: DegreeLevel) -> Option<i32> {
        let degrees = self.person.degrees.iter().filter(|degree| degree.level >= level);
        degrees.map(|degree| degree.awarded.num_days_from_ce()).min()
    }

    fn language(&self, rule: &LanguageRule) -> bool {
        match rule {
            LanguageRule::Skills { of, levels } => {
                let asked: Vec<LanguageLevel> =
                    levels.iter().map(|word| self.level(word)).collect();
                let known = self.person.languages.iter().filter(|(code, _)| of.contains(code));
                let spoken: Vec<LanguageLevel> = known.map(|(_, level)| *level).collect();
                can_assign(&asked, &spoken)
            }
            LanguageRule::Tests { tests, valid_years } => tests.iter().any(|asked| {
                let passed = self.person.tests.iter().any(|(test, score, taken)| {
                    *test == asked.test
                        && asked.min.is_none_or(|min| *score >= min)
                        && valid_years.is_none_or(|years| {
                            let years = i32::try_from(years).unwrap();
                            let last_valid = date(taken.year() + years, taken.month(), taken.day());
                            self.days.application <= last_valid
                        })
                });
                passed && (!asked.min_unknown || self.is_kind(&Point::LowestScore))
            }),
        }
    }

    fn fact(&self, test: &FactTest) -> bool {
        match (test, self.person.facts.get(test.fact())) {
            (FactTest::Is(_, wanted), Some(Answer::Flag(told))) => wanted == told,
            (FactTest::OneOf(_, wanted), Some(Answer::Choice(told))) => wanted.contains(told),
            (FactTest::Between(_, low, high), Some(Answer::Number(told))) => {
                low.is_none_or(|low| low <= *told) && high.is_none_or(|high| *told <= high)
            }
            _ => false,
        }
    }
}

/// Tries every way to give each level asked a language of its own.
fn can_assign(asked: &[LanguageLevel], spoken: &[LanguageLevel]) -> bool {
    let Some((first, others)) = asked.split_first() else { return true };
    (0..spoken.len()).any(|at| {
        let mut left = spoken.to_vec();
        let taken = left.remove(at);
        taken >= *first && can_assign(others, &left)
    })
}

/// Whether a country is inside a group, and if that hangs on a contested end or an unknown list.
fn standing(group: &Group, country: CountryCode, on: NaiveDate) -> (bool, bool, bool) {
    if group.members.iter().all(|(member, _)| *member != country) {
        return (false, false, !group.complete);
    }
    let (mut inside, mut contested, mut uncertain) = (false, false, false);
    for (_, membership) in group.members.iter().filter(|(member, _)| *member == country) {
        let joined = membership.from.is_none_or(|from| from <= on);
        let end_reached = membership.leaves.filter(|(leaves, _)| *leaves <= on);
        let there = match end_reached {
            _ if !joined => Some(false),
            None => Some(true),
            Some((_, Leaving::Scheduled)) => Some(false),
            Some((_, Leaving::Contested)) => None,
        };
        match (there, membership.certain) {
            (Some(true), true) => inside = true,
            (None, true) => contested = true,
            (Some(true) | None, false) => uncertain = true,
            (Some(false), _) => {}
        }
    }
    (inside, contested && !inside, uncertain && !inside)
}

impl Days3 {
    /// The days that a reference day can mean.
    pub(super) fn mean(&self, reference: ReferenceDay) -> Vec<NaiveDate> {
        let year = self.application.year();
        let mut days = match reference {
            ReferenceDay::Application => vec![self.application],
            ReferenceDay::CallOpen => vec![self.opens],
            ReferenceDay::CallClose => vec![self.closes],
            ReferenceDay::InYear { month, day } => vec![date(year, month, day)],
            ReferenceDay::EntryOnDuty => {
                vec![months_later(self.closes, 6), months_later(self.closes, 12)]
            }
            ReferenceDay::On(day) => vec![day],
            ReferenceDay::NotStated => vec![self.application, self.closes, date(year, 12, 31)],
        };
        days.sort();
        days.dedup();
        days
    }
}

/// The same day some months later, cut to the end of a shorter month.
fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    let month = day.month0() + months;
    let (year, month) = (day.year() + i32::try_from(month / 12).unwrap(), month % 12 + 1);
    (0..4).find_map(|cut| NaiveDate::from_ymd_opt(year, month, day.day() - cut)).unwrap()
}

/// A day of the calendar, 28 February standing in for a 29th that is not there.
fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day)
        .unwrap_or_else(|| NaiveDate::from_ymd_opt(year, month, day - 1).unwrap())
}

/// How many birthdays there have been by `on`; that of 29 February is on 1 March in common years.
fn birthdays(birth: NaiveDate, on: NaiveDate) -> i32 {
    let mut count = 0;
    for year in birth.year() + 1..=on.year() {
        let birthday = NaiveDate::from_ymd_opt(year, birth.month(), birth.day())
            .unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 3, 1).unwrap());
        if birthday <= on {
            count += 1;
        }
    }
    count
}

/// Whether an amount reaches so many months: a twelfth of 365 full days each.
fn at_least(half_thousandths: i64, months: i32) -> bool {
    half_thousandths * 12 >= i64::from(months) * 365 * 2000
}

fn more_than(half_thousandths: i64, months: i32) -> bool {
    // Whole months are counted, and no part of one.
    at_least(half_thousandths, months + 1)
}
