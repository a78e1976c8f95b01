import Engine
import Testing

@testable import Dashboard

/// What is typed after `/` on a table.
@Suite struct FilterTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private static func id(_ digit: Int) -> ContainerID {
        ContainerID(rawValue: String(repeating: "\(digit)", count: 64))
    }

    private static func container(
        _ digit: Int, _ name: String, _ image: String, hours: Int = 1, labels: [String: String] = [:],
        change: (inout Container) -> Void = { _ in }
    ) -> Container {
        let started = now.advanced(by: .seconds(-3600 * hours))
        var row = Container(
            id: id(digit), name: name, image: image, imageID: ImageID(rawValue: "sha256:aa"), command: ["run"],
            createdAt: started, state: .running(pid: 9, startedAt: started), labels: labels)
        change(&row)
        return row
    }

    private static let rows = [
        container(1, "web-proxy", "nginx:1.27", hours: 50, labels: ["app": "shop", "tier": "front"]) {
            $0.health = .healthy
            $0.networkMode = NetworkMode(rawValue: "front")
        },
        container(2, "Web-admin", "nginx:alpine", hours: 2, labels: ["app": "ops"]),
        container(3, "db", "postgres:16", labels: ["app": "shop"]) { $0.restartCount = 3 },
        container(4, "cache", "redis") {
            $0.state = .exited(ContainerState.Exit(code: 137, finishedAt: now))
        },
    ]

    private static var facts: RowFacts {
        var facts = RowFacts(now: now)
        for (digit, cpu, memory) in [(1, 80.0, 300), (2, 5, 50), (3, 51, 2000)] {
            var usage = Usage(time: now)
            usage.cpu = cpu
            usage.memory = UInt64(memory) << 20
            facts.usage[id(digit)] = usage
        }
        return facts
    }

    private func listing(_ filter: String) -> Listing<Container> {
        var list = Listing<Container>()
        list.follow { $0 = Self.facts }
        list.replace(Self.rows)
        list.narrow(filter)
        return list
    }

    @Test(
        arguments: [
            ("web", "web-proxy Web-admin"), ("Web", "Web-admin"), ("!web", "db cache"), ("! web", "db cache"),
            ("web alpine", "Web-admin"), ("web !alpine", "web-proxy"), ("db or redis", "db cache"),
            ("db|redis", "db cache"), ("db | cache", "db cache"), ("nginx shop or redis", "cache"),
            ("nginx -l app=shop or redis", "web-proxy cache"), ("or", ""), ("\"web-\" proxy", "web-proxy"),
            ("\"or\"", ""), ("nginx:1", "web-proxy"), ("-l app", "web-proxy Web-admin db"),
            ("-l app=shop", "web-proxy db"), ("-l app!=shop", "Web-admin cache"), ("app=shop", "web-proxy db"),
            ("tier!=front", "Web-admin db cache"), ("label:tier", "web-proxy"), ("label:app=ops", "Web-admin"),
            ("-n front", "web-proxy"), ("-v data", ""), ("!-n front", "Web-admin db cache"),
            ("name:ADMIN", ""), ("name:admin", "Web-admin"), ("name=db", "db"),
            ("name!=db", "web-proxy Web-admin cache"),
            ("image:nginx", "web-proxy Web-admin"), ("image~^nginx:[0-9]", "web-proxy"), ("state:exited", "cache"),
            ("health:healthy", "web-proxy"), ("health:none", "Web-admin db cache"),
            ("health!=healthy", "Web-admin db cache"),
            ("cpu>50", "web-proxy db"), ("cpu>=51%", "web-proxy db"), ("cpu<50", "Web-admin"),
            ("mem>100m", "web-proxy db"),
            ("mem<1.5GiB", "web-proxy Web-admin"), ("mem>1g cpu>50", "db"), ("age<90m", "db cache"),
            ("age>1d", "web-proxy"), ("age>1d or restarts>2", "web-proxy db"), ("exit!=0", "cache"),
            ("restarts=3", "db"), ("~^(web|db)", "web-proxy Web-admin db"), ("~^Web", "Web-admin"),
            ("/proxy|cache/ !redis", "web-proxy"), ("~\\S-a", "Web-admin"), ("-f wbp", "web-proxy"),
            ("-f wa", "Web-admin"),
            ("-f zz", ""), ("web  ", "web-proxy Web-admin"), ("(*?\\", ""), ("[", ""),
        ])
    func keepsWhatItSays(filter: String, names: String) {
        let list = listing(filter)
        #expect(list.problem == nil)
        #expect(Set(list.rows.map(\.name)) == Set(names.split(separator: " ").map(String.init)))
    }

    @Test(
        arguments: [
            "", " ", "!", "-f", "-l ", "-n", "!-v ", "cpu>", "cpu>-", "name:", "name~", "~", "/", "\"", "|", "| |",
        ])
    func whatIsNotFinishedHidesNothing(filter: String) {
        #expect(listing(filter).rows.count == 4)
        #expect(listing(filter).problem == nil)
    }

    @Test(
        arguments: [
            ("cpu>abc", 4, "cpu wants a number such as 50"),
            ("web mem<x", 8, "mem wants an amount such as 100m or 1.5g"),
            ("age>soon", 4, "age wants a time such as 30s, 5m, 2h or 7d"), ("foo>3", 0, "there is no foo here"),
            ("name>3", 4, "name is text"), ("~web(", 5, "in the regular expression: "), ("~a[", 3, "in the regular"),
            ("x /a(b/", 6, "in the regular"),
        ])
    func aBadOneIsToldWithItsPlaceWhileTheLastGoodOneStays(filter: String, place: Int, text: String) {
        var list = listing("db")
        list.narrow(filter)
        #expect(list.problem?.text.hasPrefix(text) == true, "\(list.problem?.text ?? "no problem")")
        #expect(list.problem?.place.lowerBound == place)
        #expect(list.rows.map(\.name) == ["db"])
        list.narrow("cache")
        #expect(list.problem == nil)
        #expect(list.rows.map(\.name) == ["cache"])
    }

    @Test func figuresAreAskedAgainWithEachRound() {
        var list = listing("cpu>50")
        #expect(list.followsFigures)
        list.follow { $0.usage[Self.id(2)]?.cpu = 90 }
        #expect(list.rows.contains { $0.name == "Web-admin" })
        #expect(!listing("web").followsFigures)
    }

    @Test func lettersFitBestWhereWordsBegin() {
        func order(_ letters: String, _ texts: [String]) -> [String] {
            let pattern = FuzzyPattern(letters)
            let found = texts.compactMap { text in pattern.match(text).map { (text, $0.score) } }
            return found.sorted { $0.1 > $1.1 }.map(\.0)
        }
        #expect(order("wp", ["swamp", "web-proxy", "wp", "p-w"]) == ["wp", "web-proxy", "swamp"])
        #expect(order("db", ["dumb", "my-db", "db"]) == ["db", "my-db", "dumb"])
        #expect(FuzzyPattern("st").match("saw-tooth")?.places == [0, 4])
        #expect(FuzzyPattern("oth").match("ooo-toth")?.places == [5, 6, 7])
        #expect(FuzzyPattern("ST").match("saw-tooth") == nil)
        #expect(FuzzyPattern("").match("x")?.score == 0)
    }

    @Test func theBestFitComesFirstWhateverTheOrder() {
        var list = listing("-f a")
        list.sort(by: "name")
        #expect(list.rows.first?.name == "Web-admin")
        #expect(list.rows.last?.name != "Web-admin")
    }

    @Test func whatWasFoundIsKnownByItsPlaces() throws {
        func places(_ filter: String, _ text: String, _ column: String = "name") throws -> [Int] {
            try FilterParser.parse(filter, fields: Container.columns.fields).get().places(in: text, column: column)
                .sorted()
        }
        #expect(try places("we", "Web-we") == [0, 1, 4, 5])
        #expect(try places("-f wp", "web-proxy") == [0, 4])
        #expect(try places("!we", "web") == [])
        #expect(try places("~[0-9]+", "a12é3") == [1, 2, 4])
        #expect(try places("name:b", "db") == [1])
        #expect(try places("image:b", "db") == [])
        #expect(try places("é", "aÉb") == [1])
    }

    @Test(
        arguments: [
            ("100m", 104_857_600.0), ("1.5GiB", 1_610_612_736), ("20MB", 20_971_520), ("512", 512), ("3k", 3072),
            ("0b", 0),
            ("m", nil), ("1x", nil), ("", nil), ("nan", nil), ("0x10", nil), ("inf", nil),
        ] as [(String, Double?)])
    func amountsAreReadAsPeopleTypeThem(text: String, value: Double?) {
        #expect(FilterFigure.bytes(text, step: 1024) == value)
    }

    @Test(
        arguments: [
            ("90", 90.0), ("30s", 30), ("5m", 300), ("1h30m", 5400), ("2d", 172_800), ("1w", 604_800),
            ("1y", 31_536_000),
            ("h", nil), ("5m3", nil), ("x", nil), ("", nil),
        ] as [(String, Double?)])
    func timesAreReadAsPeopleTypeThem(text: String, value: Double?) {
        #expect(FilterFigure.seconds(text) == value)
    }

    @Test(
        arguments: [
            ("", "words  !not", nil), ("me", "mem>", "mem>"), ("web !na", "name:", "web !name:"),
            ("cpu>", "cpu: CPU, a number such as 50", nil), ("web ", "a further word narrows", nil),
            ("-l ", "a label: key, key=value", nil), ("~we", "a regular expression", nil), ("zzz", "", nil),
        ] as [(String, String, String?)])
    func theHintSaysWhatMayFollow(text: String, hint: String, completion: String?) {
        let found = FilterHint(text, fields: Container.columns.fields)
        #expect(found.text.contains(hint))
        #expect(found.completion == completion)
    }

    @Test func everyTableCanBeAskedForAllItsColumns() {
        #expect(Image.columns.fields.contains { $0.names.contains("size") })
        #expect(Volume.columns.fields.contains { $0.names.contains("used") })
        for fields in [
            Container.columns.fields, Image.columns.fields, Network.columns.fields, Volume.columns.fields,
        ] {
            let names = fields.flatMap(\.names)
            #expect(Set(names).count == names.count, "a name means two columns: \(names.sorted())")
        }
    }

    @Test func randomTextIsNeverMoreThanAProblem() {
        let pieces = [
            "-f", "-l", "!", "~", "/", "|", "cpu", ">", "<", "=", ":", "\"", " ", "a", "é", "(", "[", "\\", "or", "🐳",
        ]
        var state: UInt64 = 42
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<8 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            let list = listing(text)
            if let problem = list.problem { #expect(problem.place.lowerBound <= text.count) }
            _ = FilterHint(text, fields: Container.columns.fields)
            _ = list.filter.places(in: "web-proxy é🐳", column: "name")
        }
    }
}
