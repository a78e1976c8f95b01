import LinuxSystem

/// The ids that a user may give away in his own user namespaces: /etc/subuid and /etc/subgid (subuid(5)).
public enum SubordinateIDs {
    /// Consecutive ids.
    public struct Range: Sendable, Hashable {
        /// The first id.
        public var start: UInt32
        /// How many.
        public var count: UInt32

        /// Makes a range.
        public init(start: UInt32, count: UInt32) {
            self.start = start
            self.count = count
        }
    }

    /// The lines of one of the two files that belong to the user, by name or by number. Lines that are malformed, empty
    /// or reach beyond the last id are passed over.
    public static func ranges(in text: String, of account: UserAccount) -> [Range] {
        let owners = Set(account.names).union([String(account.uid)])
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 3, owners.contains(fields[0]), let start = UInt32(fields[1]),
                let count = UInt32(fields[2]), count > 0, !start.addingReportingOverflow(count).overflow
            else { return nil }
            return Range(start: start, count: count)
        }
    }

    /// A namespace's map: 0 is the user himself, and from 1 on come the ranges in their order. The kernel takes at most
    /// 340 lines and no id twice (user_namespaces(7)).
    public static func map(own: UInt32, ranges: [Range]) -> [IDMapping] {
        var map = [IDMapping(inside: 0, outside: own, count: 1)]
        var next: UInt32 = 1
        for range in ranges where map.count < 340 {
            let (end, overflow) = next.addingReportingOverflow(range.count)
            let isTaken = map.contains { overlap($0, range) }
            guard !overflow, !isTaken else { continue }
            map.append(IDMapping(inside: next, outside: range.start, count: range.count))
            next = end
        }
        return map
    }

    private static func overlap(_ line: IDMapping, _ range: Range) -> Bool {
        UInt64(line.outside) < UInt64(range.start) + UInt64(range.count)
            && UInt64(range.start) < UInt64(line.outside) + UInt64(line.count)
    }
}
