import Dockerfile
import Testing

struct ExpansionTests {
    static let variables = [
        "PWD": "/home", "EMPTY": "", "NULL": "", "NAME": "world", "BLANKS": "a  b c", "PATH": "/usr/bin:/bin",
        "FILE": "archive.tar.gz", "STAR": "a*b", "UMLÄUT": "ü", "DOLLAR": "$NAME", "1": "one",
    ]

    private func word(_ text: String, escape: Character = "\\") throws -> String {
        try WordExpansion(escape: escape).word(text) { Self.variables[$0] }
    }

    @Test(arguments: [
        ("hello", "hello"), ("he'll'o", "hello"), ("he'llo'", "hello"), (#"he\'llo"#, "he'llo"),
        (#"he\\'llo'"#, #"he\llo"#),
        (#""he'llo""#, "he'llo"), (#""he\"llo""#, #"he"llo"#), (#""a\nb""#, #"a\nb"#), (#"'a\nb'"#, #"a\nb"#),
        (#"a\nb"#, "anb"), ("'$PWD'", "$PWD"), (#""$PWD""#, "/home"), (#"\$PWD"#, "$PWD"), (#""\$PWD""#, "$PWD"),
        ("$PWD", "/home"), ("${PWD}", "/home"), ("$PWD.x", "/home.x"), ("he$PWD", "he/home"), ("$PWDx", ""),
        ("${PWD}x", "/homex"), ("$", "$"), ("a$", "a$"), ("$.", "$."), ("$$", ""), ("$NOPE", ""), ("'a'\"b\"c", "abc"),
        (#"\"#, ""), (#"a\"#, "a"), ("$1", "one"), ("$1x", "onex"), ("$UMLÄUT", "ü"), ("$PWD…", "/home…"), ("", ""),
        ("$DOLLAR", "$NAME"), ("é$NAME", "éworld"), ("\"\"", ""), ("''", ""),
    ])
    func quotesEscapesAndPlainVariables(_ written: String, _ expected: String) throws {
        #expect(try word(written) == expected)
    }

    @Test(arguments: [
        ("${PWD:-x}", "/home"), ("${NOPE:-x}", "x"), ("${EMPTY:-x}", "x"), ("${EMPTY-x}", ""), ("${NOPE-x}", "x"),
        ("${NOPE:-}", ""), ("${NOPE:-$NAME}", "world"), ("${NOPE:-${NOPE:-${NAME}}}", "world"),
        ("${NOPE:-a b}", "a b"), ("${NOPE:-'a}b'}", "a}b"), (#"${NOPE:-a\}b}"#, "a}b"), ("${NOPE:-\"x y\"}", "x y"),
        ("${PWD:+x}", "x"), ("${NOPE:+x}", ""), ("${EMPTY:+x}", ""), ("${EMPTY+x}", "x"), ("${NOPE+x}", ""),
        ("${PWD:+$NAME}", "world"), ("${PWD:?}", "/home"), ("${PWD?no}", "/home"), ("${EMPTY?no}", ""),
        ("${NOPE:-:}", ":"), ("${NOPE:-a:-b}", "a:-b"), ("x${NAME}y", "xworldy"),
    ])
    func modifiersOfMissingValues(_ written: String, _ expected: String) throws {
        #expect(try word(written) == expected)
    }

    @Test(arguments: [
        ("${FILE#*.}", "tar.gz"), ("${FILE##*.}", "gz"), ("${FILE%.*}", "archive.tar"), ("${FILE%%.*}", "archive"),
        ("${FILE#archive}", ".tar.gz"), ("${FILE#nope}", "archive.tar.gz"), ("${FILE%gz}", "archive.tar."),
        ("${FILE#a?c}", "hive.tar.gz"), ("${FILE##*}", ""), ("${FILE#*}", "archive.tar.gz"),
        ("${FILE%*}", "archive.tar.gz"),
        ("${FILE%%*}", ""), (#"${STAR#a\*}"#, "b"), (#"${STAR#a\?}"#, "a*b"), ("${NOPE#x}", ""), ("${EMPTY#x}", ""),
        ("${FILE#*r*r}", ".gz"), ("${FILE%r*}", "archive.ta"), ("${FILE%%r*}", "a"), ("${PATH#$PWD}", "/usr/bin:/bin"),
        ("${FILE%.tar.*}", "archive"), ("${UMLÄUT#?}", ""), ("${FILE#}", "archive.tar.gz"),
        ("${FILE##}", "archive.tar.gz"), ("${FILE%}", "archive.tar.gz"),
        (#"${STAR%%\**}"#, "a"), (#"${STAR#a\*}"#, "b"), ("${FILE#$EMPTY}", "archive.tar.gz"),
        ("${FILE#?????????????????????}", "archive.tar.gz"),
    ])
    func patternsAtTheEnds(_ written: String, _ expected: String) throws {
        #expect(try word(written) == expected)
    }

    @Test(arguments: [
        ("${FILE/a/A}", "Archive.tar.gz"), ("${FILE//a/A}", "Archive.tAr.gz"), ("${FILE/./}", "archivetar.gz"),
        ("${FILE//./}", "archivetargz"), ("${FILE/nope/x}", "archive.tar.gz"), ("${FILE/.*/}", "archive"),
        ("${FILE//?/x}", "xxxxxxxxxxxxxx"), (#"${PATH//\/bin/X}"#, "/usrX:X"),
        ("${PATH//bin/$NAME}", "/usr/world:/world"),
        ("${STAR/a*b/x}", "x"), (#"${STAR/\*/x}"#, "axb"), ("${NOPE/a/b}", ""), ("${FILE//*/x}", "x"),
        ("${EMPTY//*/x}", "x"),
        ("${NAME//o*l/x}", "wxd"), ("${BLANKS// /_}", "a__b_c"),
        ("${NAME/$EMPTY/x}", "xworld"), ("${NAME//$EMPTY/-}", "-w-o-r-l-d-"), ("${NAME///}", "world"),
        ("${NOPE///}", ""),
        ("${PATH/$PWD/x}", "/usr/bin:/bin"), (#"${PATH//\//\/}"#, #"\/usr\/bin:\/bin"#),
    ])
    func replacements(_ written: String, _ expected: String) throws {
        #expect(try word(written) == expected)
    }

    @Test(arguments: [
        ("${", "}"), ("${}", "name"), ("${:x}", "name"), ("${{a}", "name"), ("${NAME", "}"), ("${NAME:-x", "}"),
        ("${NAME!x}", "modifier"), ("${NAME:#x}", ""), ("${NAME:=x}", "modifier"),
        ("${NOPE:?not there}", "NOPE: not there"),
        ("${NOPE?}", "NOPE: is not allowed to be unset"), ("${EMPTY:?}", "EMPTY: is not allowed to be empty"),
        ("'open", "single quote"), ("\"open", "double quote"), (#"${FILE#\x}"#, "no escape"),
        ("${FILE/a}", "is missing"),
        ("${FILE/a/b", "}"),
    ])
    func whatIsWrongIsSaid(_ written: String, _ part: String) throws {
        guard part != "" else { return }
        let error = #expect(throws: WordError.self) { try word(written) }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("cannot be expanded") == true)
    }

    @Test func theBackquoteEscapesWhereTheFileSaysSo() throws {
        #expect(try word("c:\\dir`$NAME `x", escape: "`") == "c:\\dir$NAME x")
        #expect(try word(#""a`"b\n""#, escape: "`") == #"a"b\n"#)
    }

    @Test(arguments: [
        ("a b", ["a", "b"]), ("  a  b ", ["a", "b"]), ("'a b' c", ["a b", "c"]), (#"a\ b c"#, ["a b", "c"]), ("", []),
        ("$BLANKS", ["a", "b", "c"]), ("\"$BLANKS\" d", ["a  b c", "d"]), ("x$BLANKS.y", ["xa", "b", "c.y"]),
        ("$NOPE a", ["a"]), ("'' a", ["a"]), ("a\tb\nc", ["a", "b", "c"]), ("80 $EMPTY", ["80"]),
    ])
    func wordsAreSplitAtBlanksThatStandFree(_ written: String, _ expected: [String]) throws {
        #expect(try WordExpansion(escape: "\\").words(written) { Self.variables[$0] } == expected)
    }

    @Test(arguments: [
        ("a 'b' \"$NAME\"\n", "a 'b' \"world\"\n"), ("\\$NAME\n", "$NAME\n"), ("\\\\\n", "\\\n"), ("\\\n", "\n"),
        ("it's $NOPE\n", "it's \n"), ("`\n", "`\n"), ("${NAME:-x}\n", "world\n"),
    ])
    func aHereDocumentKeepsItsQuotes(_ written: String, _ expected: String) throws {
        #expect(try WordExpansion(escape: "`").hereDocument(written) { Self.variables[$0] } == expected)
    }

    @Test func whatIsShownKeepsQuotesAndWhatIsNotSet() {
        let shown = WordExpansion(escape: "\\").shown("RUN echo \"$NAME\" $NOPE ${NOPE:-x}") { Self.variables[$0] }
        #expect(shown == "RUN echo \"world\" $NOPE ${NOPE:-x}")
        #expect(WordExpansion(escape: "\\").shown("it's ${", { _ in nil }) == "it's ${")
    }

    @Test func deepNestingIsRefusedAndDoesNotCrash() {
        let deep = String(repeating: "${a:-", count: 100_000) + "x" + String(repeating: "}", count: 100_000)
        #expect(throws: WordError.self) { try word(deep) }
        let quotes = String(repeating: "${a:-\"", count: 100_000)
        #expect(throws: WordError.self) { try word(quotes) }
    }

    @Test func manyVariablesTakeTimeInProportion() throws {
        // A hundred thousand variables and a long value: seconds would mean that something is squared.
        let long = String(repeating: "$NAME ", count: 100_000)
        #expect(try word(long).utf8.count == 600_000)
    }
}
