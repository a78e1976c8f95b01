import Glibc

extension ProcessEnvironment {
    /// All variables of this process as `KEY=VALUE`, for a program that is to find everything as it was.
    static func inherited() -> [String] {
        var texts: [String] = []
        var place = environ
        while let entry = place.pointee {
            texts.append(String(cString: entry))
            place += 1
        }
        return texts
    }
}
