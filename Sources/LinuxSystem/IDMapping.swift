/// One line of a user namespace's map (user_namespaces(7)): `count` ids from `inside` are those from `outside` in the
/// namespace above.
public struct IDMapping: Sendable, Hashable {
    /// The first id as the namespace's own processes see it.
    public var inside: UInt32
    /// The first id as the namespace above sees it.
    public var outside: UInt32
    /// How many ids, one after another.
    public var count: UInt32

    /// Makes a line.
    public init(inside: UInt32, outside: UInt32, count: UInt32) {
        self.inside = inside
        self.outside = outside
        self.count = count
    }

    /// Reads a map as /proc/PID/uid_map shows it; lines that are none are left out.
    public static func parse(_ text: String) -> [IDMapping] {
        text.split(separator: "\n").compactMap { line in
            let numbers = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map { UInt32($0) }
            guard numbers.count == 3, let inside = numbers[0], let outside = numbers[1], let count = numbers[2] else {
                return nil
            }
            return IDMapping(inside: inside, outside: outside, count: count)
        }
    }
}
