import Engine

/// What an image must keep to, by dive's rules for continuous integration.
struct EfficiencyRules {
    /// The least share of bytes that must be seen, 0 to 1.
    var lowestEfficiency: Double?
    /// The most bytes that may be hidden.
    var highestWastedBytes: Int64?
    /// The most bytes that may be hidden, as a share (0 to 1) of the bytes of all layers but the lowest, which is the base's.
    var highestWastedShare: Double?

    /// Hidden bytes as a share of those of all layers but the lowest; 0 where there are none of either.
    static func wastedShare(of image: ImageLayers) -> Double {
        guard image.wastedBytes > 0 else { return 0 }
        let own = image.layers.dropFirst().reduce(0) { $0 + $1.size }
        return own > 0 ? Double(image.wastedBytes) / Double(own) : .infinity
    }

    /// The rules that `image` breaks, each in a sentence.
    func broken(by image: ImageLayers) -> [String] {
        var broken: [String] = []
        if let lowestEfficiency, image.efficiency < lowestEfficiency {
            broken.append(
                "efficiency \(Self.text(image.efficiency, rounded: .down)) is lower than --lowest-efficiency \(Self.text(lowestEfficiency))"
            )
        }
        if let highestWastedBytes, image.wastedBytes > highestWastedBytes {
            broken.append(
                "\(image.wastedBytes) wasted bytes are more than --highest-wasted-bytes \(highestWastedBytes)")
        }
        let share = Self.wastedShare(of: image)
        if let highestWastedShare, share > highestWastedShare {
            broken.append(
                "wasted share \(Self.text(share, rounded: .up)) of what stands on the lowest layer is higher than "
                    + "--highest-user-wasted-percent \(Self.text(highestWastedShare))")
        }
        return broken
    }

    /// Rounded towards what breaks the rule: a number that reads like the limit would be a riddle.
    private static func text(_ share: Double, rounded rule: FloatingPointRoundingRule = .toNearestOrEven) -> String {
        guard share.isFinite else { return "infinite" }
        return FixedPoint.text((share * 1e6).rounded(rule) / 1e6, decimals: 6, trimmingZeros: true)
    }

    /// A share from 0 to 1.
    /// - Throws: `.invalidArgument` that names `option`.
    static func share(_ text: String, for option: String) throws -> Double {
        guard let share = Double(text), (0...1).contains(share) else {
            throw EngineError(
                .invalidArgument, "\(option) wants a number from 0 to 1, not \"\(text)\"", hint: "0.95 is 95 per cent")
        }
        return share
    }

    /// A size as dive reads it: `20MB` are 20,000,000 bytes, `20MiB` are 20,971,520.
    /// - Throws: `.invalidArgument` that names `option`.
    static func bytes(_ text: String, for option: String) throws -> Int64 {
        let body = text.lowercased()
        let digits = body.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        var unit = body.dropFirst(digits.count).drop { $0 == " " }
        if unit.last == "b" { unit = unit.dropLast() }
        let base: Double = unit.last == "i" ? 1024 : 1000
        if unit.last == "i" { unit = unit.dropLast() }
        let powers = ["": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5]
        guard let value = Double(digits), let power = powers[String(unit)], power > 0 || base == 1000,
            let bytes = Int64(exactly: (0..<power).reduce(value) { number, _ in number * base }.rounded(.down))
        else {
            throw EngineError(
                .invalidArgument, "\(option) wants a size, not \"\(text)\"", hint: "for instance 20MB or 1.5GiB")
        }
        return bytes
    }
}
