import Glibc
import LinuxSystem
import Testing

@Suite struct ReadinessTests {
    @Test func waitersOfBothDirectionsAreWoken() async throws {
        let sockets = try Pipe.sockets().take()
        let first = OwnedDescriptor(owning: sockets.read)
        let second = OwnedDescriptor(owning: sockets.write)
        try await Readiness.shared.writable(first.rawValue)
        let number = first.rawValue
        async let readable: Void = Readiness.shared.readable(number)
        async let writable: Void = Readiness.shared.writable(number)
        try await writable
        try second.writeAll([1])
        try await readable
        var byte = [UInt8](repeating: 0, count: 1)
        #expect(try byte.withUnsafeMutableBytes { try first.read(into: $0) } == 1)
    }

    @Test func aCancelledWaitEndsAndOthersGoOn() async throws {
        let pipe = try Pipe().take()
        let reading = OwnedDescriptor(owning: pipe.read)
        let writing = OwnedDescriptor(owning: pipe.write)
        let number = reading.rawValue
        for _ in 0..<50 {
            let cancelled = Task { try await Readiness.shared.readable(number) }
            let waiting = Task { try await Readiness.shared.readable(number) }
            if Bool.random() { await Task.yield() }
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            try writing.writeAll([1])
            try await waiting.value
            var byte = [UInt8](repeating: 0, count: 1)
            #expect(try byte.withUnsafeMutableBytes { try reading.read(into: $0) } == 1)
        }
    }

    @Test func aTimeoutIsAnError() async throws {
        let pipe = try Pipe().take()
        let reading = OwnedDescriptor(owning: pipe.read)
        let writing = OwnedDescriptor(owning: pipe.write)
        let error = await #expect(throws: SystemError.self) {
            try await Readiness.shared.readable(reading.rawValue, timeout: .milliseconds(5))
        }
        #expect(error?.number == ETIMEDOUT)
        try writing.writeAll([1])
        try await Readiness.shared.readable(reading.rawValue, timeout: .seconds(60))
    }

    @Test func theOtherEndsEndIsReadiness() async throws {
        let pipe = try Pipe().take()
        let reading = OwnedDescriptor(owning: pipe.read)
        let writing = OwnedDescriptor(owning: pipe.write)
        let number = reading.rawValue
        async let ended: Void = Readiness.shared.readable(number)
        try writing.close()
        try await ended
        #expect(try reading.readAll().isEmpty)
    }

    @Test func ordinaryFilesAreAlwaysReady() async throws {
        let file = try OwnedDescriptor.open("/etc/passwd")
        try await Readiness.shared.readable(file.rawValue)
    }

    @Test func workOnAThreadOfItsOwnAnswersAndThrows() async throws {
        #expect(try await runOnOwnThread { 6 * 7 } == 42)
        await #expect(throws: SystemError.self) { try await runOnOwnThread { throw SystemError(EIO, "work") } }
    }

    @Test func directoriesTellTheirChanges() async throws {
        try await withDirectory { path in
            let watch = try DirectoryWatch()
            let number = try watch.add(path, [.created, .movedIn, .deleted])
            #expect(try watch.pending().isEmpty)
            try Files.writeAtomically([1], to: path + "/file")
            var seen: [DirectoryWatch.Change] = []
            while !seen.contains(where: { $0.name == "file" && $0.events.contains(.movedIn) }) {
                seen += try await watch.next(timeout: .seconds(60))
            }
            #expect(seen.allSatisfy { $0.watch == number })
            try Files.remove(path + "/file")
            #expect(
                try await watch.next(timeout: .seconds(60)).contains {
                    $0.name == "file" && $0.events.contains(.deleted)
                })
        }
    }
}
