import Engine

/// Numbers and hostile texts that follow from a seed alone (SplitMix64).
struct FuzzRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    mutating func chance(_ one: Int) -> Bool { below(one) == 0 }

    mutating func pick<Value>(_ values: [Value]) -> Value? {
        values.isEmpty ? nil : values[below(values.count)]
    }

    /// Texts that have hurt terminals, tables and parsers before.
    private static let evils = [
        "\u{1B}]0;pwned\u{07}", "\u{1B}[2J\u{1B}[H", "\u{1B}[31m", "\u{9B}31m", "\u{9D}0;x\u{9C}", "\u{1B}P q\u{1B}\\",
        "\u{1B}]52;c;QUJD\u{07}", "\u{1B}[?1049l", "\r\n", "\t", "\0", "\u{7F}", "\u{85}", "\u{202E}abc", "\u{2066}",
        "\u{2028}", "\u{FEFF}", "\u{E0041}\u{E007F}", "👩‍👩‍👧", "👍🏽", "☝🏽", "🇩🇪🇫", "❤\u{FE0F}‍🔥", "1\u{FE0F}\u{20E3}", "データ",
        "ｆｕｌｌ", "한국", "가",
        "e\u{301}\u{302}\u{303}\u{304}", "\u{301}", "नमस्ते", "مرحبا", "שלום", "", " ", "   ", "/", "..", "a/b:c@d", "-",
        "--",
        "%s%n", "{{.}}", "\"", "'", "`", "\\", "[", "(", "*+?", "(?R)", ":", "{\"a\":[1,{\"b\":null}]}", "{\"level\":",
        "9999999999999999999999", "-1", "1e308", "NaN", "2026-13-45T99:99:99Z", "�", "\u{10FFFF}", "\u{D7FF}\u{E000}",
    ]

    /// A text out of those, plain words and arbitrary scalars.
    mutating func text(_ most: Int = 6) -> String {
        var text = ""
        for _ in 0..<below(most + 1) {
            switch below(4) {
            case 0: text += pick(["web", "db", "cache-1", "a", "shop_data", "warn", "ERROR", "GET /"]) ?? ""
            case 1: text += String(repeating: pick(Self.evils) ?? "", count: chance(40) ? 200 : 1)
            case 2: text += pick(Self.evils) ?? ""
            default: text.unicodeScalars.append(scalar())
            }
        }
        return text
    }

    mutating func scalar() -> Unicode.Scalar {
        let limit: UInt32 = pick([0x80, 0x100, 0x300, 0x3000, 0x11_0000]) ?? 0x80
        return Unicode.Scalar(UInt32(below(Int(limit)))) ?? "\u{FFFD}"
    }

    mutating func bytes() -> [UInt8] {
        chance(3) ? (0..<below(80)).map { _ in UInt8(truncatingIfNeeded: next()) } : Array(text().utf8)
    }

    /// Figures as no kernel should give them.
    mutating func figure() -> Double {
        switch below(10) {
        case 0: pick([.nan, .infinity, -.infinity, -1, 1e308, 5e-324]) ?? 0
        case 1...4: Double(below(20000)) / 100
        default: Double(below(1 << 40))
        }
    }

    mutating func count() -> UInt64 { chance(8) ? .max - UInt64(below(3)) : UInt64(below(1 << 34)) }

    mutating func time() -> Timestamp {
        chance(20)
            ? Timestamp(nanoseconds: pick([.min, .max, 0]) ?? 0)
            : Scenery.now.advanced(by: .seconds(below(200_000) - 100_000))
    }
}
