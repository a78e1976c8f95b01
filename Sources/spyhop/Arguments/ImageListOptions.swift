import ArgumentParser
import Engine

/// The options of `images` and `image ls`, and the listing.
struct ImageListOptions: ParsableArguments {
    /// Every image here has a name or none; there are no intermediate ones to hide, so this changes nothing.
    @Flag(name: .shortAndLong, help: "Show all images.")
    var all = false

    @Flag(name: .shortAndLong, help: "Only identifiers.")
    var quiet = false

    @Flag(help: "Show digests.")
    var digests = false

    @Flag(name: .customLong("no-trunc"), help: "Do not shorten.")
    var noTruncation = false

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Only what fits: dangling, label, reference, before, since.", valueName: "key=value"))
    var filter: [String] = []

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    @Argument(help: .init("Only this repository, or this name.", valueName: "repository[:tag]"))
    var repository: String?

    /// Lists on standard output.
    func list(_ context: CommandContext) async throws -> Int32 {
        let filters = try FilterSet(filter, allowed: FilterSet.imageKeys)
        let listFormat = try ListFormat(
            format, defaultTable: context.engineColumn + ImageRow.defaultTable(withDigests: digests))
        let all = try await context.engine.images()
        try filters.checkImageValues(all)
        let images = select(all, filters)
        let now = context.now
        let rows = images.flatMap { image in
            ImageRow.rows(image, now: now, truncate: !noTruncation, withDigests: digests).map { $0.of(image.engine) }
        }
        if quiet && format == nil {
            // One line a row, as the table has, so that counting lines gives the same number.
            let identifiers = rows.compactMap { row in row.value.members?.first { $0.key == "ID" }?.value.text }
            try await context.print(identifiers.map { $0 + "\n" }.joined())
            return 0
        }
        try await context.print(try listFormat.render(rows, headings: ImageRow.headings))
        return 0
    }

    /// The images that fit, under the names that fit.
    func select(_ images: [Image], _ filters: FilterSet) -> [Image] {
        images.compactMap { image in
            guard filters.matches(image, among: images) else { return nil }
            guard repository != nil || filters.values["reference"] != nil else { return image }
            var narrowed = image
            narrowed.tags = image.tags.filter { tag in
                filters.allows("reference") { FilterSet.names($0, tag) }
                    && repository.map { FilterSet.names($0, tag) } ?? true
            }
            let left = Set(narrowed.tags.map { ImageRow.split($0).0 })
            narrowed.repoDigests = image.repoDigests.filter { left.contains(String($0.prefix { $0 != "@" })) }
            return narrowed.tags.isEmpty ? nil : narrowed
        }
    }
}
