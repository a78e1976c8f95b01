/// How a language tells numbers of things apart; the kinds are named as Unicode's plural rules name them.
public enum PluralRule: String, Sendable, Hashable, CaseIterable {
    /// The form that belongs to a number.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case one, few, many, other
    }

    /// One form for all: Chinese, Japanese, Turkish.
    case none
    /// 1, and all others: English, German, Spanish.
    case oneOrOther = "one-other"
    /// 0 and 1, and all others: French.
    case upToOne = "zero-one-other"
    /// Russian and Ukrainian: 1 and 21, 2 to 4 and 22 to 24, the rest.
    case eastSlavic = "east-slavic"
    /// Polish: 1 alone, 2 to 4 and 22 to 24, the rest.
    case polish
    /// Czech and Slovak: 1, 2 to 4, all others.
    case czech

    /// The form for a number.
    public func kind(of number: Int) -> Kind {
        let (ten, hundred) = (number.magnitude % 10, number.magnitude % 100)
        let isFew = (2...4).contains(ten) && !(12...14).contains(hundred)
        switch self {
        case .none: return .other
        case .oneOrOther: return number == 1 ? .one : .other
        case .upToOne: return number == 0 || number == 1 ? .one : .other
        case .eastSlavic: return ten == 1 && hundred != 11 ? .one : isFew ? .few : .many
        case .polish: return number == 1 ? .one : isFew ? .few : .many
        case .czech: return number == 1 ? .one : (2...4).contains(number) ? .few : .other
        }
    }
}
