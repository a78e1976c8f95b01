import Dispatch
import Engine
import Glibc
import Synchronization

/// Goes through the chunks of a log in one direction, several at a time; what is found in them comes in their order.
struct ChunkWalk: Sendable {
    private static let threads = max(1, min(4, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// Chunks that a thread does before the others' answers are waited for.
    private static let run = 16

    let map: LogMap
    let chunks: Range<Int>
    let isBackward: Bool
    let isCancelled: @Sendable () -> Bool
    let progress: LogProgress?

    /// Calls `look` for each chunk with a search that has loaded it, and `found` with the answers in order until it says
    /// `false`. One search serves one thread.
    func go<Answer>(
        _ makeSearch: () -> ChunkSearch, look: (ChunkSearch, Int) throws -> Answer, found: (Int, Answer) -> Bool
    ) throws {
        var searches: [ChunkSearch] = []
        var done = 0
        // The first chunk alone: most often it has what is wanted.
        var width = 1
        while done < chunks.count {
            if isCancelled() { throw CancellationError() }
            let wave = (done..<min(chunks.count, done + width)).map(number)
            let lanes = min(Self.threads, wave.count)
            while searches.count < lanes { searches.append(makeSearch()) }
            let answers = try perform(wave, lanes, searches, look)
            for (chunk, answer) in zip(wave, answers) {
                guard found(chunk, answer) else { return }
            }
            done += wave.count
            progress?(Double(done) / Double(chunks.count))
            width = min(width * 2, Self.threads * Self.run)
        }
    }

    private func number(_ position: Int) -> Int {
        isBackward ? chunks.upperBound - 1 - position : chunks.lowerBound + position
    }

    private func perform<Answer>(
        _ wave: [Int], _ lanes: Int, _ searches: [ChunkSearch], _ look: (ChunkSearch, Int) throws -> Answer
    ) throws -> [Answer] {
        guard lanes > 1 else { return try wave.map { try answer($0, searches[0], look) } }
        var results = [Result<Answer, any Error>?](repeating: nil, count: wave.count)
        results.withUnsafeMutableBufferPointer { results in
            // Each lane writes its own places.
            nonisolated(unsafe) let results = results
            withoutActuallyEscaping(look) { look in
                nonisolated(unsafe) let look = look
                nonisolated(unsafe) let searches = searches
                // Whoever is ready takes the next: a thread that has to wait for its turn holds up nobody.
                let next = Atomic(0)
                DispatchQueue.concurrentPerform(iterations: lanes) { lane in
                    while true {
                        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                        guard index < results.count else { break }
                        results[index] = Result { try answer(wave[index], searches[lane], look) }
                    }
                }
            }
        }
        return try results.compactMap { try $0?.get() }
    }

    private func answer<Answer>(
        _ number: Int, _ search: ChunkSearch, _ look: (ChunkSearch, Int) throws -> Answer
    ) throws -> Answer {
        if isCancelled() { throw CancellationError() }
        if let (part, index) = map.part(of: number) { try search.chunk.load(part, index) }
        return try look(search, number)
    }
}
