import Testing

@testable import HTTP

struct AnswerParserTests {
    private func read(_ text: String, size: Int, isHeadOnly: Bool = false, wantsChannel: Bool = false) throws -> (
        status: Int, body: String, ends: [Bool], isChannel: Bool
    ) {
        var parser = AnswerParser(isHeadOnly: isHeadOnly, wantsChannel: wantsChannel)
        var (status, body, ends) = (0, "", [Bool]())
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            for item in try parser.take(rest.prefix(size)) {
                switch item {
                case .head(let number, _): status = number
                case .piece(let bytes): body += String(decoding: bytes, as: UTF8.self)
                case .end(let reusable): ends.append(reusable)
                }
            }
            rest = rest.dropFirst(size)
        }
        if case .end(let reusable)? = parser.close() { ends.append(reusable) }
        return (status, body, ends, parser.isChannel)
    }

    @Test(arguments: 1...30)
    func answersCutAnywhereReadTheSame(size: Int) throws {
        let sized = try read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", size: size)
        #expect(sized.status == 200 && sized.body == "hello" && sized.ends == [true])
        let chunked = try read(
            "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: v\r\n\r\n",
            size: size)
        #expect(chunked.status == 201 && chunked.body == "abc0123456789" && chunked.ends == [true])
        let closed = try read("HTTP/1.0 200 OK\r\n\r\nall of it", size: size)
        #expect(closed.body == "all of it" && closed.ends == [false])
        let informed = try read(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", size: size)
        #expect(informed.status == 204 && informed.body.isEmpty && informed.ends == [false])
        let head = try read("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", size: size, isHeadOnly: true)
        #expect(head.ends == [true])
    }

    @Test(arguments: 1...30)
    func whatFollowsAnUpgradeIsAChannel(size: Int) throws {
        let upgraded = try read(
            "HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nraw\r\n\r\nbytes", size: size, wantsChannel: true)
        #expect(upgraded.status == 101 && upgraded.body == "raw\r\n\r\nbytes")
        let older = try read(
            "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\nraw", size: size,
            wantsChannel: true)
        #expect(older.body == "raw")
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 abc\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab",
        "HTTP/1.1 101 Switching\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
    ])
    func rubbishIsRefused(_ text: String) {
        #expect(throws: AnswerParser.Malformed.self) { try read(text, size: 1000) }
    }

    @Test func aHeadWithoutAnEndIsRefused() {
        let line = "X: " + String(repeating: "y", count: 1000) + "\r\n"
        #expect(throws: AnswerParser.Malformed.self) {
            try read("HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 300), size: 4096)
        }
        #expect(throws: AnswerParser.Malformed.self) { try read(String(repeating: "z", count: 100_000), size: 4096) }
    }

    @Test func noBytesWhateverMakeItCrash() {
        var generator = SystemRandomNumberGenerator()
        let words = [
            "HTTP/1.1 200 OK\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: 3\r\n", "\r\n", "5\r\n", "abc",
            "0\r\n", "\n", ":",
        ]
        for _ in 0..<5000 {
            var parser = AnswerParser(wantsChannel: Bool.random(using: &generator))
            for _ in 0..<8 {
                var bytes = Array((words.randomElement(using: &generator) ?? "").utf8)
                if Int.random(in: 0..<4, using: &generator) == 0, !bytes.isEmpty {
                    bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                        in: 0...255, using: &generator)
                }
                guard (try? parser.take(bytes[...])) != nil else { break }
            }
            _ = parser.close()
        }
    }
}
