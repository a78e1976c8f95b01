/// Names of images as they are typed.
enum ImageName {
    /// Neither tag nor digest was said, so that it is `latest`.
    static func lacksTag(_ name: String) -> Bool {
        guard !name.contains("@") else { return false }
        return !name[(name.lastIndex(of: "/") ?? name.startIndex)...].contains(":")
    }
}
