import Glibc
import Testing

@testable import Dashboard

/// The list for translators against the code. `SPYHOP_RECORD_GOLDEN=1` writes it anew; look at the difference.
@Suite struct PhraseListTests {
    @Test func everyPhraseOfTheCodeStandsInTheListAndNoOther() throws {
        let list = PhraseList()
        if getenv("SPYHOP_RECORD_GOLDEN") != nil { try GoldenFile.write(list.text, to: PhraseList.path) }
        let recorded = try #require(GoldenFile.read(PhraseList.path), "there is no docs/phrases.yaml; record it")
        let written = PhraseList.keys(of: recorded)
        #expect(list.keys.subtracting(written).sorted() == [], "said, and missing in docs/phrases.yaml")
        #expect(written.subtracting(list.keys).sorted() == [], "in docs/phrases.yaml, and said no longer")
        #expect(recorded == list.text, "docs/phrases.yaml is in another order")
        #expect(list.keys.count > 900)
    }

    @Test func whatIsCountedIsNoPhraseAsWell() {
        let list = PhraseList()
        let counted = Set(list.nouns.map { "%1 \($0)s" })
        #expect(counted.intersection(list.phrases.values.joined()) == [], "Format.count says it, with its forms")
    }

    @Test func everyPhraseIsALiteralWhereItIsSaid() {
        #expect(PhraseList().strays == [])
    }

    @Test func placesAreNumberedAndWhatIsPutInIsReadToo() {
        let source = #"""
            tell(words("cannot \(verb(a, "x")) \(name): \(words("it is \"off\""))"))  // words("no")
            put(Format.count(rows.count, isList ? "item" : "field"), words(for: title), phrase("stop"))
            let bad = words(title)
            """#
        let scanner = PhraseScanner(source)
        #expect(scanner.phrases == ["cannot %1 %2: %3", "it is \"off\"", "stop"])
        #expect(scanner.nouns == ["item", "field"])
        #expect(scanner.strays.count == 1)
    }

    @Test func aPhraseOfTheListIsTheOneThatIsLookedUp() {
        let german = Language(
            name: "de", phrases: ["cannot %1 %2: %3": "%2: %3, %1 geht nicht"],
            counts: ["%1 images": [.one: "%1 Abbild", .other: "%1 Abbilder"]])
        Language.$current.withValue(german) {
            #expect(words("cannot \("stop") \("web"): \(3)") == "web: 3, stop geht nicht")
            #expect(words("what nobody translated \(1)") == "what nobody translated 1")
            #expect(Format.count(1, "image") == "1 Abbild" && Format.count(7, "image") == "7 Abbilder")
            #expect(Format.count(2, "network") == "2 networks")
        }
        #expect(words("cannot \("stop") \("web"): \(3)") == "cannot stop web: 3")
    }

    @Test func numbersAreToldApartAsLanguagesDo() {
        func kinds(_ rule: PluralRule) -> [PluralRule.Kind] { [0, 1, 2, 5, 12, 21, 22].map(rule.kind) }
        #expect(kinds(.none) == [.other, .other, .other, .other, .other, .other, .other])
        #expect(kinds(.oneOrOther) == [.other, .one, .other, .other, .other, .other, .other])
        #expect(kinds(.upToOne) == [.one, .one, .other, .other, .other, .other, .other])
        #expect(kinds(.eastSlavic) == [.many, .one, .few, .many, .many, .one, .few])
        #expect(kinds(.polish) == [.many, .one, .few, .many, .many, .many, .few])
        #expect(kinds(.czech) == [.other, .one, .few, .other, .other, .other, .other])
    }
}
