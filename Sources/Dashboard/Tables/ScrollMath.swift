/// Arithmetic of scrolling lists.
enum ScrollMath {
    /// A place that many rows further on; where there is no such number, the furthest in that direction.
    static func moved(_ place: Int, by step: Int) -> Int {
        let (sum, overflow) = place.addingReportingOverflow(step)
        return overflow ? (step > 0 ? .max : 0) : sum
    }

    /// The first visible row such that `index` is seen and no room is wasted.
    static func keeping(_ index: Int, in height: Int, of count: Int, scroll: Int) -> Int {
        guard height > 0 else { return 0 }
        var top = scroll
        if index < top { top = index }
        if index >= top + height { top = index - height + 1 }
        return clamp(top, height: height, count: count)
    }

    static func clamp(_ scroll: Int, height: Int, count: Int) -> Int { max(0, min(scroll, count - height)) }
}
