//! How a run ends.

use std::process::ExitCode;

use jpo_check::diagnostic::{Code, Problems};

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: answered, whatever the verdicts.
    Answered,
    /// 1: a condition was asked for and does not hold.
    ConditionFailed,
    /// 2: usage, unreadable or invalid profile or rules, input or output.
    Unusable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Answered => Self::SUCCESS,
            Exit::ConditionFailed => Self::from(1),
            Exit::Unusable => Self::from(2),
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of the output has gone: nothing is left to say.
    ClosedPipe,
    /// A file has problems that its author can mend.
    Problems(Problems),
    /// The words on the command line are wrong: what is, and what to do about it.
    Usage(String, Option<String>),
    /// Ctrl-C where a question was asked: nothing is written.
    Interrupted,
    /// Anything else.
    Other(anyhow::Error),
}

impl Failure {
    /// The words are wrong, and `help` says what to do about it.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage(message.into(), Some(help.into()))
    }

    /// What is wrong, as scripts read it.
    pub(crate) fn problems(&self) -> Problems {
        match self {
            Self::ClosedPipe | Self::Interrupted => Problems::default(),
            Self::Problems(problems) => problems.clone(),
            Self::Usage(message, help) => {
                Problems::outside(Code::Usage, message.clone(), help.clone())
            }
            Self::Other(error) => Problems::outside(Code::InputOutput, format!("{error:#}"), None),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Other(anyhow::Error::from(error).context("the answer cannot be written"))
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}
