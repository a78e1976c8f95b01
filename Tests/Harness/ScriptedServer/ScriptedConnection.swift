import Foundation
import Glibc

/// One connection to a scripted server: heads and bodies of requests off a blocking socket. Used by one thread.
final class ScriptedConnection {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next request without its body; `nil` at the end, and for what is no request.
    func readHead() -> ScriptedRequest? {
        let separator = Array("\r\n\r\n".utf8)
        var end = Self.find(separator, in: buffer)
        while end == nil {
            guard buffer.count < 1 << 20, fill() else { return nil }
            // TLS begins with 22: who speaks it to a plain server is turned away at once, as by honest servers.
            guard buffer.first.map({ (0x41...0x5A).contains($0) }) ?? true else { return nil }
            end = Self.find(separator, in: buffer)
        }
        guard let end else { return nil }
        let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        buffer.removeFirst(end + separator.count)
        let words = lines[0].split(separator: " ")
        guard words.count == 3 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (String(line[..<colon]), value)
        }
        return ScriptedRequest(method: String(words[0]), target: String(words[1]), headers: headers)
    }

    /// The request's body, of which at most `limit` bytes are read; shorter when the client breaks off.
    func readBody(of request: ScriptedRequest, limit: Int?) -> [UInt8] {
        if request.header("expect")?.lowercased() == "100-continue" {
            _ = write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
        if request.header("transfer-encoding")?.lowercased() == "chunked" { return readChunks(limit: limit ?? .max) }
        return take(min(request.header("content-length").flatMap(Int.init) ?? 0, limit ?? .max))
    }

    private func readChunks(limit: Int) -> [UInt8] {
        var body: [UInt8] = []
        while let line = readLine(), let size = Int(line.prefix { $0 != ";" }, radix: 16) {
            guard size > 0 else {
                while let trailer = readLine(), !trailer.isEmpty {}
                break
            }
            body += take(min(size, limit - body.count))
            guard body.count < limit, readLine() != nil else { break }
        }
        return body
    }

    private func readLine() -> String? {
        while true {
            if let end = Self.find([13, 10], in: buffer) {
                defer { buffer.removeFirst(end + 2) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            guard fill() else { return nil }
        }
    }

    private func take(_ count: Int) -> [UInt8] {
        while buffer.count < count, fill() {}
        let taken = Array(buffer.prefix(count))
        buffer.removeFirst(taken.count)
        return taken
    }

    private func fill() -> Bool {
        let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
            let count = recv(descriptor, room.baseAddress, room.count, 0)
            if count > 0 { buffer.append(contentsOf: room.prefix(count)) }
            return count
        }
        return count > 0
    }

    /// Answers how many bytes were sent: fewer than given when the client has gone.
    func write(_ bytes: [UInt8]) -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                send(descriptor, all.baseAddress?.advanced(by: sent), all.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        return sent
    }

    /// Has the kernel send a reset when the socket is closed (SO_LINGER with no time).
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (0...(bytes.count - pattern.count)).first { start in
            pattern.indices.allSatisfy { bytes[start + $0] == pattern[$0] }
        }
    }
}
