//! Letters with marks, which Unicode writes in two ways: as one character, or as a letter and its marks.

/// Each mark with the letters that bear it, in lower case: the letter without it, then with it. Latin, Greek, Cyrillic and kana.
const MARKED: [(char, &str); 19] = [
    ('\u{300}', "aàeèiìoòuùеѐиѝâầăằêềôồơờưừyỳ"),
    ('\u{301}', "aáeéiíoóuúyýcćlĺnńrŕsśzźϊΐαάεέηήιίϋΰοόυύωώгѓкќâấăắêếôốơớưứ"),
    ('\u{302}', "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷạậẹệọộ"),
    ('\u{303}', "aãnñoõiĩuũâẫăẵeẽêễôỗơỡưữyỹ"),
    ('\u{304}', "aāeēiīoōuū"),
    ('\u{306}', "aăeĕgğiĭoŏuŭийуўạặ"),
    ('\u{307}', "cċeėgġzż"),
    ('\u{308}', "aäeëiïoöuüyÿιϊυϋеёії"),
    ('\u{309}', "aảâẩăẳeẻêểiỉoỏôổơởuủưửyỷ"),
    ('\u{30A}', "aåuů"),
    ('\u{30B}', "oőuű"),
    ('\u{30C}', "cčdďeělľnňrřsštťzž"),
    ('\u{31B}', "oơuư"),
    ('\u{323}', "aạeẹiịoọơợuụưựyỵ"),
    ('\u{326}', "sștț"),
    ('\u{327}', "cçgģkķlļnņrŗsştţ"),
    ('\u{328}', "aąeęiįuų"),
    (
        '\u{3099}',
        "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ",
    ),
    ('\u{309A}', "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
];

/// `character`, a lower-case letter, as a letter and its marks.
pub(crate) fn in_parts(character: char) -> impl Iterator<Item = char> {
    let (letter, last) = without_mark(character);
    let (letter, first) = if last.is_some() {
        without_mark(letter)
    } else {
        (letter, None)
    };
    [Some(letter), first, last].into_iter().flatten()
}

fn without_mark(character: char) -> (char, Option<char>) {
    // Most letters are beyond the table, and spared the search.
    if !matches!(character, 'à'..='ỹ' | 'か'..='ヿ') {
        return (character, None);
    }
    for (mark, letters) in MARKED {
        let mut letters = letters.chars();
        while let (Some(letter), Some(marked)) = (letters.next(), letters.next()) {
            if marked == character {
                return (letter, Some(mark));
            }
        }
    }
    (character, None)
}

#[cfg(test)]
mod tests {
    use super::in_parts;

    #[test]
    fn a_letter_comes_apart_as_unicode_says() {
        let parts = |character| in_parts(character).collect::<String>();
        assert_eq!(parts('é'), "e\u{301}");
        assert_eq!(parts('ệ'), "e\u{323}\u{302}");
        assert_eq!(parts('が'), "か\u{3099}");
        assert_eq!(parts('й'), "и\u{306}");
        assert_eq!(parts('ß'), "ß");
    }
}
