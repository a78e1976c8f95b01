import Engine
import Testing

@testable import SpyhopCommands

struct ValueParserTests {
    @Test(
        arguments: [
            ("0", 0), ("10", 10), ("10b", 10), ("1k", 1024), ("1K", 1024), ("1kb", 1024), ("1KiB", 1024),
            ("512m", 536_870_912),
            ("1.5g", 1_610_612_736), ("2t", 2_199_023_255_552), ("1 g", 1_073_741_824),
        ] as [(String, Int64)])
    func sizesAreBinary(text: String, bytes: Int64) throws {
        #expect(try ByteSize.bytes(text, for: "--memory") == bytes)
    }

    @Test(arguments: ["", "x", "-1", "1x", "1mm", "m", "1.2.3", "99999999999p", "1g1", "١m", "nan", "inf"])
    func badSizesAreRefused(text: String) {
        #expect(throws: EngineError.self) { try ByteSize.bytes(text, for: "--memory") }
    }

    @Test(
        arguments: [
            ("1", 1_000_000_000), ("0.5", 500_000_000), (".25", 250_000_000), ("1.", 1_000_000_000), ("0.000000001", 1),
        ] as [(String, Int64)])
    func cpusAreBillionths(text: String, value: Int64) throws {
        #expect(try CPUCount.nanoseconds(text) == value)
    }

    @Test(arguments: ["", ".", "-1", "x", "1.0000000001", "1e3", "99999999999999999999"])
    func badCPUsAreRefused(text: String) {
        #expect(throws: EngineError.self) { try CPUCount.nanoseconds(text) }
    }

    @Test(
        arguments: [
            ("SIGTERM", 15), ("term", 15), ("15", 15), ("KILL", 9), ("hup", 1), ("SIGRTMIN+3", 37), ("RTMAX-1", 63),
            ("SIGUSR1", 10), ("winch", 28),
        ] as [(String, Int32)])
    func signalsHaveNamesAndNumbers(text: String, number: Int32) throws {
        #expect(try SignalName.number(text) == number)
    }

    @Test(arguments: ["", "0", "65", "-9", "SIG", "SIGBOGUS", "RTMIN+99"])
    func badSignalsAreRefused(text: String) {
        #expect(throws: EngineError.self) { try SignalName.number(text) }
    }

    @Test func signalNamesAreTheCommonOnes() {
        #expect(
            [9, 6, 17, 29, 31, 50].map(SignalName.name) == ["SIGKILL", "SIGABRT", "SIGCHLD", "SIGIO", "SIGSYS", "50"])
    }

    @Test(
        arguments: [
            ("10m", 1_000_000 - 600), ("1h30m", 1_000_000 - 5400), ("1.5s", 999_998), ("0s", 1_000_000),
            ("1700000000", 1_700_000_000), ("2023-11-14T22:13:20Z", 1_700_000_000), ("2023-11-14", 1_699_920_000),
        ] as [(String, Int64)])
    func momentsAreDurationsOrDates(text: String, seconds: Int64) throws {
        let now = Timestamp(seconds: 1_000_000)
        #expect(try TimeArgument.moment(text, for: "--since", now: now).seconds == seconds)
    }

    @Test func unixMomentsHaveFractions() throws {
        let time = try TimeArgument.moment("1700000000.5", for: "--since", now: Timestamp(seconds: 0))
        #expect(time.nanoseconds == 1_700_000_000_500_000_000)
    }

    @Test(arguments: ["", "x", "10", "m", "10 m", "1d", "2023-13-01", "1.x", "--"].filter { $0 != "10" })
    func badMomentsAreRefused(text: String) {
        #expect(throws: EngineError.self) {
            try TimeArgument.moment(text, for: "--since", now: Timestamp(seconds: 0))
        }
    }

    @Test(
        arguments: [
            ("ctrl-p,ctrl-q", [0x10, 0x11]), ("a", [0x61]), ("ctrl-@,ctrl-[", [0, 0x1b]), ("CTRL-A", [1]),
            ("", [0x10, 0x11]),
        ] as [(String, [UInt8])])
    func detachKeysAreBytes(text: String, bytes: [UInt8]) throws {
        #expect(try DetachKeys(text).sequence == bytes)
    }

    @Test(arguments: ["ctrl-", "ctrl-1", "ab", "a,,b", "é"])
    func badDetachKeysAreRefused(text: String) {
        #expect(throws: EngineError.self) { try DetachKeys(text) }
    }

    @Test func detachKeysAreFoundAcrossPieces() {
        var matcher = DetachKeys.Matcher(.standard)
        #expect(matcher.feed([0x61, 0x10]) == ([0x61], false))
        #expect(matcher.feed([0x62]) == ([0x10, 0x62], false))
        #expect(matcher.feed([0x10, 0x10]) == ([0x10], false))
        #expect(matcher.feed([0x11, 0x63]) == ([], true))
    }

    @Test(arguments: [("/a/../b/./c/", "/b/c"), ("x", "/w/x"), ("../x", "/x"), ("/", "/"), ("", "/w"), ("/../..", "/")])
    func pathsBecomeAbsolute(path: String, absolute: String) {
        #expect(HostPath.absolute(path, in: "/w") == absolute)
    }

    @Test(
        arguments: [("dashbord", "dashboard"), ("runn", "run"), ("imgaes", "images"), ("xyzzy", nil)]
            as [(String, String?)])
    func nearNamesAreSuggested(word: String, name: String?) {
        #expect(CommandLineWords.nearest(to: word, among: ["run", "dashboard", "images", "rm"].sorted()) == name)
    }

    @Test(arguments: [
        ("ps -a", "ps -a"), ("--root /x ps -a", "ps --root /x -a"), ("--root=/x ps", "ps --root=/x"),
        ("--root /x --log-level debug container ls -a", "container ls --root /x --log-level debug -a"),
        ("--root /x", "--root /x"), ("--once", "--once"), ("--root /x --once", "--root /x --once"),
    ])
    func globalOptionsMoveBehindTheCommand(line: String, arranged: String) {
        let words = line.split(separator: " ").map(String.init)
        #expect(CommandLineWords.arrange(words, groups: ["container"]).joined(separator: " ") == arranged)
    }

    @Test(arguments: [
        ("--version", true), ("-v", true), ("--root /x --version", true), ("-H unix:///x -v", true), ("version", false),
        ("system df -v", false), ("--engine docker system df -v", false), ("-H unix:///x rm web -v", false),
        ("--root --version", false), ("", false),
    ])
    func theVersionIsAskedForWithoutACommandAlone(line: String, isAsked: Bool) {
        #expect(CommandLineWords.askVersion(line.split(separator: " ").map(String.init)) == isAsked)
    }
}
