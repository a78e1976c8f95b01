extension Substring {
    var trimmingSpaces: Substring {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}

extension String {
    /// `SIZE` as `Size`.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
