/// Searching bytes without making strings of them: a log of megabytes is searched as it stands.
enum ByteSearch {
    /// Where `needle` begins in `hay` at or after `start`.
    static func first(_ needle: [UInt8], in hay: [UInt8], from start: Int, ignoringCase: Bool = false) -> Int? {
        guard let lead = needle.first else { return nil }
        guard start >= 0, hay.count >= needle.count, start <= hay.count - needle.count else { return nil }
        return hay.withUnsafeBufferPointer { hay in
            needle.withUnsafeBufferPointer { needle in
                var position = start
                let last = hay.count - needle.count
                while position <= last {
                    let byte = ignoringCase ? lower(hay[position]) : hay[position]
                    if byte == lead {
                        var index = 1
                        while index < needle.count {
                            let other = ignoringCase ? lower(hay[position + index]) : hay[position + index]
                            if other != needle[index] { break }
                            index += 1
                        }
                        if index == needle.count { return position }
                    }
                    position += 1
                }
                return nil
            }
        }
    }

    /// A lower-case ASCII letter; every other byte as it is.
    static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte }
}
