//! Packs the program's own words. What Fluent can say and the program cannot show stops the build.

use std::error::Error;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};

use crate::i18n::message::{Index, Part};

type Fault = Box<dyn Error>;

/// The messages of one file, packed.
pub fn compile(source: &str) -> Result<Vec<u8>, Fault> {
    let resource = fluent_syntax::parser::parse(source)
        .map_err(|(_, faults)| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let mut messages = Vec::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) if message.attributes.is_empty() => {
                let id = message.id.name;
                let value = message.value.as_ref().ok_or_else(|| format!("`{id}` says nothing"))?;
                messages.push((id, parts(value).map_err(|fault| format!("`{id}`: {fault}"))?));
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Message(_) | Entry::Term(_) | Entry::Junk { .. } => {
                return Err(format!("only plain messages are understood, not {entry:?}").into());
            }
        }
    }
    messages.sort_by_key(|(id, _)| *id);
    if let Some([(id, _), ..]) = messages.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(format!("`{id}` twice").into());
    }
    Ok(pack(&messages)?)
}

fn pack(messages: &[(&str, Vec<Part<'_>>)]) -> postcard::Result<Vec<u8>> {
    let packed = messages.iter().map(|(id, parts)| Ok((*id, postcard::to_stdvec(parts)?)));
    let packed = packed.collect::<postcard::Result<Vec<_>>>()?;
    let index: Index<'_> = packed.iter().map(|(id, bytes)| (*id, bytes.as_slice())).collect();
    postcard::to_stdvec(&index)
}

fn parts<'a>(pattern: &Pattern<&'a str>) -> Result<Vec<Part<'a>>, Fault> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => Ok(Part::Text(value)),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                Ok(Part::Argument(argument(inline)?))
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                count(argument(selector)?, variants)
            }
        })
        .collect()
}

fn argument<'a>(inline: &InlineExpression<&'a str>) -> Result<&'a str, Fault> {
    match inline {
        InlineExpression::VariableReference { id } => Ok(id.name),
        other => Err(format!("only arguments are understood, not {other:?}").into()),
    }
}

fn count<'a>(argument: &'a str, variants: &[Variant<&'a str>]) -> Result<Part<'a>, Fault> {
    match variants {
        [one, other]
            if one.key == (VariantKey::Identifier { name: "one" })
                && other.key == (VariantKey::Identifier { name: "other" })
                && other.default =>
        {
            Ok(Part::Count { argument, one: parts(&one.value)?, other: parts(&other.value)? })
        }
        _ => Err("only a choice between `[one]` and `*[other]` is understood".into()),
    }
}
