import Dockerfile
import Engine
import Testing

struct IgnoreRulesTests {
    private func rules(_ lines: String...) throws -> IgnoreRules {
        try IgnoreRules(Array(lines.joined(separator: "\n").utf8))
    }

    @Test(arguments: [
        ("**", "file", true), ("**", "dir/file", true), ("**/", "file", true), ("**/**", "dir/file", true),
        ("dir/**", "dir/file", true), ("dir/**", "dir/dir2/file", true), ("dir/**", "dir", false),
        ("**/dir", "dir", true),
        ("**/dir", "dir/file", true), ("**/dir2/*", "dir/dir2/file", true), ("**/dir2/**", "dir/dir2/dir3/file", true),
        ("**file", "file", true), ("**file", "dir/dir/myfile", true), ("**/file", "dir/file", true),
        ("**/file", "dir/myfile", false), ("**/file*", "dir/dir/file.txt", true), ("**/file*txt", "dir/file.txt", true),
        ("**/file*.txt*", "dir/dir/file.txt", true), ("**/**/*.txt", "dir/dir/file.txt", true),
        ("**/**/*.txt2", "dir/dir/file.txt", false), ("**/*.txt", "file.txt", true), ("**/**/*.txt", "file.txt", true),
        ("a**/*.txt", "a/file.txt", true), ("a**/*.txt", "a/dir/dir/file.txt", true),
        ("a/*.txt", "a/dir/file.txt", false),
        ("a/*.txt", "a/file.txt", true), ("a/*.txt**", "a/file.txt", true), ("a[b-d]e", "ae", false),
        ("a[b-d]e", "ace", true), ("a[b-d]e", "aae", false), ("a[^b-d]e", "aze", true), (".*", ".foo", true),
        (".*", "foo", false), ("abc.def", "abcdef", false), ("abc.def", "abc.def", true), ("abc.def", "abcZdef", false),
        ("abc?def", "abcZdef", true), ("abc?def", "abcdef", false), ("**/foo/bar", "dir/dir2/foo/bar", true),
        ("abc/**", "abc/def/ghi", true), ("**/.foo", ".foo", true), ("**/.foo", "bar.foo", false),
        ("a(b)c/def", "a(b)c/def", true), ("a(b)c/def", "a(b)c/xyz", false), ("a.|)$(}+{bc", "a.|)$(}+{bc", true),
        ("a\\\\", "a\\", true), ("a\\*b", "a*b", true), ("a\\*b", "axb", false), ("*", "a/b/c", true),
        ("a", "a/b/c", true),
        ("*/b", "a/b/c", true), ("*/*/c", "a/b/c", true), ("*/c", "a/b/c", false), ("/a", "a", true),
        ("a/", "a/b", true),
        ("./a/../b", "b", true), ("a//b", "a/b", true), ("  a  ", "a", true), ("?", "ä", true), ("[a-ζ]*", "α", true),
        ("a?b", "a/b", false), ("a*b", "a/b", false), ("a[/]b", "a/b", true), ("*.md", "docs/x.md", false),
        ("node_modules", "src/node_modules/x", false), ("**/node_modules", "src/node_modules/x", true),
        ("..", "a", false), (".", "a", false), ("/", "a", false), ("*c*c*c*", "cabcbc", true), ("a b", "a b", true),
    ])
    func aPatternLeavesOutOrNot(_ pattern: String, _ path: String, _ expected: Bool) throws {
        #expect(try rules(pattern).excludes(path) == expected)
    }

    @Test(arguments: [
        (["docs", "!docs/README.md"], "docs/README.md", false), (["docs", "!docs/README.md"], "docs/other", true),
        (["!docs/README.md", "docs"], "docs/README.md", true),
        (["docs/*", "!docs/README.md"], "docs/README.md", false),
        (["*.go", "!a.go"], "a.go", false), (["!a.go", "*.go"], "a.go", true),
        (["**", "!util/docker/web"], "util/docker/web/foo", false),
        (["**", "!util/docker/web", "util/docker/web/foo"], "util/docker/web/foo", true),
        (["*.md", "!README*.md", "README-secret.md"], "README-secret.md", true),
        (["*.md", "README-secret.md", "!README*.md"], "README-secret.md", false),
        (["*", "!src", "src/*.o"], "src/a.o", true), (["*", "!src", "src/*.o"], "src/a.c", false),
        (["*", "! /src "], "src/a", false), (["a", "!b"], "a", true),
    ])
    func theLastRuleThatMatchesDecides(_ lines: [String], _ path: String, _ expected: Bool) throws {
        #expect(try IgnoreRules(Array(lines.joined(separator: "\n").utf8)).excludes(path) == expected)
    }

    @Test func commentsEmptyLinesAndAByteOrderMarkAreNoRules() throws {
        let rules = try IgnoreRules([0xEF, 0xBB, 0xBF] + Array("# a comment\r\n\r\n  \r\nkeep\r\n #not one\r\n".utf8))
        #expect(rules.excludes("keep"))
        #expect(!rules.excludes("# a comment"))
        #expect(rules.excludes("#not one"))
        #expect(try IgnoreRules([]).isEmpty)
    }

    @Test(arguments: ["[", "a[", "[^", "[]a]", "[-x]", "[x-]", "[a-b-c]", "\\", "!", "! ", "a/[b"])
    func malformedPatternsAreRefused(_ pattern: String) {
        #expect(throws: EngineError.self) { try IgnoreRules(Array(pattern.utf8)) }
    }

    @Test func theContextItselfIsNeverLeftOut() throws {
        #expect(try !rules("*").excludes("."))
        #expect(try !rules("**").excludes(""))
    }

    @Test func pathsMayBeSpelledLoosely() throws {
        #expect(try rules("a/b").excludes("/a/b/"))
        #expect(try rules("a/b").excludes("./a/b"))
    }

    @Test func aWalkMaySkipWhatHoldsNothingIncluded() throws {
        #expect(try !rules("node_modules").mayHoldIncluded("node_modules"))
        #expect(try rules("node_modules").mayHoldIncluded("src"))
        let excepted = try rules("docs", "!docs/a/keep.md", "build", "!*.md")
        #expect(excepted.mayHoldIncluded("docs"))
        #expect(excepted.mayHoldIncluded("docs/a"))
        #expect(excepted.mayHoldIncluded("build"))
        let plain = try rules("docs", "build", "!docs/a/keep.md")
        #expect(plain.mayHoldIncluded("docs/a"))
        #expect(!plain.mayHoldIncluded("docs/b"))
        #expect(!plain.mayHoldIncluded("build"))
        #expect(try rules("*", "!src/**/*.c").mayHoldIncluded("src/deep/er"))
    }

    @Test func aSourceIsHiddenOnlyWhereThatIsCertain() throws {
        #expect(try rules("*.tmp").hidesSource("./a.tmp"))
        #expect(try !rules("*.tmp").hidesSource("."))
        #expect(try rules("*").hidesSource("."))
        #expect(try !rules("*", "!keep").hidesSource("a"))
    }

    @Test(arguments: [
        ("*.txt", "a.txt", true), ("*.txt", "d/a.txt", false), ("**/*.txt", "d/e/a.txt", true),
        ("arr[[]0].txt", "arr[0].txt", true),
        ("index.?s", "index.js", true), ("a/**", "a/b/c", true), ("", "", true), ("a", "b", false), ("[^a]", "b", true),
        ("**", "a/b", true),
    ])
    func aPathPatternMatches(_ pattern: String, _ path: String, _ expected: Bool) throws {
        #expect(try #require(PathPattern(pattern)).matches(path) == expected)
    }

    @Test func doubleStarsAreSingleWhereGoHasThemSo() throws {
        let pattern = try #require(PathPattern("**/b", doubleStars: false))
        #expect(pattern.matches("a/b"))
        #expect(!pattern.matches("a/a/b"))
        #expect(!pattern.matches("b"))
        #expect(PathPattern("[") == nil)
        #expect(try !#require(PathPattern("plain")).hasWildcards)
    }

    @Test func manyStarsTakeTimeInProportion() throws {
        let pattern = String(repeating: "*a", count: 60) + "b"
        #expect(try !rules(pattern).excludes(String(repeating: "a", count: 2_000)))
    }
}
