import CMonitorWire
import Engine
import LinuxSystem
import Testing

@testable import Runtime

@Suite struct FrameTests {
    @Test(arguments: [1, 2, 3, 7, 8, 9, 64])
    func framesAreCutFromPiecesOfAnySize(size: Int) throws {
        let frames = [
            Frame(SPH_FRAME_STDOUT, Array("hello".utf8)), Frame(SPH_FRAME_ACK, numbers: [0]),
            Frame(SPH_FRAME_WAIT), Frame(SPH_FRAME_EXITED, numbers: [137, 9, 1]),
        ]
        let bytes = frames.flatMap(\.encoded)
        var decoder = FrameDecoder()
        var decoded: [Frame] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            decoder.append(bytes[start..<min(start + size, bytes.count)])
            while let frame = try decoder.next() { decoded.append(frame) }
        }
        #expect(decoded == frames)
        #expect(!decoder.hasPart)
        #expect(decoded.last?.number(1) == 9)
        #expect(decoded.last?.number(7) == 0)
    }

    @Test func aFrameThatIsTooLargeIsRefused() {
        var decoder = FrameDecoder()
        decoder.append([16, 0, 0, 0, 1, 0, 1, 0])
        #expect(throws: EngineError.self) { _ = try decoder.next() }
    }

    @Test func aSessionTellsOutputAndExit() async throws {
        let ends = try Pipe.sockets().take()
        let monitor = OwnedDescriptor(owning: ends.write)
        let session = MonitorSession(try FrameConnection(OwnedDescriptor(owning: ends.read)))
        try monitor.writeAll(
            Frame(SPH_FRAME_ACK, numbers: [0]).encoded + Frame(SPH_FRAME_STDOUT, [65]).encoded
                + Frame(SPH_FRAME_STDERR, [66]).encoded + Frame(SPH_FRAME_EXITED, numbers: [3, 0, 0]).encoded)
        #expect(try await session.next() == .output(.stdout, [65]))
        #expect(try await session.next() == .output(.stderr, [66]))
        #expect(try await session.next() == .exited(code: 3))
        try await session.write([1, 2, 3])
        try await session.resize(TerminalSize(columns: 80, rows: 24))
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = try buffer.withUnsafeMutableBytes { try monitor.read(into: $0) }
        var decoder = FrameDecoder()
        decoder.append(buffer[..<count])
        #expect(try decoder.next() == Frame(SPH_FRAME_STDIN, [1, 2, 3]))
        #expect(try decoder.next() == Frame(SPH_FRAME_RESIZE, [24, 0, 80, 0]))
        try monitor.close()
        #expect(try await session.next() == nil)
    }

    @Test func detachingWakesTheReader() async throws {
        let ends = try Pipe.sockets().take()
        let monitor = OwnedDescriptor(owning: ends.write)
        let session = MonitorSession(try FrameConnection(OwnedDescriptor(owning: ends.read)))
        async let event = session.next()
        await session.detach()
        #expect(try await event == nil)
        _ = monitor.rawValue
    }

    @Test func nobodyListeningIsAConflict() async {
        let control = MonitorControl(socketPath: "/tmp/spyhop-no-such.sock")
        let error = await #expect(throws: EngineError.self) { try await control.pause() }
        #expect(error?.code == .conflict)
    }
}
