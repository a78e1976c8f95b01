import Engine

/// A resolved image as length-prefixed strings: reading JSON would cost more than all the rest of a resolve.
enum ResolvedRecord {
    private static let version = "spyhop resolved 3"

    /// - Parameter question: the reference as it was asked for.
    static func encode(_ image: ResolvedImage, of question: String, stamp: String) -> [UInt8] {
        var writer = Writer()
        for text in [version, stamp, question, image.id.rawValue, image.reference, image.workingDirectory, image.user] {
            writer.add(text)
        }
        writer.add(image.stopSignal.map { [$0] } ?? [])
        writer.add(image.layers)
        writer.add(image.entrypoint)
        writer.add(image.command)
        writer.add(image.environment)
        writer.add(image.volumes)
        writer.add(image.exposedPorts)
        writer.add(image.healthCheck.map(texts) ?? [])
        writer.add(image.labels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
        return writer.bytes
    }

    /// `nil` for a record of another question or index, and for one that is cut or damaged.
    static func decode(
        _ bytes: [UInt8], of question: String, stamp: String, layersDirectory: String
    ) -> ResolvedImage? {
        var reader = Reader(bytes: bytes)
        guard reader.text() == version, reader.text() == stamp, reader.text() == question,
            let id = reader.text(), let reference = reader.text(),
            let workingDirectory = reader.text(), let user = reader.text(), let signal = reader.list(),
            let layers = reader.list(), let entrypoint = reader.list(), let command = reader.list(),
            let environment = reader.list(), let volumes = reader.list(), let ports = reader.list(),
            let health = reader.list(), let labels = reader.list(), labels.count.isMultiple(of: 2)
        else { return nil }
        let pairs = stride(from: 0, to: labels.count, by: 2).map { (labels[$0], labels[$0 + 1]) }
        return ResolvedImage(
            id: ImageID(rawValue: id), reference: reference, layers: layers, layersDirectory: layersDirectory,
            entrypoint: entrypoint, command: command, environment: environment, workingDirectory: workingDirectory,
            user: user, stopSignal: signal.first, labels: Dictionary(pairs) { $1 }, volumes: volumes,
            exposedPorts: ports, healthCheck: healthCheck(health))
    }

    private static func texts(_ check: HealthCheck) -> [String] {
        [check.interval, check.timeout, check.startPeriod, check.startInterval, Int64(check.retries)].map(String.init)
            + check.test
    }

    private static func healthCheck(_ texts: [String]) -> HealthCheck? {
        let numbers = texts.prefix(5).compactMap { Int64($0) }
        guard numbers.count == 5 else { return nil }
        return HealthCheck(
            test: Array(texts.dropFirst(5)), interval: numbers[0], timeout: numbers[1], startPeriod: numbers[2],
            startInterval: numbers[3], retries: Int(numbers[4]))
    }

    private struct Writer {
        var bytes: [UInt8] = []

        mutating func add(_ text: String) {
            add(text.utf8.count)
            bytes += text.utf8
        }

        mutating func add(_ list: [String]) {
            add(list.count)
            for text in list { add(text) }
        }

        private mutating func add(_ number: Int) {
            withUnsafeBytes(of: UInt32(clamping: number).littleEndian) { bytes += $0 }
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func number() -> Int? {
            guard bytes.count - position >= 4 else { return nil }
            defer { position += 4 }
            return (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
        }

        mutating func text() -> String? {
            guard let length = number(), length <= bytes.count - position else { return nil }
            defer { position += length }
            return String(decoding: bytes[position..<position + length], as: UTF8.self)
        }

        mutating func list() -> [String]? {
            // Each text takes four bytes at least, so a damaged count ends early.
            guard let count = number(), count <= (bytes.count - position) / 4 else { return nil }
            var list: [String] = []
            list.reserveCapacity(count)
            for _ in 0..<count {
                guard let text = text() else { return nil }
                list.append(text)
            }
            return list
        }
    }
}
